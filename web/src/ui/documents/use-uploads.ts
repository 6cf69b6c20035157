/** Files on their way to the server, one after the other: how far each has come, and what was refused. */
import { useQueryClient } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { sendFile } from "@/api/client";
import { asProblem, type Problem } from "@/api/problem";

export interface Upload {
  key: string;
  name: string;
  /** From 0 to 1. */
  share: number;
  problem: Problem | null;
}

export function useUploads(subjectKind: string, subjectId: string) {
  const client = useQueryClient();
  const [uploads, setUploads] = useState<Upload[]>([]);
  const queue = useRef<Promise<unknown>>(Promise.resolve());
  const cancels = useRef(new Map<string, AbortController>());
  const drop = (key: string) => setUploads((all) => all.filter((one) => one.key !== key));
  const set = (key: string, part: Partial<Upload>) =>
    setUploads((all) => all.map((one) => (one.key === key ? { ...one, ...part } : one)));

  const add = (files: Iterable<File>, kind: string, limit: number) => {
    for (const file of files) {
      const key = crypto.randomUUID();
      const cancel = new AbortController();
      cancels.current.set(key, cancel);
      setUploads((all) => [...all, { key, name: file.name, share: 0, problem: null }]);
      queue.current = queue.current.then(() => sendOne(key, file, kind, limit, cancel.signal));
    }
  };

  const sendOne = async (key: string, file: File, kind: string, limit: number, signal: AbortSignal) => {
    if (signal.aborted) return;
    try {
      if (file.size > limit)
        throw new Error(`${file.name} is larger than ${Math.floor(limit / 1048576)} MB.`);
      const query = { subject_kind: subjectKind, subject_id: subjectId, name: file.name, kind };
      await sendFile("/documents", query, file, (share) => set(key, { share }), {
        idempotencyKey: key,
        signal,
      });
      drop(key);
      await client.invalidateQueries();
    } catch (error) {
      if (!signal.aborted) set(key, { problem: asProblem(error) });
    }
  };

  const remove = (key: string) => {
    cancels.current.get(key)?.abort();
    drop(key);
  };

  return { uploads, add, remove };
}
