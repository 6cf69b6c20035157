/** A vendor that is likely here already: which ones, and how to save it all the same. */
import { Link } from "@tanstack/react-router";
import type { Problem } from "@/api/problem";
import type { components } from "@/api/schema.gen";
import { pb } from "@/lib/paths";
import type { RecordFormProps } from "@/ui/RecordForm";

function Candidates({ problem }: { problem: Problem }) {
  const candidates = (problem.body.candidates ?? []) as components["schemas"]["Likely"][];
  return (
    <ul aria-label="Vendors that are likely the same" style={{ margin: 0, paddingLeft: 20 }}>
      {candidates.map((one) => (
        <li key={one.id}>
          <Link to={pb.vendor(one.code)}>{one.name}</Link> <span className="muted">has {one.why}</span>
        </li>
      ))}
    </ul>
  );
}

export const confirmLikely: RecordFormProps["confirm"] = {
  slug: "likely-duplicate",
  field: "confirm_duplicate",
  label: "It is another vendor: save it",
  show: (problem) => <Candidates problem={problem} />,
};
