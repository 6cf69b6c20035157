/** The asset's label as it will be printed. */
import { LabelPreview } from "@/pages/labels/LabelPreview";
import { LabelsButton } from "@/pages/labels/LabelsButton";

export function AssetLabels({ code }: { code: string }) {
  return (
    <div style={{ display: "grid", gap: 12, justifyItems: "start" }}>
      <LabelPreview kind="asset" code={code} />
      <LabelsButton kind="asset" codes={[code]} label="Print label" />
    </div>
  );
}
