/** What the server says when it refuses (RFC 9457), as one typed error that every page can show. */

export interface ProblemBody {
  type: string;
  title: string;
  status: number;
  detail?: string;
  instance?: string;
  request_id?: string;
  errors?: { field: string; message: string }[];
  [extra: string]: unknown;
}

export class Problem extends Error {
  readonly body: ProblemBody;

  constructor(body: ProblemBody) {
    super(body.detail ?? body.title);
    this.name = "Problem";
    this.body = body;
  }

  /** The last part of the problem's type: `rack-unit-taken`. */
  get slug(): string {
    return this.body.type.split("/").pop() ?? "";
  }

  get status(): number {
    return this.body.status;
  }

  /** Messages by field, for forms. */
  get fields(): Record<string, string> {
    return Object.fromEntries((this.body.errors ?? []).map((e) => [e.field, e.message]));
  }
}

/** Nothing answered: the network is gone or the server is down. */
export class Unreachable extends Problem {
  constructor() {
    super({
      type: "/problems/unreachable",
      title: "The server does not answer",
      status: 0,
      detail: "Nothing was changed. Check the network; what you typed is still here, try again.",
    });
    this.name = "Unreachable";
  }
}

/** Turns any answer that is not a success into a Problem, also one that some proxy wrote as HTML. */
export async function readProblem(response: Response): Promise<Problem> {
  const requestId = response.headers.get("x-request-id") ?? undefined;
  try {
    const body = (await response.json()) as Partial<ProblemBody>;
    if (typeof body.title === "string" || typeof body.detail === "string") {
      return new Problem({
        request_id: requestId,
        ...body,
        type: body.type ?? "about:blank",
        title: body.title ?? `The server answered ${response.status}`,
        status: body.status ?? response.status,
      });
    }
  } catch {
    // not JSON; say what we know
  }
  return new Problem({
    type: "about:blank",
    title: `The server answered ${response.status}`,
    status: response.status,
    detail: "The answer was not one of Quartermaster's own; a proxy in between may have written it.",
    request_id: requestId,
  });
}

export function asProblem(error: unknown): Problem {
  if (error instanceof Problem) return error;
  return new Problem({
    type: "about:blank",
    title: "The page stumbled",
    status: 0,
    detail: error instanceof Error ? error.message : String(error),
  });
}
