/** What is derived from an order's lines. */
import type { OrderLine } from "./types";

/** What of a line is still to come or has come: what was ordered less what was given up. */
export const expected = (line: OrderLine) => Number(line.quantity) - Number(line.cancelled ?? 0);
