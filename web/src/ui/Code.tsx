/** A code, serial or address: monospaced, selectable, copied with one click; a link when it opens something. */
import { IconCheck, IconCopy } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import classes from "./Code.module.css";

interface Props {
  value: string | null | undefined;
  to?: string | null;
  /** Leave the copy button out, where codes stand close together. */
  bare?: boolean;
  size?: "sm" | "lg";
}

export function Code({ value, to, bare = false, size = "sm" }: Props) {
  if (!value) return null;
  return (
    <span className={classes.code} data-size={size}>
      {to ? (
        <Link to={to} className={classes.link}>
          {value}
        </Link>
      ) : (
        <span className={classes.text}>{value}</span>
      )}
      {!bare && <CopyButton value={value} />}
    </span>
  );
}

export function CopyButton({ value }: { value: string }) {
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), 1200);
    return () => clearTimeout(timer);
  }, [copied]);
  const copy = async (event: React.MouseEvent) => {
    event.stopPropagation();
    event.preventDefault();
    await navigator.clipboard?.writeText(value);
    setCopied(true);
  };
  return (
    <button
      type="button"
      className={classes.copy}
      data-copied={copied || undefined}
      onClick={copy}
      aria-label={copied ? "Copied" : `Copy ${value}`}
    >
      {copied ? <IconCheck size={13} stroke={2} /> : <IconCopy size={13} stroke={1.6} />}
    </button>
  );
}
