/** An entry of the catalogue of reports. */
export interface ReportEntry {
  name: string;
  title: string;
  description: string;
  list: string;
  filters?: Record<string, string> | string | string[] | null;
}
