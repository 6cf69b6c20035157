/** The label as it will be printed, drawn by the server. */
import { apiUrl } from "@/api/client";
import type { LabelKind } from "./LabelsButton";

export function LabelPreview({ kind, code }: { kind: LabelKind; code: string }) {
  return (
    <img
      src={apiUrl("/labels/preview.svg", { kind, code }, null)}
      alt={`Label of ${code}`}
      style={{
        display: "block",
        width: "100%",
        maxWidth: 320,
        background: "#fff",
        border: "1px solid var(--qm-line)",
        borderRadius: 4,
      }}
    />
  );
}
