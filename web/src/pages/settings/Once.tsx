/** A secret that the server tells once only. */
import { CopyButton } from "@/ui/Code";

export function Once({ text, children }: { text: string; children: React.ReactNode }) {
  return (
    <div style={{ display: "grid", gap: 8 }}>
      <p>{children}</p>
      <span style={{ display: "flex", alignItems: "center", gap: 4 }}>
        <code style={{ overflowWrap: "anywhere", userSelect: "all" }}>{text}</code>
        <CopyButton value={text} />
      </span>
    </div>
  );
}
