/** The steps of one import: the file is shown first, then performed; a new file begins anew. */
import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { sendCsv } from "@/api/client";
import { asProblem, type Problem } from "@/api/problem";
import type { components } from "@/api/schema.gen";

export type Imported = components["schemas"]["Imported"];

interface State {
  file: File | null;
  busy: string | null;
  shown: Imported | null;
  done: Imported | null;
  problem: Problem | null;
}

const nothing: State = { file: null, busy: null, shown: null, done: null, problem: null };

export function useImport(subject: string | undefined) {
  const client = useQueryClient();
  const [state, setState] = useState<State>(nothing);
  const looking = useRef<AbortController | null>(null);
  // One file is one intention: sent again after a lost answer, it is answered as the first time.
  const key = useRef("");
  const path = `/imports/${encodeURIComponent(subject ?? "")}`;

  const forget = () => {
    looking.current?.abort();
    setState(nothing);
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: a file belongs to the subject it was chosen for
  useEffect(() => forget, [subject]);

  const take = async (file: File) => {
    looking.current?.abort();
    const mine = new AbortController();
    looking.current = mine;
    key.current = crypto.randomUUID();
    setState({ ...nothing, file, busy: `Reading ${file.name}…` });
    const next = await sendCsv<Imported>(path, { preview: true }, file, { signal: mine.signal }).then(
      (shown): Partial<State> => ({ shown }),
      (error): Partial<State> => ({ problem: asProblem(error) }),
    );
    if (!mine.signal.aborted) setState({ ...nothing, file, ...next });
  };

  const perform = async () => {
    const { file, shown } = state;
    if (!file || !shown) return;
    setState({ ...state, problem: null, busy: `Importing ${shown.rows} rows…` });
    try {
      const done = await sendCsv<Imported>(path, {}, file, { idempotencyKey: key.current });
      setState({ ...nothing, done });
      await client.invalidateQueries();
    } catch (error) {
      const problem = asProblem(error);
      // The books have moved on since the preview: the refusal tells the rows again.
      const result = problem.body.result as Imported | undefined;
      if (problem.status !== 0) key.current = crypto.randomUUID();
      setState({ ...nothing, file, shown: result ?? shown, problem });
    }
  };

  return {
    ...state,
    take,
    perform,
    forget,
    cancel: state.busy && !state.shown ? forget : null,
  };
}
