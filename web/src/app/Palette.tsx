/** Search and commands in one dialog: `/` opens it to find records, `Ctrl K` to go and do. */
import { Modal } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { IconArrowRight } from "@tabler/icons-react";
import { useNavigate } from "@tanstack/react-router";
import { useEffect, useId, useState } from "react";
import { useRead } from "@/api/hooks";
import { words } from "@/lib/format";
import { recordPath } from "@/lib/paths";
import { State } from "@/ui/State";
import classes from "./Palette.module.css";
import { useCommands } from "./use-commands";

export type PaletteMode = "search" | "commands";

interface SearchItem {
  kind: string;
  code: string;
  title: string;
  subtitle?: string | null;
  state?: string | null;
  href?: string | null;
  why?: string | null;
}

interface Choice {
  key: string;
  label: React.ReactNode;
  run: () => void;
}

export function Palette({
  mode,
  onClose,
  onHelp,
}: {
  mode: PaletteMode;
  onClose: () => void;
  onHelp: () => void;
}) {
  const navigate = useNavigate();
  const [typed, setTyped] = useState("");
  const [asked] = useDebouncedValue(typed.trim(), 120);
  const [at, setAt] = useState(0);
  const id = useId();
  const search = useRead<{ items: SearchItem[] }>(
    "/search",
    { q: asked },
    { enabled: asked.length > 0, keep: true },
  );
  const commands = useCommands(onHelp);
  const needle = typed.trim().toLowerCase();

  const found: Choice[] = (asked ? (search.data?.items ?? []) : []).map((item) => ({
    key: `${item.kind} ${item.code}`,
    label: <FoundLabel item={item} />,
    run: () => {
      const to = recordPath(item.kind, item.code) ?? item.href;
      if (to) navigate({ to });
    },
  }));
  const doable: Choice[] = commands
    .filter((c) => (needle ? c.label.toLowerCase().includes(needle) : mode === "commands"))
    .slice(0, needle ? 6 : 40)
    .map((c) => ({
      key: c.label,
      label: (
        <>
          <IconArrowRight size={14} stroke={1.6} className="faint" aria-hidden="true" />
          <span className={classes.title}>{c.label}</span>
          {c.key && <kbd className={classes.key}>{c.key}</kbd>}
        </>
      ),
      run: c.run,
    }));
  const choices = mode === "search" ? [...found, ...doable] : [...doable, ...found];
  const here = Math.min(at, choices.length - 1);
  useEffect(() => {
    document.getElementById(`${id}-${here}`)?.scrollIntoView({ block: "nearest" });
  }, [here, id]);

  const take = (choice: Choice | undefined) => {
    if (!choice) return;
    onClose();
    choice.run();
  };
  return (
    <Modal
      opened
      onClose={onClose}
      withCloseButton={false}
      padding={0}
      size={600}
      yOffset="10vh"
      attributes={{ content: { "aria-label": mode === "search" ? "Search" : "Commands" } }}
    >
      <input
        className={classes.input}
        // biome-ignore lint/a11y/noAutofocus: the dialog exists for this field
        autoFocus
        data-autofocus
        role="combobox"
        aria-expanded={choices.length > 0}
        aria-controls={`${id}-list`}
        aria-activedescendant={here >= 0 ? `${id}-${here}` : undefined}
        aria-label={mode === "search" ? "Search code, serial, name" : "What to do or find"}
        placeholder={mode === "search" ? "Search code, serial, name" : "Go to, do, or find"}
        autoComplete="off"
        spellCheck={false}
        value={typed}
        onChange={(event) => {
          setTyped(event.currentTarget.value);
          setAt(0);
        }}
        onKeyDown={(event) => {
          if (event.key === "ArrowDown") setAt(Math.min(here + 1, choices.length - 1));
          else if (event.key === "ArrowUp") setAt(Math.max(here - 1, 0));
          else if (event.key === "Enter") take(choices[here]);
          else return;
          event.preventDefault();
        }}
      />
      <div role="listbox" id={`${id}-list`} aria-label="Found" className={classes.list}>
        {choices.map((choice, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the field's arrow keys and Enter choose
          <div
            key={choice.key}
            id={`${id}-${index}`}
            role="option"
            tabIndex={-1}
            aria-selected={index === here}
            className={classes.option}
            onMouseMove={() => setAt(index)}
            onClick={() => take(choice)}
          >
            {choice.label}
          </div>
        ))}
      </div>
      <p className={classes.foot} role="status">
        {search.isFetching
          ? "Looking…"
          : asked && search.error
            ? "The search does not answer."
            : asked && found.length === 0
              ? `Nothing is called “${asked}”.`
              : !asked && mode === "search"
                ? "An exact code comes first. A part of a serial, model or name will do."
                : "↑ ↓ choose, Enter opens, Esc closes"}
      </p>
    </Modal>
  );
}

function FoundLabel({ item }: { item: SearchItem }) {
  return (
    <>
      <span className={classes.kind}>{words(item.kind)}</span>
      <span className={classes.title}>
        {item.code !== item.title && <span className="mono">{item.code} </span>}
        {item.title}
        {item.subtitle && <span className={classes.sub}>{item.subtitle}</span>}
      </span>
      {item.why && <span className="faint small">{item.why}</span>}
      {item.state && <State state={item.state} />}
    </>
  );
}
