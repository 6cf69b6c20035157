/** The organisation as a tree that the keyboard can walk. */
import { TextInput } from "@mantine/core";
import { IconSearch } from "@tabler/icons-react";
import { useNavigate } from "@tanstack/react-router";
import { useMemo, useState } from "react";
import { useRead } from "@/api/hooks";
import { pb } from "@/lib/paths";
import { Page } from "@/ui/Page";
import { ProblemCard } from "@/ui/ProblemCard";
import { Siblings } from "@/ui/Siblings";
import { orgSiblings } from "./siblings";
import { TeamTree } from "./TeamTree";
import { opensFor, type TeamNode } from "./tree";

export function Organisation() {
  const tree = useRead<{ root: TeamNode | null }>("/teams/tree", {}, { keep: true });
  const navigate = useNavigate();
  const [words, setWords] = useState("");
  const root = tree.data?.root;
  const first = useMemo(() => new Set(root ? [root.code, ...root.children.map((c) => c.code)] : []), [root]);
  const found = useMemo(() => (root && words.trim() ? opensFor(root, words.trim()) : null), [root, words]);
  return (
    <Page title="Organisation">
      <Siblings items={orgSiblings} />
      {tree.error ? <ProblemCard error={tree.error} onRetry={() => tree.refetch()} /> : null}
      <TextInput
        aria-label="Find a team"
        placeholder="Find a team"
        maw={280}
        mb={8}
        leftSection={<IconSearch size={14} stroke={1.8} />}
        value={words}
        onChange={(e) => setWords(e.currentTarget.value)}
      />
      {root && (
        <TeamTree
          key={found ? "found" : "all"}
          root={root}
          first={found ?? first}
          mark={words.trim()}
          onOpen={(code) => navigate({ to: pb.team(code) })}
        />
      )}
    </Page>
  );
}
