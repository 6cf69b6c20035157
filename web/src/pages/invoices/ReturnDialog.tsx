/** Sending things of an order back to its vendor: which assets, how many of what is counted, under which RMA number, for what. */
import { Checkbox, Modal, Select, Stack, Textarea, TextInput } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useSend } from "@/api/hooks";
import { asProblem } from "@/api/problem";
import { formatQuantity } from "@/lib/format";
import { pb } from "@/lib/paths";
import type { OrderRecord } from "@/pages/orders/types";
import { Form, FormButtons } from "@/ui/Form";
import { ProblemCard } from "@/ui/ProblemCard";
import { SmallTable } from "@/ui/SmallTable";
import table from "@/ui/table.module.css";
import classes from "./Invoice.module.css";

interface Props {
  order: OrderRecord;
  onClose: () => void;
}

export function ReturnDialog({ order, onClose }: Props) {
  const navigate = useNavigate();
  const [rma, setRma] = useState("");
  const [expects, setExpects] = useState<string | null>("credit");
  const [carrier, setCarrier] = useState("");
  const [reason, setReason] = useState("");
  const [assets, setAssets] = useState<string[]>([]);
  const [pieces, setPieces] = useState<Record<string, string>>({});
  const send = useSend<{ code: string }>();
  const problem = send.error ? asProblem(send.error) : null;
  const entries = (order.receipts ?? []).flatMap((receipt) =>
    (receipt.lines ?? [])
      .filter((line) => !line.reversed && line.quantity - (line.returned ?? 0) > 0)
      .map((line) => ({ ...line, receipt: receipt.code, location: receipt.location })),
  );
  const counted = entries.filter((entry) => entry.assets.length === 0);
  const here = entries.flatMap((entry) => entry.assets.map((asset) => ({ ...asset, model: entry.model })));
  const lines = counted
    .map((entry) => ({
      receipt_line: entry.id,
      quantity: Number((pieces[entry.id] ?? "").replace(",", ".")),
    }))
    .filter((line) => line.quantity > 0);
  const ready = rma.trim() !== "" && reason.trim() !== "" && assets.length + lines.length > 0;
  const save = () => {
    if (!ready) return;
    const body = { order: order.code, rma_number: rma.trim(), reason: reason.trim(), expects, carrier };
    send.mutate(
      { path: "/returns", body: { ...body, assets, lines } },
      { onSuccess: (back) => navigate({ to: pb.vendorReturn(back.code) }) },
    );
  };
  return (
    <Modal opened onClose={onClose} title={`Return of ${order.code}`} size="lg">
      <Form onSave={save}>
        <Stack gap={12}>
          <div className={classes.charges}>
            <TextInput
              label="RMA number"
              required
              data-autofocus
              value={rma}
              error={problem?.fields.rma_number}
              onChange={(event) => setRma(event.currentTarget.value)}
            />
            <Select
              label="Expects"
              allowDeselect={false}
              data={[
                { value: "credit", label: "A credit" },
                { value: "replacement", label: "A replacement" },
              ]}
              value={expects}
              error={problem?.fields.expects}
              onChange={setExpects}
            />
            <TextInput
              label="Carrier"
              value={carrier}
              onChange={(event) => setCarrier(event.currentTarget.value)}
            />
          </div>
          {here.length > 0 && (
            <Checkbox.Group label="Assets" value={assets} onChange={setAssets}>
              <div className={classes.assets} role="group" tabIndex={0} aria-label="Assets that came by it">
                {here.map((asset) => (
                  <Checkbox
                    key={asset.code}
                    value={asset.code}
                    label={
                      <>
                        <span className="mono">{asset.code}</span>{" "}
                        <span className="faint">
                          {asset.model} {asset.serial}
                        </span>
                      </>
                    }
                  />
                ))}
              </div>
            </Checkbox.Group>
          )}
          {counted.length > 0 && (
            <SmallTable
              label="Counted pieces"
              heads={["Receipt", "Model", { text: "Still here", number: true }, "Pieces back"]}
              maxHeight={260}
            >
              <tbody>
                {counted.map((entry) => (
                  <tr key={entry.id}>
                    <td className="mono">{entry.receipt}</td>
                    <th scope="row">{entry.model}</th>
                    <td className={table.number}>{formatQuantity(entry.quantity - (entry.returned ?? 0))}</td>
                    <td>
                      <TextInput
                        aria-label={`Pieces of ${entry.model} in ${entry.receipt}`}
                        inputMode="decimal"
                        w={104}
                        value={pieces[entry.id] ?? ""}
                        onChange={(event) => {
                          const { value } = event.currentTarget;
                          setPieces((before) => ({ ...before, [entry.id]: value }));
                        }}
                      />
                    </td>
                  </tr>
                ))}
              </tbody>
            </SmallTable>
          )}
          <Textarea
            label="Reason"
            required
            value={reason}
            error={problem?.fields.reason}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
          {problem && <ProblemCard error={problem} />}
          <FormButtons label="Send back" onBack={onClose} loading={send.isPending} disabled={!ready} />
        </Stack>
      </Form>
    </Modal>
  );
}
