/** One amount of a chart, and where its rows are. */
export interface Bar {
  key: string;
  label: string;
  /** A decimal text, as the server says it. */
  amount: string;
  rows: number;
  to: string;
  search: Record<string, string>;
}
