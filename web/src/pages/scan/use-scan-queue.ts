/**
 * The queue of scans: sent one after another in order, each under its own id. Nothing lost when the network is:
 * what waits is kept on the device and sent when the server answers again.
 */
import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useRef, useState } from "react";
import { send } from "@/api/client";
import { asProblem } from "@/api/problem";
import { readLocal, writeLocal } from "@/lib/local";
import { sound } from "@/lib/sound";
import { acted, idle, looked, needsLook, requestOf } from "./context";
import type { Acted, Answer, Card, Context, QueuedScan, Resolved } from "./types";

const KEEP = 30;

interface State {
  context: Context;
  queue: QueuedScan[];
  cards: Card[];
}

/** Asks what a scan is, and unless that is all there is to it, lets the server act. */
async function process(scan: QueuedScan, context: Context, onSend: (body: Record<string, unknown>) => void) {
  if (!scan.answer && !scan.sent && needsLook(scan.text, context)) {
    const answer = await send<Resolved>("/scan", {
      body: { text: scan.text, task: context.task },
      idempotencyKey: `${scan.id}-look`,
    });
    const step = looked(scan, answer, context);
    if (step) return step;
  }
  const body = scan.sent ?? requestOf(scan, context);
  onSend(body);
  const answer = await send<Acted>("/scan/act", { body, idempotencyKey: scan.id });
  return acted(scan, answer, context);
}

export function useScanQueue(start: Partial<Context>) {
  const [state, setState] = useState<State>(() => ({
    context: { ...idle, ...readLocal<Partial<Context>>("scan.context", {}), ...start },
    queue: readLocal<QueuedScan[]>("scan.queue", []),
    cards: [],
  }));
  const [reachable, setReachable] = useState(true);
  const busy = useRef(false);
  const client = useQueryClient();
  const latest = useRef(state);
  latest.current = state;

  useEffect(() => writeLocal("scan.context", state.context), [state.context]);
  useEffect(() => writeLocal("scan.queue", state.queue), [state.queue]);

  const work = useCallback(async () => {
    if (busy.current) return;
    const scan = latest.current.queue[0];
    if (!scan) return;
    busy.current = true;
    // The context may have moved on while the scan waited: a bin scanned before it counts for it.
    const context = latest.current.context;
    let step: { card: Card; context: Context };
    try {
      step = await process(scan, context, (sent) =>
        setState((before) => ({
          ...before,
          queue: before.queue.map((s) => (s.id === scan.id ? { ...s, sent } : s)),
        })),
      );
      setReachable(true);
    } catch (error) {
      const problem = asProblem(error);
      if (problem.status === 0 && problem.slug === "unreachable") {
        setReachable(false);
        busy.current = false;
        return;
      }
      setReachable(true);
      const { title, detail } = problem.body;
      step = { card: { scan, tone: "no", title, detail: detail ?? "", records: [], next: [] }, context };
    }
    sound(step.card.tone);
    setState((before) => ({
      // What the person chose by hand while the answer was on its way stays.
      context: before.context === context ? step.context : before.context,
      queue: before.queue.filter((s) => s.id !== scan.id),
      cards: [step.card, ...before.cards].slice(0, KEEP),
    }));
    if (step.card.tone === "yes" && step.context !== context) void client.invalidateQueries();
    busy.current = false;
  }, [client]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: each change of the queue is a reason to work
  useEffect(() => {
    void work();
  }, [work, state.queue]);

  useEffect(() => {
    if (reachable) return;
    const timer = setInterval(() => void work(), 3000);
    const online = () => void work();
    window.addEventListener("online", online);
    return () => {
      clearInterval(timer);
      window.removeEventListener("online", online);
    };
  }, [reachable, work]);

  const scan = useCallback((text: string, answer?: Answer) => {
    if (!text.trim()) return;
    setState((before) => ({
      ...before,
      queue: [...before.queue, { id: crypto.randomUUID(), text, at: new Date().toISOString(), answer }],
    }));
  }, []);
  const setContext = useCallback(
    (part: Partial<Context>) =>
      setState((before) => ({ ...before, context: { ...before.context, ...part } })),
    [],
  );
  const show = useCallback(
    (card: Card) => setState((before) => ({ ...before, cards: [card, ...before.cards].slice(0, KEEP) })),
    [],
  );

  return { ...state, reachable, scan, setContext, show };
}
