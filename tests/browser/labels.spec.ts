/** Printed labels, read back by programs that did not draw them: ZPL through a renderer of its own, then zbarimg and dmtxread. */
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { ready } from "zpl-renderer-js";
import { expect, test } from "./support/people";

/** What a program reads in a picture; nothing where it finds no symbol (it then ends with an error of its own). */
function read(program: string, args: string[]): string {
  try {
    return execFileSync(program, args, { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
  } catch {
    return "";
  }
}

const labels = [
  { kind: "asset", list: "assets?limit=3", width: 50, height: 25, symbols: 0, matrices: 1 },
  { kind: "bin", list: "locations?kind=bin&limit=2", width: 100, height: 50, symbols: 2, matrices: 0 },
  { kind: "rack", list: "racks?limit=2", width: 100, height: 50, symbols: 2, matrices: 0 },
];

for (const dpi of [203, 300]) {
  test(`ZPL at ${dpi} dpi prints what scanners read`, async ({ open }) => {
    const page = await open("warehouse");
    const folder = mkdtempSync(path.join(tmpdir(), "labels-"));
    const { api } = await ready;
    for (const { kind, list, width, height, symbols, matrices } of labels) {
      const rows = await (await page.request.get(`/api/v1/${list}`)).json();
      const codes: string[] = rows.items.map((row: { code: string }) => row.code);
      expect(codes.length).toBeGreaterThan(0);
      const answer = await page.request.post("/api/v1/labels", {
        headers: { "X-Quartermaster": "1" },
        data: { kind, codes, format: "zpl", dpi },
      });
      expect(answer.status(), await answer.text()).toBe(200);
      const pictures = await api.zplToBase64MultipleAsync(await answer.text(), width, height, dpi === 203 ? 8 : 12);
      expect(pictures).toHaveLength(codes.length);
      for (const [index, picture] of pictures.entries()) {
        const file = path.join(folder, `${kind}-${index}.png`);
        writeFileSync(file, Buffer.from(picture, "base64"));
        const code = codes[index]!;
        expect(read("zbarimg", ["-q", "--raw", file]).split("\n").filter((text) => text === code)).toHaveLength(symbols);
        expect(matrices ? read("dmtxread", ["-m", "10000", file]) : "").toBe(matrices ? code : "");
      }
    }
    rmSync(folder, { recursive: true });
  });
}
