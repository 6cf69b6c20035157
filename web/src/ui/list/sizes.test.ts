import { expect, test } from "vitest";
import type { ListColumn } from "@/api/types";
import { startWidths } from "./sizes";

const column = (name: string, kind: ListColumn["kind"]): ListColumn => ({
  name,
  kind,
  label: name,
  sortable: true,
  filterable: true,
  shown: true,
});
const columns = [
  column("code", "code"),
  column("name", "text"),
  column("serial", "mono"),
  column("cost", "money"),
];

test("columns of words share the room that is left over, the others keep their width", () => {
  const narrow = startWidths(columns, 300);
  const wide = startWidths(columns, 716);
  expect(narrow).toEqual({ code: 144, name: 168, serial: 176, cost: 128 });
  expect(wide).toEqual({ code: 144, name: 218, serial: 226, cost: 128 });
  expect(startWidths(columns, 5000).name).toBe(168 + 140);
});
