/** What stands at the right of a list's filters: columns, saved views, and the exports that take exactly what is shown. */
import { Button, Checkbox, Menu, Popover, Stack, TextInput } from "@mantine/core";
import { IconBookmark, IconColumns3, IconDownload, IconUpload } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { apiUrl } from "@/api/client";
import { useImportables } from "@/api/hooks";
import type { ListMeta } from "@/api/types";
import { type Search, serverQuery } from "@/lib/filters";
import { readLocal, writeLocal } from "@/lib/local";
import { pb } from "@/lib/paths";
import filterClasses from "./FilterBar.module.css";
import classes from "./ListView.module.css";

interface Props {
  meta: ListMeta;
  search: Search;
  columns: string[];
  onSearch: (change: Search) => void;
  onReplace: (search: Search) => void;
  /** Further query that the page fixes. */
  fixed: Record<string, string>;
}

/** Where a list downloads: the same filters, sort, columns and moment as on screen. */
export function exportUrl(
  meta: ListMeta,
  search: Search,
  columns: string[],
  fixed: Record<string, string>,
  format: "csv" | "xlsx",
) {
  return apiUrl(meta.path, { ...serverQuery(search), ...fixed, fields: columns.join(","), format });
}

export function ListTools({ meta, search, columns, onSearch, onReplace, fixed }: Props) {
  const importable = useImportables().data?.items.some((one) => one.name === meta.name && one.allowed);
  return (
    <>
      <Columns meta={meta} columns={columns} onSearch={onSearch} />
      <Views meta={meta} search={search} onReplace={onReplace} />
      <Button
        component="a"
        leftSection={<IconDownload size={15} stroke={1.6} />}
        href={exportUrl(meta, search, columns, fixed, "csv")}
        download={`${meta.name}.csv`}
        aria-label="Export CSV"
      >
        CSV
      </Button>
      <Button
        component="a"
        leftSection={<IconDownload size={15} stroke={1.6} />}
        href={exportUrl(meta, search, columns, fixed, "xlsx")}
        download={`${meta.name}.xlsx`}
        aria-label="Export XLSX"
      >
        XLSX
      </Button>
      {importable && (
        <Button
          component={Link}
          to={pb.importOf(meta.name)}
          leftSection={<IconUpload size={15} stroke={1.6} />}
        >
          Import
        </Button>
      )}
    </>
  );
}

function Columns({ meta, columns, onSearch }: Pick<Props, "meta" | "columns" | "onSearch">) {
  const usual = meta.columns.filter((c) => c.shown).map((c) => c.name);
  const set = (names: string[]) => {
    const inOrder = meta.columns.map((c) => c.name).filter((n) => names.includes(n));
    onSearch({ cols: inOrder.join(",") === usual.join(",") ? undefined : inOrder.join(",") });
  };
  return (
    <Popover
      position="bottom-end"
      shadow="none"
      trapFocus
      offset={4}
      classNames={{ dropdown: filterClasses.dropdown }}
    >
      <Popover.Target>
        <Button aria-label="Columns" leftSection={<IconColumns3 size={15} stroke={1.6} />}>
          <span className={classes.word}>Columns</span>
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <Stack gap={6} mah={400} style={{ overflowY: "auto" }} role="group" aria-label="Columns shown">
          {meta.columns.map((column) => (
            <Checkbox
              key={column.name}
              label={column.label}
              disabled={columns.length === 1 && columns.includes(column.name)}
              checked={columns.includes(column.name)}
              onChange={(event) =>
                set(
                  event.currentTarget.checked
                    ? [...columns, column.name]
                    : columns.filter((n) => n !== column.name),
                )
              }
            />
          ))}
          <Button data-size="xs" onClick={() => onSearch({ cols: undefined })}>
            Usual columns
          </Button>
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}

type Saved = { name: string; search: Search }[];

function Views({ meta, search, onReplace }: Pick<Props, "meta" | "search" | "onReplace">) {
  const [views, setViews] = useState<Saved>(() => readLocal<Saved>(`views.${meta.name}`, []));
  const [name, setName] = useState("");
  const keep = (next: Saved) => {
    setViews(next);
    writeLocal(`views.${meta.name}`, next);
  };
  return (
    <Menu closeOnItemClick={false}>
      <Menu.Target>
        <Button aria-label="Views" leftSection={<IconBookmark size={15} stroke={1.6} />}>
          <span className={classes.word}>Views</span>
        </Button>
      </Menu.Target>
      <Menu.Dropdown miw={240}>
        {views.length === 0 && <Menu.Label>A view keeps filters, sort and columns on this device</Menu.Label>}
        {views.map((view) => (
          <Menu.Item key={view.name} closeMenuOnClick onClick={() => onReplace(view.search)}>
            {view.name}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <form
          style={{ display: "flex", gap: 4, padding: 4 }}
          onSubmit={(event) => {
            event.preventDefault();
            if (!name.trim()) return;
            const { as_of: _moment, ...kept } = search;
            keep([...views.filter((v) => v.name !== name.trim()), { name: name.trim(), search: kept }]);
            setName("");
          }}
        >
          <TextInput
            aria-label="Name of the view"
            placeholder="Save this view as"
            value={name}
            onChange={(e) => setName(e.currentTarget.value)}
          />
          <Button type="submit">Save</Button>
        </form>
        {views.length > 0 && (
          <Menu.Item closeMenuOnClick onClick={() => keep([])}>
            Forget all views
          </Menu.Item>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}
