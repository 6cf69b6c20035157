/** The usual periods of a report, as a filter on its day. */
import { Select } from "@mantine/core";
import { useAsOf } from "@/app/as-of";
import type { Search } from "@/lib/filters";
import { periods } from "./periods";

interface Props {
  column: string;
  search: Search;
  onSearch: (change: Search) => void;
}

export function PeriodSelect({ column, search, onSearch }: Props) {
  const asOf = useAsOf();
  const all = periods(asOf ? new Date(asOf) : new Date());
  const value = search[column] ?? "";
  const own = value && !all.some((one) => one.value === value) ? [{ value, label: "Another period" }] : [];
  return (
    <Select
      aria-label="Period"
      w={170}
      data={[{ value: "", label: "Any time" }, ...all, ...own]}
      value={value}
      allowDeselect={false}
      onChange={(next) => onSearch({ [column]: next || undefined })}
    />
  );
}
