/** A next step that the server proposes after a scan and that asks for something first. */
import type { Row } from "@/api/types";
import { ActionDialog } from "@/ui/ActionDialog";
import type { Answer, Context } from "./types";

interface Props {
  next: NonNullable<Answer["next"]>[number];
  record: string;
  context: Context;
  onClose: () => void;
}

export function NextDialog({ next, record, context, onClose }: Props) {
  const known: Row = { ...next.body };
  if (next.input?.includes("location") && context.location) known.location = context.location;
  if (next.input?.includes("purchase_order") && context.order) known.purchase_order = context.order;
  return <ActionDialog action={next} subject={record} initial={known} onClose={onClose} />;
}
