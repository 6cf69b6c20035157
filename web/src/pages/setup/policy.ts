/** An approval policy as it is typed: its steps, what it says in plain words, and what the server takes. */
import type { components } from "@/api/schema.gen";
import { formatMoney, parsePrice } from "@/lib/format";

type Record_ = components["schemas"]["Policy"];
type PutPolicy = components["schemas"]["PutPolicy"];

export interface Step {
  key: string;
  name: string;
  /** Code of a group; empty for the approvers of the order's team. */
  group: string;
  groupLabel: string;
  mode: "one" | "some" | "all";
  needed: string;
}

export interface Typed {
  code: string;
  name: string;
  position: string;
  min_total: string;
  category: string;
  budget_kind: string;
  team: string;
  teamLabel: string;
  steps: Step[];
}

let last = 0;
export const emptyStep = (): Step => ({
  key: `s${Date.now().toString(36)}-${++last}`,
  name: "",
  group: "",
  groupLabel: "",
  mode: "one",
  needed: "",
});

export const emptyPolicy = (): Typed => ({
  code: "",
  name: "",
  position: "100",
  min_total: "",
  category: "",
  budget_kind: "",
  team: "",
  teamLabel: "",
  steps: [emptyStep()],
});

interface Said {
  name: string;
  group: string | null;
  group_name?: string | null;
  mode: Step["mode"];
  needed: number | null;
}

export function typedOf(policy: Record_): Typed {
  return {
    code: policy.code,
    name: policy.name,
    position: String(policy.position),
    min_total: policy.min_total ?? "",
    category: policy.category ?? "",
    budget_kind: policy.budget_kind ?? "",
    team: policy.team ?? "",
    teamLabel: policy.team ?? "",
    steps: (policy.steps as Said[]).map((step) => ({
      ...emptyStep(),
      name: step.name,
      group: step.group ?? "",
      groupLabel: step.group_name ?? step.group ?? "",
      mode: step.mode,
      needed: step.needed === null ? "" : String(step.needed),
    })),
  };
}

/** The step moved one place up (-1) or down (1); where it would leave the list, nothing moves. */
export function moved(steps: Step[], at: number, by: -1 | 1): Step[] {
  const to = at + by;
  const step = steps[at];
  if (!step || to < 0 || to >= steps.length) return steps;
  const rest = steps.filter((_, n) => n !== at);
  return [...rest.slice(0, to), step, ...rest.slice(to)];
}

const numbers = ["", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"];
const spelled = (count: number) => numbers[count] ?? String(count);

function who(step: Step): string {
  const group = step.groupLabel || step.group;
  if (step.mode === "all") return group ? `all of ${group}` : "all approvers of the order's team";
  const count = step.mode === "some" ? Number(step.needed) : 1;
  const several = Number.isInteger(count) && count > 0 ? spelled(count) : "some";
  if (group) return `${several} of ${group}`;
  return step.mode === "one"
    ? "one approver of the order's team"
    : `${several} approvers of the order's team`;
}

/** `Orders from 10 000.00 EUR of A-2 and below: one of Buyers, then two of CapEx board.` */
export function sentence(policy: Typed, currency: string): string {
  const from = parsePrice(policy.min_total);
  const kinds = policy.budget_kind ? `${policy.budget_kind} orders` : "orders";
  const which = [
    from && Number(from) > 0 ? `${kinds} from ${formatMoney(from, currency)} ${currency}` : `all ${kinds}`,
    policy.team && `of ${policy.teamLabel || policy.team} and the teams below`,
    policy.category && `with something of the category ${policy.category}`,
  ]
    .filter(Boolean)
    .join(" ");
  const steps = policy.steps.map(who).join(", then ");
  return `${which.charAt(0).toUpperCase()}${which.slice(1)}: ${steps || "nobody yet"}.`;
}

/** What is wrong with it, by field: `steps[1].needed`. */
export function policyFaults(policy: Typed): Record<string, string> {
  const faults: Record<string, string> = {};
  if (policy.code.trim() === "") faults.code = "A short code, such as LARGE.";
  if (policy.name.trim() === "") faults.name = "What people call it.";
  if (!/^-?\d+$/.test(policy.position.trim())) faults.position = "A whole number.";
  if (policy.min_total.trim() !== "" && parsePrice(policy.min_total) === null)
    faults.min_total = "An amount, such as 10000.";
  if (policy.steps.length === 0) faults.steps = "At least one step.";
  policy.steps.forEach((step, n) => {
    if (step.name.trim() === "") faults[`steps[${n}].name`] = "What this step is called.";
    if (step.mode === "some" && !(Number.isInteger(Number(step.needed)) && Number(step.needed) >= 2))
      faults[`steps[${n}].needed`] = "From 2 up.";
  });
  return faults;
}

export function policyBody(policy: Typed): PutPolicy {
  const text = (value: string) => value.trim() || null;
  return {
    code: policy.code.trim().toUpperCase(),
    name: policy.name.trim(),
    position: Number(policy.position),
    min_total: parsePrice(policy.min_total),
    category: text(policy.category),
    budget_kind: text(policy.budget_kind),
    team: text(policy.team),
    steps: policy.steps.map((step) => ({
      name: step.name.trim(),
      group: text(step.group),
      mode: step.mode,
      needed: step.mode === "some" ? Number(step.needed) : null,
    })),
  };
}
