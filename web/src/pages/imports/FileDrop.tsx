/** Where a file is dropped or chosen. */
import { IconFileTypeCsv } from "@tabler/icons-react";
import { useState } from "react";
import { fileSize } from "@/ui/documents/file-size";
import classes from "./Imports.module.css";

interface Props {
  file: File | null;
  /** Why no file is taken now. */
  reason: string | null;
  onFile: (file: File) => void;
}

export function FileDrop({ file, reason, onFile }: Props) {
  const [over, setOver] = useState(false);
  const take = (files: FileList | null) => {
    const first = files?.[0];
    if (first && !reason) onFile(first);
  };
  return (
    <label
      className={classes.drop}
      data-over={over || undefined}
      data-off={reason ? true : undefined}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(!reason);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        take(event.dataTransfer.files);
      }}
    >
      <IconFileTypeCsv size={28} stroke={1.3} aria-hidden="true" />
      <span className={classes.dropWords}>
        {file ? (
          <>
            <b>{file.name}</b> <span className="faint tabular">{fileSize(file.size)}</span>
          </>
        ) : (
          <b>Choose a CSV file</b>
        )}
        <span className="muted small">
          {reason ??
            (file
              ? "Choose or drop another, or the same one mended"
              : "or drop it here; at most 16 MB and 50 000 rows, UTF-8")}
        </span>
      </span>
      <input
        type="file"
        accept=".csv,text/csv,text/plain"
        aria-label={file ? "Choose another CSV file" : "Choose a CSV file"}
        aria-description={reason ?? undefined}
        disabled={reason !== null}
        onChange={(event) => {
          take(event.currentTarget.files);
          // The same file, mended, may be chosen again.
          event.currentTarget.value = "";
        }}
      />
    </label>
  );
}
