/** Where files are dropped or chosen, what they are, and how far those on their way have come. */
import { CloseButton, Progress, Select } from "@mantine/core";
import { IconFileUpload } from "@tabler/icons-react";
import { useState } from "react";
import { capital, words } from "@/lib/format";
import { ProblemCard } from "../ProblemCard";
import classes from "./Documents.module.css";
import { useUploads } from "./use-uploads";

interface Props {
  kind: string;
  id: string;
  kinds: string[];
  usual: string;
  limit: number;
  /** Why none can be added now. */
  reason: string | null;
}

const ACCEPT = ".pdf,.png,.jpg,.jpeg,.webp,.csv,.xlsx,.eml,.txt";

export function DocumentDrop({ kind, id, kinds, usual, limit, reason }: Props) {
  const [what, setWhat] = useState(usual);
  const [over, setOver] = useState(false);
  const { uploads, add, remove } = useUploads(kind, id);
  const take = (files: FileList | null) => {
    if (files && reason === null) add(Array.from(files), what, limit);
  };
  return (
    <div className={classes.adding}>
      <div className={classes.dropRow}>
        <Select
          aria-label="What the next document is"
          className={classes.what}
          data={kinds.map((one) => ({ value: one, label: capital(words(one)) }))}
          value={what}
          allowDeselect={false}
          disabled={reason !== null}
          onChange={(value) => value && setWhat(value)}
        />
        <label
          className={classes.drop}
          data-over={over || undefined}
          data-off={reason !== null || undefined}
          onDragOver={(event) => {
            event.preventDefault();
            setOver(reason === null);
          }}
          onDragLeave={() => setOver(false)}
          onDrop={(event) => {
            event.preventDefault();
            setOver(false);
            take(event.dataTransfer.files);
          }}
        >
          <IconFileUpload size={18} stroke={1.5} aria-hidden="true" />
          <span>
            {reason ?? (
              <>
                Choose a file or drop it here{" "}
                <span className="faint small">
                  PDF, photo, XLSX, CSV, mail or text, at most {Math.floor(limit / 1048576)} MB
                </span>
              </>
            )}
          </span>
          <input
            type="file"
            multiple
            accept={ACCEPT}
            aria-label="Add a document"
            aria-description={reason ?? undefined}
            disabled={reason !== null}
            onChange={(event) => {
              take(event.currentTarget.files);
              event.currentTarget.value = "";
            }}
          />
        </label>
      </div>
      {uploads.map((one) =>
        one.problem ? (
          <div key={one.key} className={classes.refused}>
            <ProblemCard error={one.problem} />
            <CloseButton aria-label={`Put away the refusal of ${one.name}`} onClick={() => remove(one.key)} />
          </div>
        ) : (
          <div key={one.key} className={classes.upload}>
            <span className={classes.uploadName}>{one.name}</span>
            <Progress
              value={one.share * 100}
              aria-label={`${one.name} is on its way`}
              className={classes.bar}
            />
            <CloseButton aria-label={`Cancel ${one.name}`} onClick={() => remove(one.key)} />
          </div>
        ),
      )}
    </div>
  );
}
