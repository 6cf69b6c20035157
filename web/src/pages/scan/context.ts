/** What is being done, and how an answer of the server moves it on. */
import type { Answer, Context } from "./types";

export const idle: Context = { task: "look_up", order: null, location: null, codes: [], received: [] };

const bins = new Set(["bin", "location", "zone", "warehouse", "person_area"]);
const orders = new Set(["purchase_order", "order"]);

const orderOf = (answer: Answer) =>
  typeof answer.order === "string" ? answer.order : (answer.order?.code ?? null);

/** The context after an answer: an order scanned begins receiving, a bin becomes the receiving bin, a thing joins the batch. */
export function after(context: Context, answer: Answer): Context {
  if (answer.outcome === "refused") return context;
  const { record } = answer;
  if (record && orders.has(record.kind) && answer.outcome === "look") {
    const mayReceive = answer.next?.some((n) => n.name === "receive" && n.allowed !== false);
    if (context.task === "receive" || mayReceive) {
      return {
        ...context,
        task: "receive",
        order: record.code,
        codes: [],
        received: record.code === context.order ? context.received : [],
      };
    }
  }
  if (context.task === "receive") {
    if (record && bins.has(record.kind) && answer.outcome === "look")
      return { ...context, location: record.code };
    if (answer.outcome === "done") {
      const assets = [
        ...(answer.assets ?? []).map((a) => a.code),
        ...(record?.kind === "asset" ? [record.code] : []),
      ];
      return {
        ...context,
        order: context.order ?? orderOf(answer),
        received: [...new Set([...context.received, ...assets])],
      };
    }
  }
  if (context.task === "put_away") {
    if (answer.outcome === "done") return { ...context, codes: [] };
    if (record?.kind === "asset") return { ...context, codes: [...new Set([...context.codes, record.code])] };
  }
  return context;
}

/** What the server is told with a scan. */
export function requestOf(text: string, context: Context): Record<string, unknown> {
  const body: Record<string, unknown> = { text, task: context.task };
  if (context.task === "receive") {
    if (context.order) body.purchase_order = context.order;
    if (context.location) body.location = context.location;
  }
  if (context.task === "put_away") body.codes = context.codes;
  return body;
}
