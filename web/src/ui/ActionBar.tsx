/** The server's actions of a record: the main one filled, the impossible ones disabled with their reason. */
import { Button, Menu, Tooltip } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { notifications } from "@mantine/notifications";
import { IconDots } from "@tabler/icons-react";
import { useState } from "react";
import type { Action } from "@/api/types";
import { useAsOf } from "@/app/as-of";
import { READ_ONLY_PAST } from "@/lib/as-of";
import { useHotkeys } from "@/lib/hotkeys";
import classes from "./ActionBar.module.css";
import { ActionDialog } from "./ActionDialog";

interface Props {
  actions: Action[] | undefined;
  /** What the action is done to, for the dialog's title: `PO-2026-00042`. */
  subject: string;
  /** Pages that have their own dialog or page for an action name it here. */
  own?: Record<string, () => void>;
  /** Actions that this page shows elsewhere. */
  omit?: string[];
  visible?: number;
  onDone?: (answer: unknown) => void;
}

export function ActionBar({ actions = [], subject, own = {}, omit = [], visible = 3, onDone }: Props) {
  const asOf = useAsOf();
  const [open, setOpen] = useState<Action | null>(null);
  const shown = order(actions.filter((action) => !omit.includes(action.name)));
  const run = (action: Action) => {
    const handler = own[action.name];
    if (handler) handler();
    else setOpen(action);
  };
  const reasonOf = (action: Action) =>
    asOf ? READ_ONLY_PAST : action.allowed ? null : (action.reason ?? "Not possible now");
  const edit = shown.find((action) => action.name === "edit");
  useHotkeys({
    e: edit
      ? () => {
          const reason = reasonOf(edit);
          if (reason) notifications.show({ message: reason });
          else run(edit);
        }
      : undefined,
  });
  // On a phone the row of buttons stays one row.
  const narrow = useMediaQuery("(max-width: 640px)");
  const front = shown.slice(0, narrow ? Math.min(visible, 2) : visible);
  const rest = shown.slice(front.length);
  return (
    <>
      {front.map((action, index) => (
        <ActionButton
          key={action.name}
          label={action.label}
          reason={reasonOf(action)}
          primary={action.primary ?? (index === 0 && action.allowed)}
          onClick={() => run(action)}
        />
      ))}
      {rest.length > 0 && (
        <Menu>
          <Menu.Target>
            <Button aria-label="More actions" data-size="icon" px={8}>
              <IconDots size={16} stroke={1.6} />
            </Button>
          </Menu.Target>
          <Menu.Dropdown maw={320}>
            {rest.map((action) => {
              const reason = reasonOf(action);
              return (
                <Menu.Item
                  key={action.name}
                  aria-disabled={reason !== null}
                  closeMenuOnClick={reason === null}
                  onClick={() => reason === null && run(action)}
                >
                  <span className={reason ? classes.off : undefined}>{action.label}</span>
                  {reason && <span className={classes.reason}>{reason}</span>}
                </Menu.Item>
              );
            })}
          </Menu.Dropdown>
        </Menu>
      )}
      {open && <ActionDialog action={open} subject={subject} onClose={() => setOpen(null)} onDone={onDone} />}
    </>
  );
}

/** Main first, then what is possible, then the rest, each in the server's order. */
function order(actions: Action[]): Action[] {
  const rank = (action: Action) => (action.primary ? 0 : action.allowed ? 1 : 2);
  return [...actions].sort((a, b) => rank(a) - rank(b));
}

interface ButtonProps {
  label: string;
  /** What follows the label for those who hear the page: in a table every button is about its row. */
  of?: string;
  reason?: string | null;
  primary?: boolean;
  icon?: React.ReactNode;
  onClick: () => void;
  loading?: boolean;
}

/** A button that stays focusable when it is impossible, so that its reason can be read by everyone. */
export function ActionButton({ label, of, reason = null, primary, icon, onClick, loading }: ButtonProps) {
  const button = (
    <Button
      variant={primary ? "filled" : "default"}
      leftSection={icon}
      loading={loading}
      data-disabled={reason !== null || undefined}
      aria-disabled={reason !== null}
      aria-description={reason ?? undefined}
      onClick={(event) => (reason === null ? onClick() : event.preventDefault())}
    >
      {label}
      {of && <span className="sr"> {of}</span>}
    </Button>
  );
  return reason === null ? button : <Tooltip label={reason}>{button}</Tooltip>;
}
