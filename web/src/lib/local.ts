/** Small things remembered on this device. A browser that refuses storage loses comfort, nothing else. */

const key = (name: string) => `qm.${name}`;

export function readLocal<T>(name: string, otherwise: T): T {
  try {
    const text = localStorage.getItem(key(name));
    return text === null ? otherwise : (JSON.parse(text) as T);
  } catch {
    return otherwise;
  }
}

export function writeLocal(name: string, value: unknown): void {
  try {
    if (value === null || value === undefined) localStorage.removeItem(key(name));
    else localStorage.setItem(key(name), JSON.stringify(value));
  } catch {
    // full or forbidden
  }
}
