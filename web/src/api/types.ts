/** Shapes of the API that pages read. Where the server's OpenAPI document names them, they come from there. */

export interface Ref {
  code: string;
  name?: string | null;
}

export interface Action {
  name: string;
  label: string;
  method?: string;
  href?: string;
  allowed: boolean;
  reason?: string | null;
  primary?: boolean;
  input?: string[];
}

export interface Page<T> {
  items: T[];
  next_cursor: string | null;
  total: number | null;
}

export type Row = Record<string, unknown>;

export type ColumnKind =
  | "text"
  | "code"
  | "mono"
  | "integer"
  | "decimal"
  | "money"
  | "date"
  | "instant"
  | "state"
  | "team"
  | "boolean"
  | "uuid";

export interface ListColumn {
  name: string;
  label: string;
  kind: ColumnKind;
  unit?: string | null;
  sortable: boolean;
  filterable: boolean;
  values?: string[] | null;
  shown: boolean;
  link?: string | null;
  /** The list's totals can be asked by it. */
  grouped?: boolean;
  /** The list's totals sum it up. */
  summed?: boolean;
}

export interface ListMeta {
  name: string;
  path: string;
  title: string;
  subject: string;
  default_sort: string;
  columns: ListColumn[];
}

export interface Me {
  id: string;
  name: string;
  email: string;
  team: Ref | null;
  grants: { role: string; team_code: string; team_name: string }[];
  roles: string[];
  may?: Record<string, boolean>;
}

export interface StoryItem {
  event_id: string;
  at: string;
  actor: string;
  on_behalf_of?: string | null;
  action: string;
  sentence?: string | null;
  reason?: string | null;
  subject_kind?: string | null;
  subject_code?: string | null;
  changes?: Change[];
}

export interface Change {
  table?: string;
  code?: string | null;
  column: string;
  before: unknown;
  after: unknown;
}

export interface Record_ extends Row {
  id: string;
  code?: string;
  actions?: Action[];
}
