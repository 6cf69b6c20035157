/** One hue and one shape for each lifecycle stage; the states of orders and other records borrow the stage they mean. */

export type Stage =
  | "expected"
  | "received"
  | "in_test"
  | "ready"
  | "in_service"
  | "in_repair"
  | "retired"
  | "gone"
  | "refused"
  | "plain";

export const STAGES: Stage[] = [
  "expected",
  "received",
  "in_test",
  "ready",
  "in_service",
  "in_repair",
  "retired",
  "gone",
];

const borrowed: Record<string, Stage> = {
  announced: "expected",
  partly_arrived: "received",
  arrived: "ready",
  missing: "refused",
  draft: "gone",
  entered: "ready",
  held: "in_repair",
  paid: "in_service",
  sent: "expected",
  queued: "in_test",
  failed: "refused",
  given_up: "gone",
  returned: "retired",
  credited: "ready",
  replaced: "ready",
  submitted: "in_test",
  approved: "ready",
  accepted: "ready",
  ordered: "expected",
  fulfilled: "in_service",
  awarded: "ready",
  asked: "expected",
  answered: "received",
  declined: "refused",
  chosen: "ready",
  not_chosen: "retired",
  partly_received: "received",
  closed: "retired",
  cancelled: "gone",
  rejected: "refused",
  active: "in_service",
  connected: "in_service",
  assigned: "in_service",
  enabled: "in_service",
  open: "in_repair",
  pending: "expected",
  planned: "expected",
  disabled: "gone",
  revoked: "gone",
  released: "retired",
  disconnected: "gone",
  expired: "refused",
  expiring: "in_repair",
  resolved: "ready",
  filled: "in_service",
  unfilled: "in_repair",
  sealed: "ready",
  refused: "refused",
  passed: "ready",
  proposed: "in_test",
  applied: "ready",
  withdrawn: "gone",
  void: "gone",
  taken: "ready",
  unsealed: "expected",
  notice_given: "in_repair",
  ended: "retired",
};

export function stageOf(state: string): Stage {
  const name = state.toLowerCase().replace(/[\s-]+/g, "_");
  if ((STAGES as string[]).includes(name)) return name as Stage;
  return borrowed[name] ?? "plain";
}

export const stateInk = (state: string) => `var(--st-${stageOf(state)})`;
export const stateFill = (state: string) => `var(--st-${stageOf(state)}-bg)`;
