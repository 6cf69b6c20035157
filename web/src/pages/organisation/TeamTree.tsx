/** The tree itself: arrows walk and fold, Enter opens the team. */
import { IconChevronRight } from "@tabler/icons-react";
import { useEffect, useRef, useState } from "react";
import { formatQuantity, words } from "@/lib/format";
import classes from "./TeamTree.module.css";
import { shownNodes, type TeamNode } from "./tree";

interface Props {
  root: TeamNode;
  first: ReadonlySet<string>;
  mark: string;
  onOpen: (code: string) => void;
}

export function TeamTree({ root, first, mark, onOpen }: Props) {
  const [open, setOpen] = useState(first);
  const [at, setAt] = useState(root.code);
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => setOpen(first), [first]);
  const rows = shownNodes(root, open);
  const here = Math.max(
    0,
    rows.findIndex((r) => r.node.code === at),
  );

  const fold = (code: string, on: boolean) =>
    setOpen((before) => {
      const next = new Set(before);
      if (on) next.add(code);
      else next.delete(code);
      return next;
    });
  const go = (index: number) => {
    const row = rows[Math.max(0, Math.min(rows.length - 1, index))];
    if (!row) return;
    setAt(row.node.code);
    list.current?.querySelector<HTMLElement>(`[data-code="${CSS.escape(row.node.code)}"]`)?.focus();
  };
  const keys = (event: React.KeyboardEvent) => {
    const row = rows[here];
    if (!row) return;
    const folded = !open.has(row.node.code);
    if (event.key === "ArrowDown" || event.key === "j") go(here + 1);
    else if (event.key === "ArrowUp" || event.key === "k") go(here - 1);
    else if (event.key === "Home") go(0);
    else if (event.key === "End") go(rows.length - 1);
    else if (event.key === "ArrowRight") {
      if (row.node.children.length > 0 && folded) fold(row.node.code, true);
      else go(here + 1);
    } else if (event.key === "ArrowLeft") {
      if (!folded && row.node.children.length > 0) fold(row.node.code, false);
      else if (row.parent) go(rows.findIndex((r) => r.node.code === row.parent));
    } else if (event.key === "Enter") onOpen(row.node.code);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <div ref={list} role="tree" aria-label="Teams" className={classes.tree} onKeyDown={keys}>
      {rows.map(({ node, level, position, siblings }, index) => {
        const hit = mark !== "" && `${node.code} ${node.name}`.toLowerCase().includes(mark.toLowerCase());
        return (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the tree has the keys
          <div
            key={node.code}
            role="treeitem"
            aria-level={level}
            aria-posinset={position}
            aria-setsize={siblings}
            aria-selected={index === here}
            aria-expanded={node.children.length > 0 ? open.has(node.code) : undefined}
            aria-label={`${node.code} ${node.name}`}
            data-code={node.code}
            data-kind={node.kind}
            data-hit={hit || undefined}
            tabIndex={index === here ? 0 : -1}
            className={classes.row}
            style={{ paddingLeft: 8 + (level - 1) * 24 }}
            onFocus={() => setAt(node.code)}
            onClick={(event) => {
              setAt(node.code);
              if ((event.target as HTMLElement).closest("[data-fold]")) fold(node.code, !open.has(node.code));
              else onOpen(node.code);
            }}
          >
            <span
              className={classes.fold}
              data-fold
              data-open={open.has(node.code) || undefined}
              aria-hidden="true"
            >
              {node.children.length > 0 && <IconChevronRight size={14} stroke={2} />}
            </span>
            <span className={classes.code}>{node.code}</span>
            <span className={classes.name}>{node.name}</span>
            <span className={classes.kind}>{words(node.kind)}</span>
            <span className={classes.count}>
              {node.people_count ? `${formatQuantity(node.people_count)} people` : ""}
            </span>
            <span className={classes.count}>
              {node.asset_count ? `${formatQuantity(node.asset_count)} assets` : ""}
            </span>
          </div>
        );
      })}
    </div>
  );
}
