/** The columns that a file may have, each with an example, and the template that begins one. */
import { Button } from "@mantine/core";
import { IconDownload } from "@tabler/icons-react";
import { apiUrl } from "@/api/client";
import type { components } from "@/api/schema.gen";
import { Section } from "@/ui/Page";
import { SmallTable } from "@/ui/SmallTable";

const cells: Record<string, string> = {
  text: "text",
  integer: "whole number",
  decimal: "number, . before the fraction",
  quantity: "count or length",
  boolean: "yes or no",
};

export function Columns({ subject }: { subject: components["schemas"]["Importable"] }) {
  return (
    <Section
      title="Columns of the file"
      actions={
        <Button
          component="a"
          leftSection={<IconDownload size={15} stroke={1.6} />}
          href={apiUrl(`/imports/${encodeURIComponent(subject.name)}/template.csv`, {}, null)}
          download={`${subject.name}.csv`}
        >
          Template
        </Button>
      }
    >
      <SmallTable label="Columns" heads={["Column", "Needed", "Holds", "Example"]}>
        <tbody>
          {subject.columns.map((column) => (
            <tr key={column.name}>
              <th scope="row">
                <code>{column.name}</code>
              </th>
              <td>{column.required ? "needed" : <span className="faint">if known</span>}</td>
              <td>{cells[column.cell] ?? column.cell}</td>
              <td>{column.example}</td>
            </tr>
          ))}
        </tbody>
      </SmallTable>
    </Section>
  );
}
