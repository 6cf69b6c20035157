/** Prints labels for chosen things: PDF sheet or ZPL, saved as the file the printer wants. */
import { Button, Group, Modal, NumberInput, SegmentedControl, Select, Stack } from "@mantine/core";
import { IconPrinter } from "@tabler/icons-react";
import { useState } from "react";
import { saveFile, sendForFile } from "@/api/client";
import { asProblem, type Problem } from "@/api/problem";
import { plural } from "@/lib/format";
import { readLocal, writeLocal } from "@/lib/local";
import { Form } from "@/ui/Form";
import { ProblemCard } from "@/ui/ProblemCard";
import { LabelPreview } from "./LabelPreview";

export type LabelKind = "asset" | "bin" | "rack";

interface Props {
  kind: LabelKind;
  codes: string[];
  label?: string;
}

export function LabelsButton({ kind, codes, label = "Print labels" }: Props) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button
        leftSection={<IconPrinter size={15} stroke={1.6} />}
        onClick={() => setOpen(true)}
        disabled={codes.length === 0}
      >
        {label}
      </Button>
      {open && <LabelsDialog kind={kind} codes={codes} onClose={() => setOpen(false)} />}
    </>
  );
}

export function LabelsDialog({ kind, codes, onClose }: Props & { onClose: () => void }) {
  const [format, setFormat] = useState<string>(() => readLocal("labels.format", "pdf"));
  const [dpi, setDpi] = useState<string>(() => readLocal("labels.dpi", "203"));
  const [skip, setSkip] = useState<number | string>(0);
  const [copies, setCopies] = useState<number | string>(1);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const print = async () => {
    setBusy(true);
    setProblem(null);
    try {
      const body = {
        kind,
        codes,
        format,
        copies: Number(copies) || 1,
        ...(format === "pdf" ? { skip: Number(skip) || 0 } : { dpi: Number(dpi) }),
      };
      saveFile(
        await sendForFile("/labels", body),
        `labels-${codes[0]}${codes.length > 1 ? `-and-${codes.length - 1}` : ""}.${format}`,
      );
      writeLocal("labels.format", format);
      writeLocal("labels.dpi", dpi);
    } catch (error) {
      setProblem(asProblem(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <Modal opened onClose={onClose} title={`Labels for ${plural(codes.length, kind)}`}>
      <Form onSave={print}>
        <Stack gap={12}>
          {codes[0] && <LabelPreview kind={kind} code={codes[0]} />}
          <SegmentedControl
            aria-label="Kind of file"
            value={format}
            onChange={setFormat}
            data={[
              { value: "pdf", label: "PDF sheet (A4)" },
              { value: "zpl", label: "ZPL (label printer)" },
            ]}
          />
          <Group gap={8} grow>
            {format === "pdf" ? (
              <NumberInput label="Labels already used on the sheet" min={0} value={skip} onChange={setSkip} />
            ) : (
              <Select
                label="Printer's resolution"
                data={["203", "300"].map((d) => ({ value: d, label: `${d} dpi` }))}
                value={dpi}
                onChange={(d) => setDpi(d ?? "203")}
              />
            )}
            <NumberInput label="Copies of each" min={1} value={copies} onChange={setCopies} />
          </Group>
          {problem && <ProblemCard error={problem} />}
          <Group justify="flex-end" gap={8}>
            <Button type="button" onClick={onClose}>
              Back
            </Button>
            <Button type="submit" variant="filled" loading={busy}>
              Download {format.toUpperCase()}
            </Button>
          </Group>
        </Stack>
      </Form>
    </Modal>
  );
}
