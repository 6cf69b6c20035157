/** The file is in the books: how many rows, and where they are now. */
import { Button, Group } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useEffect, useRef } from "react";
import { plural } from "@/lib/format";
import { listPath, pb } from "@/lib/paths";
import classes from "./Imports.module.css";
import type { Imported } from "./use-import";

export function Outcome({ done, title, onAgain }: { done: Imported; title: string; onAgain: () => void }) {
  const words = useRef<HTMLDivElement>(null);
  useEffect(() => words.current?.focus(), []);
  return (
    <div ref={words} className={classes.done} role="status" tabIndex={-1}>
      <strong>{plural(done.rows, "row")} imported</strong>
      <p>
        {title}: all of the file is in the books, as one entry of the <Link to={pb.ledger()}>ledger</Link>{" "}
        under your name.
      </p>
      <Group gap={8}>
        <Button component={Link} to={listPath(done.subject)} variant="filled">
          Open the list
        </Button>
        <Button onClick={onAgain}>Import another file</Button>
      </Group>
    </div>
  );
}
