/** tests/browser stands outside of web/ but uses its packages: gives it a link to them after every install. */
import { lstat, mkdir, symlink, unlink } from "node:fs/promises";

const link = new URL("../../tests/browser/node_modules", import.meta.url);
await mkdir(new URL("../../tests/browser/", import.meta.url), { recursive: true });
const there = await lstat(link).catch(() => null);
if (there?.isSymbolicLink()) await unlink(link);
if (!there || there.isSymbolicLink()) await symlink("../../web/node_modules", link);
