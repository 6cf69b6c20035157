/** The steps of an approval policy: added, moved and taken away by their buttons, so by keyboard as well. */
import { Button, Select, TextInput } from "@mantine/core";
import { IconArrowDown, IconArrowUp, IconX } from "@tabler/icons-react";
import { useEffect, useRef } from "react";
import { RecordPicker } from "@/ui/RecordPicker";
import classes from "./PolicySteps.module.css";
import { emptyStep, moved, type Step } from "./policy";

interface Props {
  steps: Step[];
  faults: Record<string, string | undefined>;
  onChange: (steps: Step[]) => void;
}

const MODES = [
  { value: "one", label: "One of them" },
  { value: "some", label: "Some of them" },
  { value: "all", label: "All of them" },
];

export function PolicySteps({ steps, faults, onChange }: Props) {
  // A step that was just added is the one to go on with.
  const added = useRef<string | null>(null);
  // The button that moved a step, or the one beside what was taken away, keeps the focus.
  const box = useRef<HTMLDivElement>(null);
  const focus = useRef<string | null>(null);
  useEffect(() => {
    if (focus.current) box.current?.querySelector<HTMLElement>(`[data-tool="${focus.current}"]`)?.focus();
    focus.current = null;
  });
  const change = (next: Step[], tool: string) => {
    focus.current = tool;
    onChange(next);
  };
  const set = (at: number, part: Partial<Step>) =>
    onChange(steps.map((step, n) => (n === at ? { ...step, ...part } : step)));
  return (
    <div className={classes.all} ref={box}>
      <ol className={classes.steps} aria-label="Steps">
        {steps.map((step, n) => {
          const fault = (name: string) => faults[`steps[${n}].${name}`];
          const which = `step ${n + 1}`;
          return (
            <li key={step.key} className={classes.step} aria-label={`Step ${n + 1}`}>
              <TextInput
                label={`Name of ${which}`}
                autoFocus={added.current === step.key}
                value={step.name}
                error={fault("name")}
                onChange={(event) => set(n, { name: event.currentTarget.value })}
              />
              <RecordPicker
                label={`Group of ${which}`}
                target="approver-groups"
                placeholder="Approvers of the team"
                value={step.group}
                display={step.groupLabel}
                error={fault("group")}
                onChange={(group, found) => set(n, { group, groupLabel: found?.label ?? group })}
              />
              <Select
                label={`How many in ${which}`}
                data={MODES}
                allowDeselect={false}
                value={step.mode}
                error={fault("mode")}
                onChange={(mode) => set(n, { mode: (mode ?? "one") as Step["mode"] })}
              />
              {step.mode === "some" && (
                <TextInput
                  label={`Needed in ${which}`}
                  inputMode="numeric"
                  value={step.needed}
                  error={fault("needed")}
                  onChange={(event) => set(n, { needed: event.currentTarget.value })}
                />
              )}
              <span className={classes.tools}>
                <Tool
                  name={`up-${step.key}`}
                  label={`Move ${which} up`}
                  off={n === 0}
                  onClick={() => change(moved(steps, n, -1), `up-${step.key}`)}
                  icon={IconArrowUp}
                />
                <Tool
                  name={`down-${step.key}`}
                  label={`Move ${which} down`}
                  off={n === steps.length - 1}
                  onClick={() => change(moved(steps, n, 1), `down-${step.key}`)}
                  icon={IconArrowDown}
                />
                <Tool
                  name={`remove-${step.key}`}
                  label={`Remove ${which}`}
                  off={steps.length === 1}
                  onClick={() => {
                    const rest = steps.filter((_, other) => other !== n);
                    change(rest, `remove-${rest[Math.min(n, rest.length - 1)]?.key}`);
                  }}
                  icon={IconX}
                />
              </span>
            </li>
          );
        })}
      </ol>
      <Button
        data-size="xs"
        disabled={steps.length >= 9}
        onClick={() => {
          const step = emptyStep();
          added.current = step.key;
          onChange([...steps, step]);
        }}
      >
        Add step
      </Button>
    </div>
  );
}

interface ToolProps {
  name: string;
  label: string;
  off: boolean;
  icon: typeof IconX;
  onClick: () => void;
}

/** Stays focusable where it can do nothing, so that a step can be moved all the way by pressing one key. */
function Tool({ name, label, off, icon: Icon, onClick }: ToolProps) {
  return (
    <Button
      px={8}
      data-tool={name}
      aria-label={label}
      aria-disabled={off}
      data-disabled={off || undefined}
      onClick={(event) => (off ? event.preventDefault() : onClick())}
    >
      <Icon size={16} stroke={1.6} />
    </Button>
  );
}
