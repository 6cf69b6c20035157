/**
 * The thin client over the server's API. Adds what every call needs (as-of on reads, CSRF header and
 * Idempotency-Key on changes, If-Match on edits), renews the session once on 401, and turns refusals into Problems.
 */
import { AS_OF, currentAsOf } from "@/lib/as-of";
import { Problem, readProblem, Unreachable } from "./problem";

export const BASE = "/api/v1";

export type Query = Record<string, string | number | boolean | null | undefined>;

export interface SendOptions {
  method?: "POST" | "PATCH" | "PUT" | "DELETE";
  body?: unknown;
  /** ETag of the record that is being edited. */
  ifMatch?: string | null;
  /** The same key for every attempt of one intention; a fresh one when not given. */
  idempotencyKey?: string;
  signal?: AbortSignal;
}

const withoutSession = ["/auth/sign-in", "/auth/link", "/auth/refresh"];

/** `/assets`, `{q: "x"}` -> `/api/v1/assets?q=x`, with the as-of moment unless told otherwise. */
export function apiUrl(path: string, query: Query = {}, asOf: string | null = currentAsOf()): string {
  const full = path.startsWith("/api/") ? path : `${BASE}${path}`;
  const [base, own] = full.split("?") as [string, string | undefined];
  const params = new URLSearchParams(own);
  for (const [name, value] of Object.entries(query)) {
    if (value !== null && value !== undefined && value !== "") params.set(name, String(value));
  }
  if (asOf && !params.has(AS_OF)) params.set(AS_OF, asOf);
  const text = params.toString();
  return text ? `${base}?${text}` : base;
}

let renewing: Promise<boolean> | null = null;

/** Renews the session; calls that meet at the same time share one renewal. */
export function renewSession(): Promise<boolean> {
  renewing ??= fetch(`${BASE}/auth/refresh`, {
    method: "POST",
    headers: { "X-Quartermaster": "1", "Idempotency-Key": crypto.randomUUID() },
  })
    .then((response) => response.ok)
    .catch(() => false)
    .finally(() => {
      renewing = null;
    });
  return renewing;
}

async function call(url: string, init: RequestInit): Promise<Response> {
  const attempt = async () => {
    try {
      return await fetch(url, { ...init, credentials: "same-origin" });
    } catch (error) {
      if (error instanceof DOMException && error.name === "AbortError") throw error;
      throw new Unreachable();
    }
  };
  let response = await attempt();
  if (response.status === 401 && !withoutSession.some((p) => url.startsWith(BASE + p))) {
    if (await renewSession()) response = await attempt();
  }
  if (!response.ok) throw await readProblem(response);
  return response;
}

export interface Answer<T> {
  data: T;
  etag: string | null;
  replayed: boolean;
}

export async function read<T>(path: string, query?: Query, signal?: AbortSignal): Promise<Answer<T>> {
  const response = await call(apiUrl(path, query), { headers: { Accept: "application/json" }, signal });
  return { data: (await response.json()) as T, etag: response.headers.get("etag"), replayed: false };
}

export async function get<T>(path: string, query?: Query, signal?: AbortSignal): Promise<T> {
  return (await read<T>(path, query, signal)).data;
}

export async function getText(path: string, query?: Query): Promise<string> {
  return (await call(apiUrl(path, query), { headers: { Accept: "*/*" } })).text();
}

function changeInit(
  options: SendOptions,
): Omit<RequestInit, "headers"> & { headers: Record<string, string> } {
  const headers: Record<string, string> = {
    "X-Quartermaster": "1",
    Accept: "application/json",
    "Idempotency-Key": options.idempotencyKey ?? crypto.randomUUID(),
  };
  if (options.ifMatch) headers["If-Match"] = options.ifMatch;
  if (options.body !== undefined) headers["Content-Type"] = "application/json";
  return {
    method: options.method ?? "POST",
    headers,
    body: options.body === undefined ? undefined : JSON.stringify(options.body),
    signal: options.signal,
  };
}

function refusePast(): void {
  if (!currentAsOf()) return;
  throw new Problem({
    type: "/problems/read-only-past",
    title: "The past cannot be changed",
    status: 0,
    detail: "The as-of clock is set to a past moment. Return to now, then try again.",
  });
}

export async function send<T>(path: string, options: SendOptions = {}): Promise<T> {
  refusePast();
  const response = await call(apiUrl(path, {}, null), changeInit(options));
  return response.status === 204 ? (undefined as T) : ((await response.json()) as T);
}

/** A change that answers with a file (labels). */
export async function sendForFile(path: string, body: unknown): Promise<Blob> {
  const init = changeInit({ body });
  const response = await call(apiUrl(path, {}, null), {
    ...init,
    headers: { ...init.headers, Accept: "*/*" },
  });
  return response.blob();
}

/** Sends a CSV file as it is; refused like every change while the clock is set to the past. */
export async function sendCsv<T>(
  path: string,
  query: Query,
  file: Blob,
  options: SendOptions = {},
): Promise<T> {
  refusePast();
  const init = changeInit(options);
  const response = await call(apiUrl(path, query, null), {
    ...init,
    headers: { ...init.headers, "Content-Type": "text/csv" },
    body: file,
  });
  return (await response.json()) as T;
}

/** Sends a file as it is and tells how much of it has left; a session that has ended is renewed once. */
export async function sendFile<T>(
  path: string,
  query: Query,
  file: Blob,
  onProgress: (share: number) => void,
  options: SendOptions = {},
): Promise<T> {
  refusePast();
  const headers = { ...changeInit(options).headers, "Content-Type": "application/octet-stream" };
  const url = apiUrl(path, query, null);
  let response = await upload(url, headers, file, onProgress, options.signal);
  if (response.status === 401 && (await renewSession()))
    response = await upload(url, headers, file, onProgress, options.signal);
  if (!response.ok) throw await readProblem(response);
  return (await response.json()) as T;
}

/** `fetch` does not say how far a body has gone; this does. */
function upload(
  url: string,
  headers: Record<string, string>,
  file: Blob,
  onProgress: (share: number) => void,
  signal?: AbortSignal,
): Promise<Response> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", url);
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
    request.upload.onprogress = (event) => event.lengthComputable && onProgress(event.loaded / event.total);
    request.onload = () =>
      resolve(
        new Response(request.responseText, {
          status: request.status,
          headers: { "Content-Type": request.getResponseHeader("Content-Type") ?? "" },
        }),
      );
    request.onerror = () => reject(new Unreachable());
    request.onabort = () => reject(new DOMException("Cancelled", "AbortError"));
    signal?.addEventListener("abort", () => request.abort());
    request.send(file);
  });
}

/** Hands a file to the browser under a name. */
export function saveFile(blob: Blob, name: string): void {
  const url = URL.createObjectURL(blob);
  const anchor = document.createElement("a");
  anchor.href = url;
  anchor.download = name;
  anchor.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
