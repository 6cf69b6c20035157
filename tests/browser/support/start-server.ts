/** Starts the server with the demonstration company for the tests, and tells them where it is and how to sign in. */
import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";

const root = path.resolve(import.meta.dirname, "../../..");

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.on("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === "object" && address ? address.port : 0));
    });
  });
}

async function answers(url: string): Promise<boolean> {
  return fetch(url).then(
    (answer) => answer.ok,
    () => false,
  );
}

async function waitFor(url: string, links: string, server: ChildProcess): Promise<void> {
  const until = Date.now() + 180_000;
  while (Date.now() < until) {
    if (server.exitCode !== null) throw new Error(`The server ended with ${server.exitCode} before it was ready; its words are above.`);
    if ((await answers(`${url}/readyz`)) && existsSync(links)) return;
    await new Promise((resolve) => setTimeout(resolve, 300));
  }
  throw new Error("The server was not ready within three minutes.");
}

/** A server, where its people's links are, and how to end it. */
export interface Served {
  url: string;
  links: string;
  stop: () => Promise<void>;
}

/** Starts a server with the demonstration company, on a free port and a data folder of its own. */
export async function serve(settings: Record<string, string> = {}): Promise<Served> {
  const binary = process.env.QM_BINARY ?? path.join(root, "target/debug/quartermaster");
  if (!existsSync(binary)) throw new Error(`There is no ${binary}. Build it with: cargo build`);
  const data = mkdtempSync(path.join(tmpdir(), "quartermaster-browser-"));
  const port = await freePort();
  const server = spawn(binary, ["serve", "--demo", "--port", String(port), "--data-dir", data], {
    cwd: root,
    // The tests provoke refusals on purpose; what the server complains of beyond those is worth reading.
    env: { RUST_LOG: "warn,tracing_actix_web=error", ...process.env, DATABASE_URL: undefined, ...settings },
    stdio: ["ignore", "ignore", "pipe"],
  });
  let words = "";
  let ready = false;
  server.stderr?.on("data", (chunk: Buffer) => {
    if (ready) process.stderr.write(chunk);
    else words += chunk.toString();
  });
  const url = `http://127.0.0.1:${port}`;
  const links = path.join(data, "demo-links.json");
  const stop = async () => {
    const gone = new Promise((resolve) => server.once("exit", resolve));
    if (server.exitCode === null) {
      server.kill("SIGTERM");
      await Promise.race([gone, new Promise((resolve) => setTimeout(resolve, 15_000))]);
    }
    rmSync(data, { recursive: true, force: true });
  };
  try {
    await waitFor(url, links, server);
    JSON.parse(readFileSync(links, "utf8"));
    ready = true;
  } catch (error) {
    process.stderr.write(words);
    await stop();
    throw error;
  }
  return { url, links, stop };
}

export default async function start(): Promise<(() => Promise<void>) | undefined> {
  if (process.env.QM_URL) {
    if (!process.env.QM_LINKS) throw new Error("QM_URL is given, so QM_LINKS must name its demo-links.json.");
    return undefined;
  }
  const served = await serve();
  process.env.QM_URL = served.url;
  process.env.QM_LINKS = served.links;
  return served.stop;
}
