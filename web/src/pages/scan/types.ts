/** What the scan page sends and what the server answers. */
import type { Action } from "@/api/types";

export type Task = "look_up" | "receive" | "put_away";

export interface Context {
  task: Task;
  order: string | null;
  location: string | null;
  /** Assets gathered for one put-away. */
  codes: string[];
  /** Assets received since the task began, for their labels. */
  received: string[];
}

export interface Answer {
  outcome: "done" | "look" | "refused";
  title: string;
  detail?: string | null;
  record?: { kind: string; code: string; href?: string } | null;
  records?: { kind: string; code: string }[];
  assets?: { code: string }[];
  progress?: { done: number; of: number } | null;
  undo?: (Partial<Action> & { body?: unknown }) | null;
  order?: { code: string } | string | null;
  next?: (Action & { body?: Record<string, unknown> })[];
  problem?: { title: string; detail?: string; request_id?: string } | null;
}

export interface QueuedScan {
  /** The scan's own id: also its Idempotency-Key, so that a repeated send does nothing twice. */
  id: string;
  text: string;
  context: Context;
  at: string;
}

export interface Card {
  scan: QueuedScan;
  answer: Answer;
}

export type Tone = "yes" | "look" | "no";

export function toneOf(card: Card): Tone {
  if (card.answer.outcome === "refused") return "no";
  if (card.answer.outcome === "done") return "yes";
  return card.answer.record ? "yes" : "look";
}
