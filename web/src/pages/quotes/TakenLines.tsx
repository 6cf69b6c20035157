/** Lines of requests by teams that come along, with a model for those in plain words. */
import { TextInput } from "@mantine/core";
import { RecordPicker } from "@/ui/RecordPicker";
import { SmallTable } from "@/ui/SmallTable";
import type { TakenLine } from "./entry";

interface Props {
  lines: TakenLine[];
  faults: Record<string, string>;
  onChange: (lines: TakenLine[]) => void;
}

export function TakenLines({ lines, faults, onChange }: Props) {
  const set = (at: number, part: Partial<TakenLine>) =>
    onChange(lines.map((line, n) => (n === at ? { ...line, ...part } : line)));
  return (
    <SmallTable label="Lines of requests" heads={["Request", "What", "Quantity"]}>
      <tbody>
        {lines.map((line, n) => (
          <tr key={`${line.requisition} ${line.line}`}>
            <th scope="row">
              <span className="mono">{line.requisition}</span> <span className="faint">line {line.line}</span>
            </th>
            <td>
              {line.says}
              {line.model === null && (
                <RecordPicker
                  aria-label={`Model for line ${line.line} of ${line.requisition}`}
                  target="models"
                  placeholder="Which model is that?"
                  value={line.chosen ?? ""}
                  error={faults[`${line.requisition} ${line.line}`]}
                  onChange={(chosen, found) => set(n, { chosen: found ? chosen : "" })}
                />
              )}
            </td>
            <td>
              <TextInput
                aria-label={`Quantity of line ${line.line} of ${line.requisition}`}
                inputMode="decimal"
                w={88}
                value={line.quantity}
                onChange={(event) => set(n, { quantity: event.currentTarget.value })}
              />
            </td>
          </tr>
        ))}
      </tbody>
    </SmallTable>
  );
}
