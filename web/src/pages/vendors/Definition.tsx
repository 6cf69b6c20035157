/** What a figure says, behind a small sign: on hover, on focus, by a tap. */
import { Popover } from "@mantine/core";
import { IconInfoCircle } from "@tabler/icons-react";
import { useId, useState } from "react";
import classes from "./Scorecard.module.css";

export function Definition({ of, text }: { of: string; text: string }) {
  const [open, setOpen] = useState(false);
  const id = useId();
  return (
    <Popover opened={open} onChange={setOpen} width={300} position="bottom-start" withinPortal={false}>
      <Popover.Target>
        <button
          type="button"
          className={classes.info}
          aria-label={`What "${of}" says`}
          aria-expanded={open}
          aria-describedby={open ? id : undefined}
          onClick={() => setOpen(!open)}
          onMouseEnter={() => setOpen(true)}
          onMouseLeave={() => setOpen(false)}
          onBlur={() => setOpen(false)}
        >
          <IconInfoCircle size={15} stroke={1.6} />
        </button>
      </Popover.Target>
      <Popover.Dropdown id={id} className={classes.definition}>
        {text}
      </Popover.Dropdown>
    </Popover>
  );
}
