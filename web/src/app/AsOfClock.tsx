/** The one control that sets the moment the whole application shows. */
import { Button, Group, Popover, Stack, Text, TextInput } from "@mantine/core";
import { IconClock, IconHistory } from "@tabler/icons-react";
import { useState } from "react";
import { formatInstant } from "@/lib/format";
import classes from "./AsOf.module.css";
import { useAsOf, useSetAsOf } from "./as-of";

/** A moment as the browser's own field wants it: local time without a zone. */
const local = (at: Date) =>
  new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);

function endOf(what: "yesterday" | "month" | "quarter" | "year"): Date {
  const now = new Date();
  const [year, month] = [now.getFullYear(), now.getMonth()];
  const start = {
    yesterday: new Date(year, month, now.getDate()),
    month: new Date(year, month, 1),
    quarter: new Date(year, month - (month % 3), 1),
    year: new Date(year, 0, 1),
  }[what];
  return new Date(start.getTime() - 1000);
}

const choices = [
  ["yesterday", "End of yesterday"],
  ["month", "End of last month"],
  ["quarter", "End of last quarter"],
  ["year", "End of last year"],
] as const;

export function AsOfClock() {
  const asOf = useAsOf();
  const set = useSetAsOf();
  const [open, setOpen] = useState(false);
  const [typed, setTyped] = useState(local(new Date(Date.now() - 86_400_000)));
  const go = (at: Date | null) => {
    setOpen(false);
    set(at ? at.toISOString().replace(/\.\d+Z$/, "Z") : null);
  };
  return (
    <Popover
      opened={open}
      onChange={setOpen}
      position="bottom-end"
      trapFocus
      shadow="none"
      offset={6}
      classNames={{ dropdown: classes.dropdown }}
    >
      <Popover.Target>
        <button
          type="button"
          className={classes.clock}
          data-past={asOf ? true : undefined}
          onClick={() => setOpen(!open)}
          aria-expanded={open}
          aria-label={
            asOf ? `Showing ${formatInstant(asOf)}; change the moment` : "Showing now; look at a past moment"
          }
        >
          {asOf ? <IconHistory size={15} stroke={1.8} /> : <IconClock size={15} stroke={1.6} />}
          <span className="tabular">{asOf ? formatInstant(asOf) : "Now"}</span>
        </button>
      </Popover.Target>
      <Popover.Dropdown>
        <Stack gap={8} w={260}>
          <Text fw={600}>Show everything as of</Text>
          {choices.map(([name, label]) => (
            <button key={name} type="button" className={classes.choice} onClick={() => go(endOf(name))}>
              <span>{label}</span>
              <span className="faint small tabular">{formatInstant(endOf(name).toISOString())}</span>
            </button>
          ))}
          <form
            onSubmit={(event) => {
              event.preventDefault();
              if (typed) go(new Date(typed));
            }}
          >
            <Group gap={4} wrap="nowrap" align="flex-end">
              <TextInput
                type="datetime-local"
                label="A moment"
                max={local(new Date())}
                value={typed}
                onChange={(e) => setTyped(e.currentTarget.value)}
                style={{ flex: 1 }}
              />
              <Button type="submit" variant="filled" style={{ flex: "none" }}>
                Show
              </Button>
            </Group>
          </form>
          {asOf && <Button onClick={() => go(null)}>Return to now</Button>}
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}
