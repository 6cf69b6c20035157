/** The organisation as a flat list of what is open, for drawing and for the arrow keys. */
export interface TeamNode {
  id: string;
  code: string;
  name: string;
  kind: string;
  description?: string | null;
  scope?: string[];
  tasks?: string[];
  people_count?: number;
  asset_count?: number;
  children: TeamNode[];
}

export interface Shown {
  node: TeamNode;
  level: number;
  parent: string | null;
  position: number;
  siblings: number;
}

export function shownNodes(root: TeamNode, open: ReadonlySet<string>): Shown[] {
  const rows: Shown[] = [];
  const walk = (node: TeamNode, level: number, parent: string | null, position: number, siblings: number) => {
    rows.push({ node, level, parent, position, siblings });
    if (open.has(node.code))
      for (const [i, child] of node.children.entries())
        walk(child, level + 1, node.code, i + 1, node.children.length);
  };
  walk(root, 1, null, 1, 1);
  return rows;
}

/** Codes of every ancestor of the teams whose code or name contains the words; those are opened while searching. */
export function opensFor(root: TeamNode, words: string): Set<string> {
  const wanted = words.toLowerCase();
  const open = new Set<string>();
  const walk = (node: TeamNode): boolean => {
    const below = node.children.map(walk).some(Boolean);
    if (below) open.add(node.code);
    return below || `${node.code} ${node.name}`.toLowerCase().includes(wanted);
  };
  walk(root);
  return open;
}
