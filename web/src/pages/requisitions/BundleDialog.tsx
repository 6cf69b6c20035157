/** Bundling lines of requests into a new order, or into a draft: how much of each, which model where it was asked for in words. */
import { Modal, Stack, Text, TextInput } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useSend } from "@/api/hooks";
import { asProblem } from "@/api/problem";
import { pb } from "@/lib/paths";
import { Form, FormButtons } from "@/ui/Form";
import { ProblemCard } from "@/ui/ProblemCard";
import { RecordPicker } from "@/ui/RecordPicker";
import { SmallTable } from "@/ui/SmallTable";
import classes from "./BundleDialog.module.css";
import { bundleBody, type Chosen, type Into, isReady, keyOf, type TypedLine } from "./bundle";

interface Props {
  lines: Chosen[];
  onClose: () => void;
}

export function BundleDialog({ lines, onClose }: Props) {
  const navigate = useNavigate();
  const teams = [...new Set(lines.map((line) => line.team))];
  const [typed, setTyped] = useState<Record<string, TypedLine>>({});
  const [into, setInto] = useState<Into>({
    order: "",
    vendor: "",
    deliver_to: "",
    team: teams.length === 1 ? teams[0]! : "",
  });
  const send = useSend<{ code: string }>();
  const problem = send.error ? asProblem(send.error) : null;
  const ready = isReady(lines, typed, into);
  const set = (line: Chosen, part: TypedLine) =>
    setTyped((before) => ({ ...before, [keyOf(line)]: { ...before[keyOf(line)], ...part } }));
  const save = () => {
    if (!ready) return;
    send.mutate(
      { path: "/requisitions/bundle", body: bundleBody(lines, typed, into) },
      { onSuccess: (order) => navigate({ to: pb.order(order.code) }) },
    );
  };
  return (
    <Modal opened onClose={onClose} title="Order what was asked for" size="xl">
      <Form onSave={save}>
        <Stack gap={12}>
          <div className={classes.into}>
            <RecordPicker
              label="Vendor"
              target="vendors"
              autoFocus
              disabled={into.order !== ""}
              value={into.vendor}
              error={problem?.fields.vendor}
              onChange={(vendor) => setInto({ ...into, vendor })}
            />
            <RecordPicker
              label="Deliver to"
              target="locations"
              filter={{ kind: "in:site,warehouse" }}
              disabled={into.order !== ""}
              value={into.deliver_to}
              error={problem?.fields.deliver_to}
              onChange={(deliver_to) => setInto({ ...into, deliver_to })}
            />
            {(teams.length > 1 || problem?.fields.team) && (
              <RecordPicker
                label="For team"
                target="teams"
                disabled={into.order !== ""}
                value={into.team}
                error={problem?.fields.team}
                onChange={(team) => setInto({ ...into, team })}
              />
            )}
            <RecordPicker
              label="Or add to a draft"
              target="purchase-orders"
              filter={{ status: "draft" }}
              placeholder="A new order"
              value={into.order}
              error={problem?.fields.order}
              onChange={(order) => setInto({ ...into, order })}
            />
          </div>
          <SmallTable label="Lines to order" heads={["Request", "What", "Quantity", "Unit price"]}>
            <tbody>
              {lines.map((line, n) => {
                const own = typed[keyOf(line)] ?? {};
                const fault = (field: string) => problem?.fields[`lines[${n}].${field}`];
                return (
                  <tr key={keyOf(line)}>
                    <th scope="row">
                      <span className="mono">{line.requisition}</span>{" "}
                      <span className="faint">line {line.line}</span>
                    </th>
                    <td className={classes.what}>
                      {line.says}
                      {line.model === null && (
                        <RecordPicker
                          aria-label={`Model for line ${line.line} of ${line.requisition}`}
                          target="models"
                          placeholder="Which model is that?"
                          value={own.model ?? ""}
                          display={own.modelLabel}
                          error={fault("model")}
                          onChange={(model, found) =>
                            set(line, { model: found ? model : "", modelLabel: found?.label ?? model })
                          }
                        />
                      )}
                    </td>
                    <td>
                      <TextInput
                        aria-label={`Quantity of line ${line.line} of ${line.requisition}`}
                        inputMode="decimal"
                        w={88}
                        value={own.quantity ?? String(line.left)}
                        error={fault("quantity")}
                        onChange={(event) => set(line, { quantity: event.currentTarget.value })}
                      />
                    </td>
                    <td>
                      <TextInput
                        aria-label={`Unit price of line ${line.line} of ${line.requisition}`}
                        inputMode="decimal"
                        placeholder="Last price"
                        w={112}
                        value={own.price ?? ""}
                        error={fault("unit_price")}
                        onChange={(event) => set(line, { price: event.currentTarget.value })}
                      />
                    </td>
                  </tr>
                );
              })}
            </tbody>
          </SmallTable>
          <Text c="dimmed">
            The same model becomes one line of the order. Without a price it takes the vendor's last one, or
            the estimate.
          </Text>
          {problem && <ProblemCard error={problem} />}
          <FormButtons
            label={into.order ? "Add to the draft" : "Make a draft order"}
            onBack={onClose}
            loading={send.isPending}
            disabled={!ready}
          />
        </Stack>
      </Form>
    </Modal>
  );
}
