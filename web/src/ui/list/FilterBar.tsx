/** The filters as one sentence: "assets where status is ready or in test and team is A-3". Each part opens to be changed. */
import { ActionIcon, Menu, Popover, TextInput } from "@mantine/core";
import { useDebouncedCallback } from "@mantine/hooks";
import { IconPlus, IconSearch, IconX } from "@tabler/icons-react";
import { useEffect, useState } from "react";
import type { ListMeta } from "@/api/types";
import {
  type Filter,
  filtersOf,
  operatorsFor,
  operatorWord,
  type Search,
  valueWords,
  writeFilter,
} from "@/lib/filters";
import { pluralOf } from "@/lib/format";
import classes from "./FilterBar.module.css";
import { FilterEditor } from "./FilterEditor";

interface Props {
  meta: ListMeta;
  search: Search;
  onSearch: (change: Search) => void;
  /** Filters that the page itself fixes and that are therefore not shown. */
  fixed?: string[];
}

export function FilterBar({ meta, search, onSearch, fixed = [] }: Props) {
  const [editing, setEditing] = useState<string | null>(null);
  const filters = filtersOf(search).filter((f) => !fixed.includes(f.column));
  const free = meta.columns.filter(
    (c) => c.filterable && !fixed.includes(c.name) && !filters.some((f) => f.column === c.name),
  );
  const fresh =
    editing && !filters.some((f) => f.column === editing)
      ? meta.columns.find((c) => c.name === editing)
      : undefined;
  const shown: Filter[] = fresh
    ? [...filters, { column: fresh.name, operator: operatorsFor(fresh)[0]!, value: "" }]
    : filters;

  return (
    <div className={classes.bar} role="search" aria-label={`Filter ${meta.title}`}>
      <SearchText
        value={search.q ?? ""}
        onChange={(q) => onSearch({ q: q || undefined })}
        label={`Find in ${meta.title}`}
      />
      <span className={classes.words}>{pluralOf(meta.subject)}</span>
      {shown.map((filter, index) => {
        const column = meta.columns.find((c) => c.name === filter.column);
        return (
          <span key={filter.column} className={classes.part}>
            <span className={classes.words}>{index === 0 ? "where" : "and"}</span>
            <span className={classes.token}>
              <Popover
                opened={editing === filter.column}
                onClose={() => setEditing(null)}
                position="bottom-start"
                trapFocus
                shadow="none"
                offset={4}
                classNames={{ dropdown: classes.dropdown }}
              >
                <Popover.Target>
                  <button type="button" className={classes.phrase} onClick={() => setEditing(filter.column)}>
                    {(column?.label ?? filter.column).toLowerCase()}{" "}
                    <span className={classes.op}>{operatorWord(filter.operator, column)}</span>{" "}
                    <b>{valueWords(filter, column) || (filter.operator.includes("null") ? "" : "…")}</b>
                  </button>
                </Popover.Target>
                <Popover.Dropdown>
                  {column ? (
                    <FilterEditor
                      column={column}
                      filter={filter}
                      onApply={(next) => {
                        setEditing(null);
                        onSearch({ [column.name]: writeFilter(next) || undefined });
                      }}
                    />
                  ) : (
                    <p>This list has no column {filter.column}.</p>
                  )}
                </Popover.Dropdown>
              </Popover>
              <button
                type="button"
                className={classes.remove}
                aria-label={`Remove filter ${column?.label ?? filter.column}`}
                onClick={() => {
                  setEditing(null);
                  onSearch({ [filter.column]: undefined });
                }}
              >
                <IconX size={12} stroke={2} />
              </button>
            </span>
          </span>
        );
      })}
      {free.length > 0 && (
        <Menu position="bottom-start">
          <Menu.Target>
            <button type="button" className={classes.add}>
              <IconPlus size={13} stroke={2} /> Filter
            </button>
          </Menu.Target>
          <Menu.Dropdown mah={360} style={{ overflowY: "auto" }}>
            {free.map((column) => (
              <Menu.Item key={column.name} onClick={() => setEditing(column.name)}>
                {column.label}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      )}
    </div>
  );
}

/** Free text; asks the server a moment after the last key. */
function SearchText({
  value,
  onChange,
  label,
}: {
  value: string;
  onChange: (q: string) => void;
  label: string;
}) {
  const [typed, setTyped] = useState(value);
  const later = useDebouncedCallback(onChange, 250);
  useEffect(() => setTyped(value), [value]);
  return (
    <TextInput
      className={classes.text}
      aria-label={label}
      placeholder="Find"
      value={typed}
      leftSection={<IconSearch size={14} stroke={1.8} />}
      rightSection={
        typed ? (
          <ActionIcon
            variant="subtle"
            size="sm"
            aria-label="Clear text"
            onClick={() => {
              setTyped("");
              onChange("");
            }}
          >
            <IconX size={13} />
          </ActionIcon>
        ) : null
      }
      onChange={(event) => {
        setTyped(event.currentTarget.value);
        later(event.currentTarget.value);
      }}
    />
  );
}
