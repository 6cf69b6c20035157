/** A link to another record, however the server wrote the reference: `{code, name}` or the bare code. */
import { Link } from "@tanstack/react-router";
import { codeOf, nameOf, type Reference } from "@/api/refs";
import { recordPath } from "@/lib/paths";

export function RefLink({ kind, value, name }: { kind: string; value: Reference; name?: string | null }) {
  const code = codeOf(value);
  if (!code) return null;
  const text = name ?? nameOf(value) ?? code;
  const to = recordPath(kind, code);
  const mono = text === code ? "mono" : undefined;
  return to ? (
    <Link to={to} className={mono}>
      {text}
    </Link>
  ) : (
    <span className={mono}>{text}</span>
  );
}
