/** A next step after a scan that asks for something first: keep it, attach it to something known, enter it as new. */
import { useState } from "react";
import { aliasFields } from "@/pages/assets/AssetFacts";
import { ActionDialog } from "@/ui/ActionDialog";
import { RecordForm } from "@/ui/RecordForm";
import { Count } from "./Count";
import type { Answer, Card, Context, Next } from "./types";

interface Props {
  next: Next;
  card: Card;
  context: Context;
  /** The same scan with what the person said. */
  onAgain: (text: string, answer: Answer) => void;
  onClose: () => void;
}

const enterFields = [
  { name: "model" },
  { name: "serial" },
  { name: "team" },
  { name: "location" },
  { name: "reason" },
];

export function NextDialog({ next, card, context, onAgain, onClose }: Props) {
  const { text } = card.scan;
  const [asset, setAsset] = useState("");
  if (next.name === "count")
    return (
      <Count
        of={card.detail}
        onClose={onClose}
        onCount={(quantity) => {
          onAgain(text, { ...next.answer, quantity });
          onClose();
        }}
      />
    );
  if (next.name === "keep") {
    return (
      <ActionDialog
        action={{ ...next, input: [], allowed: true }}
        subject=""
        initial={{ text, task: context.task }}
        onClose={onClose}
      />
    );
  }
  if (next.name === "attach") {
    return (
      <RecordForm
        title={next.label}
        path={`/assets/${encodeURIComponent(asset)}/aliases`}
        fields={[{ name: "asset" }, ...aliasFields]}
        initial={{ value: text }}
        draft={`attach ${text}`}
        prepare={({ asset: _chosen, ...body }) => body}
        onValues={(values) => setAsset(String(values.asset ?? ""))}
        onClose={onClose}
      />
    );
  }
  if (next.name === "enter") {
    return (
      <RecordForm
        title={next.label}
        path="/assets"
        fields={enterFields}
        initial={{ serial: card.serial ?? text, location: context.location }}
        draft={`enter ${text}`}
        onClose={onClose}
      />
    );
  }
  return (
    <ActionDialog
      action={{ ...next, allowed: true }}
      subject={card.records[0]?.code ?? ""}
      onClose={onClose}
    />
  );
}
