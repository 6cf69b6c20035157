/** A page that is a list: heading, sibling lists, and the list filling the height. */
import { useNavigate } from "@tanstack/react-router";
import type { Row } from "@/api/types";
import { Page } from "../Page";
import { type Sibling, Siblings } from "../Siblings";
import { ListView, type ListViewProps } from "./ListView";

interface Props extends Omit<ListViewProps, "onOpen" | "name"> {
  title: string;
  /** The name of the server's list. */
  list: string;
  lead?: React.ReactNode;
  actions?: React.ReactNode;
  siblings?: Sibling[];
  /** The same things seen otherwise. */
  views?: Sibling[];
  /** Where a row opens. */
  open?: (row: Row) => string | null;
}

export const codeOf = (row: Row) => String(row.code ?? row.id ?? "");

export function ListPage({ title, list: name, lead, actions, siblings, views, open, ...list }: Props) {
  const navigate = useNavigate();
  return (
    <Page title={title} lead={lead} actions={actions} fill>
      {siblings && <Siblings items={siblings} />}
      {views && <Siblings items={views} label="Other views" />}
      <ListView
        name={name}
        {...list}
        onOpen={
          open &&
          ((row) => {
            const to = open(row);
            if (to) navigate({ to });
          })
        }
      />
    </Page>
  );
}
