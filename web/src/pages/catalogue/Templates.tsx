/** The component templates of a model: what each new asset of it is made with. */
import type { Row } from "@/api/types";
import { capital, words } from "@/lib/format";
import { Section } from "@/ui/Page";
import { SmallTable } from "@/ui/SmallTable";

export function Templates({ templates }: { templates: Record<string, Row[]> | undefined }) {
  const groups = Object.entries(templates ?? {}).filter(([, rows]) => Array.isArray(rows) && rows.length > 0);
  if (groups.length === 0) return <p className="muted">It has no ports or bays.</p>;
  return (
    <>
      {groups.map(([name, rows]) => (
        <Section key={name} title={`${capital(words(name))} (${rows.length})`}>
          <SmallTable label={capital(words(name))} heads={["Name", "Type", "Label"]} maxHeight={320}>
            <tbody>
              {rows.map((row, index) => (
                <tr key={`${String(row.name)} ${index}`}>
                  <th scope="row" className="mono">
                    {String(row.name)}
                  </th>
                  <td className="mono">{row.type ? String(row.type) : ""}</td>
                  <td>
                    {row.label ? String(row.label) : ""}
                    {row.mgmt_only ? <span className="faint">management</span> : null}
                  </td>
                </tr>
              ))}
            </tbody>
          </SmallTable>
        </Section>
      ))}
    </>
  );
}
