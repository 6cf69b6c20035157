/** Who is in a group: found by typing, one after the other, taken out again with a button each. */
import { IconX } from "@tabler/icons-react";
import { useState } from "react";
import choice from "@/pages/quotes/VendorChoice.module.css";
import { RecordPicker } from "@/ui/RecordPicker";

export interface Member {
  name: string;
  email: string;
}

interface Props {
  members: Member[];
  error?: string;
  onChange: (members: Member[]) => void;
}

export function MemberChoice({ members, error, onChange }: Props) {
  const [round, setRound] = useState(0);
  return (
    <div className={choice.choice}>
      <RecordPicker
        key={round}
        label="Members"
        description="Approvers, one after the other."
        target="people"
        autoFocus={round > 0}
        value=""
        error={error}
        onChange={(_, found) => {
          const email = found?.row.email;
          if (!found || typeof email !== "string") return;
          setRound(round + 1);
          if (!members.some((member) => member.email === email))
            onChange([...members, { name: found.label, email }]);
        }}
      />
      {members.length > 0 && (
        <ul className={choice.vendors} aria-label="Members of the group">
          {members.map((member) => (
            <li key={member.email}>
              {member.name}
              <button
                type="button"
                aria-label={`Take ${member.name} out`}
                onClick={() => onChange(members.filter((other) => other.email !== member.email))}
              >
                <IconX size={14} stroke={1.8} />
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
