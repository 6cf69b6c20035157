/**
 * What the browser must load before the scan page answers, measured in the built interface: the entry and its own static
 * imports, and beyond them the scan page's. The camera decoder is loaded when the camera is opened, so it does not count.
 * The build fails where the page's own code or the whole of it grows beyond its limit.
 */
import { readFileSync } from "node:fs";
import path from "node:path";
import { gzipSync } from "node:zlib";

const dist = new URL("../dist/", import.meta.url).pathname;
const manifest = JSON.parse(readFileSync(path.join(dist, ".vite/manifest.json"), "utf8"));

/** Page, limit of its own scripts beyond the entry, and of all scripts, in kB gzip. */
const limits = [
  ["src/pages/scan/Scan.tsx", 150, 280],
  ["src/pages/orders/OrderNew.tsx", 150, 280],
  ["src/pages/assets/Assets.tsx", 150, 280],
  ["src/pages/racks/Rack.tsx", 150, 280],
];

/** The chunk and everything that it imports at once, not what it loads later. */
function loaded(key, seen = new Set()) {
  if (!seen.has(key)) {
    seen.add(key);
    for (const next of manifest[key]?.imports ?? []) loaded(next, seen);
  }
  return seen;
}

const zipped = (key) => gzipSync(readFileSync(path.join(dist, manifest[key].file)), { level: 9 }).length;
const kilobytes = (keys) => Math.round([...keys].reduce((sum, key) => sum + zipped(key), 0) / 102.4) / 10;

const entry = loaded("index.html");
let over = false;
for (const [page, own, all] of limits) {
  if (!manifest[page]) throw new Error(`${page} is no chunk of its own any more.`);
  const beyond = [...loaded(page)].filter((key) => !entry.has(key));
  const figures = [kilobytes(beyond), kilobytes([...entry, ...beyond])];
  const bad = figures[0] > own || figures[1] > all;
  over ||= bad;
  console.log(
    `${bad ? "TOO LARGE " : ""}${page}: own ${figures[0]} kB (limit ${own}), in all ${figures[1]} kB gzip (limit ${all})`,
  );
}
if (over) process.exit(1);
