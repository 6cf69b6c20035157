/** What is being done, and how each answer of the server moves it on. */
import { plural } from "@/lib/format";
import type { Acted, Card, Context, Match, Next, QueuedScan, Resolved } from "./types";

export const idle: Context = { task: "look_up", order: null, location: null, codes: [], received: [] };

interface Step {
  card: Card;
  context: Context;
}

/** A carton's code speaks for itself while receiving; anything else is first asked what it is. */
export function needsLook(text: string, context: Context): boolean {
  return context.task !== "receive" || !(text.startsWith("[)>") || text.includes("\u001d"));
}

const isBin = (match: Match) => match.kind === "bin" || match.kind === "location";

/**
 * What a looked-up scan means for the task: a step that is finished with that, or null when the server shall act.
 * An order begins receiving, a bin is where received things go, things are gathered until their bin is scanned.
 */
export function looked(scan: QueuedScan, answer: Resolved, context: Context): Step | null {
  // A carton names its order too; only a code that was scanned itself steers the task.
  const own = answer.matches.filter((m) => m.how === "the whole text");
  const order = own.find((m) => m.kind === "purchase_order");
  const notice = own.find((m) => m.kind === "shipping_notice");
  const bin = own.find(isBin);
  const things = answer.matches.filter((m) => m.kind === "asset");
  const card = (title: string, detail: string, records: Match[]): Card => ({
    scan,
    tone: "yes",
    title,
    detail,
    records,
    next: [],
  });

  if (order && (context.task !== "put_away" || context.codes.length === 0)) {
    const next: Context = {
      ...context,
      task: "receive",
      order: order.code,
      codes: [],
      received: order.code === context.order ? context.received : [],
    };
    return {
      card: card(`Receiving ${order.code}`, `${order.title}. Scan the cartons.`, [order]),
      context: next,
    };
  }
  if (notice && context.task !== "put_away") {
    const said = card(
      `${notice.code} announced`,
      `${notice.title} ${notice.subtitle ?? ""}. Scan its pieces.`,
      [notice],
    );
    return { card: said, context: { ...context, task: "receive", order: null, codes: [], received: [] } };
  }
  if (context.task === "receive") {
    if (!bin) return null;
    return {
      card: card(`Into ${bin.code}`, "What is received from now on stands here.", [bin]),
      context: { ...context, location: bin.code },
    };
  }
  if (context.task === "put_away") {
    if (bin && context.codes.length > 0) return null;
    const thing = things[0];
    if (thing && things.length === 1) {
      const codes = [...new Set([...context.codes, thing.code])];
      return {
        card: card(thing.code, `${thing.title}. ${plural(codes.length, "thing")} in hand.`, [thing]),
        context: { ...context, codes },
      };
    }
  }
  return { card: cardOfLook(scan, answer), context };
}

function cardOfLook(scan: QueuedScan, answer: Resolved): Card {
  const known = answer.matches[0];
  const title = { known: known?.code ?? "Known", unknown: "Not known", ambiguous: "Several fit" }[
    answer.outcome
  ];
  return {
    scan,
    tone: answer.outcome === "known" ? "yes" : "look",
    title,
    detail: answer.say,
    records: answer.matches,
    next: answer.next,
    serial: answer.parse.meaning.serials?.[0],
  };
}

/** What is told after the server acted, and how the task goes on. */
export function acted(scan: QueuedScan, answer: Acted, context: Context): Step {
  const records = answer.records ?? [];
  const card: Card = {
    scan,
    tone: answer.outcome === "done" ? "yes" : answer.outcome === "look" ? "look" : "no",
    title: answer.title,
    detail: answer.detail,
    records,
    progress: answer.progress,
    undo: answer.undo,
    next: questions(scan, answer),
  };
  // A carton may be taken in but for some of its serials: then it is a yes with a question.
  if (answer.outcome !== "done" && records.length === 0) return { card, context };
  if (context.task === "put_away") return { card, context: { ...context, codes: [] } };
  const assets = records.filter((r) => r.kind === "asset").map((r) => r.code);
  const received = [...new Set([...context.received, ...assets])];
  return { card, context: { ...context, order: context.order ?? answer.progress?.order ?? null, received } };
}

/** What the server wants to know before it can act: each possible answer as a step. */
function questions(scan: QueuedScan, answer: Acted): Next[] {
  const ask = (name: string, label: string, said: object): Next => ({
    name,
    label,
    method: "POST",
    href: "",
    answer: { ...scan.answer, ...said },
  });
  const problem = answer.problem;
  if (problem?.type === "/problems/which-line")
    return (problem.lines ?? []).map((line) =>
      ask("choose_line", `${line.number}: ${line.model} (${line.outstanding} open)`, {
        line: String(line.number),
      }),
    );
  if (problem?.type === "/problems/not-announced")
    return [ask("choose_line", "Receive it all the same", { accept_unannounced: true })];
  const counted = problem?.type !== "/problems/how-many";
  return counted ? [] : [{ ...ask("count", "How many?", {}), primary: true }];
}

/** What the server is told with a scan. */
export function requestOf(
  { text, answer }: Pick<QueuedScan, "text" | "answer">,
  context: Context,
): Record<string, unknown> {
  const body: Record<string, unknown> = { text, task: context.task, ...answer };
  if (context.task === "receive") {
    if (context.order) body.purchase_order = context.order;
    if (context.location) body.location = context.location;
  }
  if (context.task === "put_away") body.codes = context.codes;
  return body;
}
