/** Changes one filter: which question, and its value by the kind of column. */
import { Button, Checkbox, Select, Stack, TextInput } from "@mantine/core";
import { useState } from "react";
import type { ListColumn } from "@/api/types";
import { type Filter, type Operator, operatorsFor, operatorWord } from "@/lib/filters";
import { words } from "@/lib/format";
import { RecordPicker, type Target } from "../RecordPicker";
import { State } from "../State";

const linked: Record<string, Target> = {
  location: "locations",
  rack: "racks",
  vendor: "vendors",
  model: "models",
};

interface Props {
  column: ListColumn;
  filter: Filter;
  onApply: (filter: Pick<Filter, "operator" | "value">) => void;
}

export function FilterEditor({ column, filter, onApply }: Props) {
  const choices = operatorsFor(column);
  const [operator, setOperator] = useState<Operator>(
    filter.operator === "is" && column.values?.length ? "in" : filter.operator,
  );
  const [value, setValue] = useState(filter.value);
  const needsValue = operator !== "null" && operator !== "notnull";
  const all = choices.includes(operator) ? choices : [operator, ...choices];
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        onApply({ operator, value: value.trim() });
      }}
    >
      <Stack gap={8} miw={240}>
        {all.length > 1 && (
          <Select
            aria-label={`${column.label}: question`}
            data={all.map((o) => ({ value: o, label: `${column.label} ${operatorWord(o, column)}` }))}
            value={operator}
            onChange={(o) => o && setOperator(o as Operator)}
            allowDeselect={false}
            comboboxProps={{ withinPortal: false }}
          />
        )}
        {needsValue && <ValueInput column={column} operator={operator} value={value} onChange={setValue} />}
        <Button type="submit" variant="filled">
          Show
        </Button>
      </Stack>
    </form>
  );
}

interface ValueProps {
  column: ListColumn;
  operator: Operator;
  value: string;
  onChange: (value: string) => void;
}

function ValueInput({ column, operator, value, onChange }: ValueProps) {
  if (operator === "between") {
    const [from = "", to = ""] = value.split(",");
    return (
      <Stack gap={8}>
        <ValueInput
          column={column}
          operator="gte"
          value={from}
          onChange={(next) => onChange(`${next},${to}`)}
        />
        <ValueInput
          column={column}
          operator="lte"
          value={to}
          onChange={(next) => onChange(`${from},${next}`)}
        />
      </Stack>
    );
  }
  if (column.values?.length) {
    const chosen = value ? value.split(",") : [];
    return (
      <Stack gap={6} role="group" aria-label={column.label} mah={280} style={{ overflowY: "auto" }}>
        {column.values.map((v) => (
          <Checkbox
            key={v}
            label={column.kind === "state" ? <State state={v} /> : words(v)}
            checked={chosen.includes(v)}
            onChange={(event) =>
              onChange(
                (event.currentTarget.checked ? [...chosen, v] : chosen.filter((c) => c !== v)).join(","),
              )
            }
          />
        ))}
      </Stack>
    );
  }
  if (column.kind === "boolean") {
    return (
      <Select
        aria-label={column.label}
        data={[
          { value: "true", label: "yes" },
          { value: "false", label: "no" },
        ]}
        value={value || null}
        onChange={(v) => onChange(v ?? "")}
        comboboxProps={{ withinPortal: false }}
      />
    );
  }
  const target = column.kind === "team" ? "teams" : column.link ? linked[column.link] : undefined;
  if (target && column.kind !== "text") {
    return <RecordPicker aria-label={column.label} target={target} value={value} onChange={onChange} />;
  }
  const type = column.kind === "date" || column.kind === "instant" ? "date" : "text";
  return (
    <TextInput
      aria-label={operator === "lte" ? `${column.label}, until` : column.label}
      data-autofocus
      type={type}
      inputMode={column.kind === "integer" || column.kind === "money" ? "decimal" : undefined}
      value={type === "date" ? value.slice(0, 10) : value}
      onChange={(event) => {
        const text = event.currentTarget.value;
        onChange(column.kind === "instant" && text ? `${text}T00:00:00Z` : text);
      }}
    />
  );
}
