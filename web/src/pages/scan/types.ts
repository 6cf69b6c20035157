/** What the scan page sends, what the server answers, and the card that a scan becomes. */

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

export interface Match {
  kind: string;
  id: string;
  code: string;
  title: string;
  subtitle?: string | null;
  state?: string | null;
  how?: string;
}

export interface Next {
  name: string;
  label: string;
  method: string;
  href: string;
  input?: string[];
  allowed?: boolean;
  primary?: boolean;
  /** What the person says with it when the same scan is sent again. */
  answer?: Answer;
}

/** What a scan alone does not say: which line is meant, how many there are. */
export interface Answer {
  line?: string;
  quantity?: number;
  accept_unannounced?: boolean;
}

/** `POST /scan`: what a text is. */
export interface Resolved {
  parse: { text: string; fields: { id: string; value: string }[]; meaning: { serials?: string[] } };
  matches: Match[];
  outcome: "known" | "unknown" | "ambiguous";
  say: string;
  next: Next[];
}

/** `POST /scan/act`: what was done. */
export interface Acted {
  outcome: "done" | "look" | "refused";
  title: string;
  detail: string;
  records?: Match[];
  progress?: { order: string; done: number; of: number } | null;
  undo?: string | null;
  problem?: {
    type?: string;
    request_id?: string;
    lines?: { number: number; model: string; outstanding: number }[];
  } | null;
}

export interface QueuedScan {
  /** The scan's own id: also its Idempotency-Key, so that a repeated send does nothing twice. */
  id: string;
  text: string;
  at: string;
  answer?: Answer;
  /** What was sent for it: a repeated send says the same, whatever was chosen since. */
  sent?: Record<string, unknown>;
}

export type Tone = "yes" | "look" | "no";

export interface Card {
  scan: QueuedScan;
  tone: Tone;
  title: string;
  detail: string;
  records: Match[];
  progress?: { done: number; of: number } | null;
  undo?: string | null;
  next: Next[];
  /** The serial that the scan said, for entering it as a new asset. */
  serial?: string;
}
