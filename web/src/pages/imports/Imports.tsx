/** A CSV file into the books: what it is of, the file, what each row would do, then all of it or nothing. */
import { Select } from "@mantine/core";
import { useNavigate, useParams } from "@tanstack/react-router";
import { useImportables } from "@/api/hooks";
import { pb } from "@/lib/paths";
import { Page, Section } from "@/ui/Page";
import { ProblemCard } from "@/ui/ProblemCard";
import { Columns } from "./Columns";
import { FileDrop } from "./FileDrop";
import classes from "./Imports.module.css";
import { Outcome } from "./Outcome";
import { Preview } from "./Preview";
import { useImport } from "./use-import";

export function Imports() {
  const { code } = useParams({ strict: false }) as { code?: string };
  const navigate = useNavigate();
  const { data, error, refetch } = useImportables();
  const subjects = data?.items ?? [];
  const subject =
    subjects.find((one) => one.name === code) ?? subjects.find((one) => one.allowed) ?? subjects[0];
  const step = useImport(subject?.name);

  if (error)
    return (
      <Page title="Import">
        <ProblemCard error={error} onRetry={() => refetch()} />
      </Page>
    );
  if (!subject) return <Page title="Import">{null}</Page>;
  return (
    <Page title="Import" lead="From a CSV file: shown first, row by row, then all of it or nothing.">
      <div className={classes.page}>
        {step.done ? (
          <Outcome done={step.done} title={subject.title} onAgain={step.forget} />
        ) : (
          <>
            <Section>
              <Select
                label="What the file is of"
                className={classes.subject}
                data={subjects.map((one) => ({ value: one.name, label: one.title }))}
                value={subject.name}
                allowDeselect={false}
                onChange={(name) => name && navigate({ to: pb.importOf(name), replace: true })}
              />
            </Section>
            <FileDrop
              file={step.file}
              reason={subject.allowed ? null : (subject.reason ?? "Not possible now")}
              onFile={step.take}
            />
            {step.busy && (
              <p role="status" className={classes.busy}>
                {step.busy}{" "}
                {step.cancel && (
                  <button type="button" className={classes.inline} onClick={step.cancel}>
                    Stop
                  </button>
                )}
              </p>
            )}
            {step.problem && <ProblemCard error={step.problem} />}
            {step.shown && <Preview shown={step.shown} busy={step.busy !== null} onImport={step.perform} />}
            {!step.shown && <Columns subject={subject} />}
          </>
        )}
      </div>
    </Page>
  );
}
