// Writes the declarations of what the library entry exports, and of nothing that its types do not lead to.
import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const at = (path) => fileURLToPath(new URL(path, import.meta.url));

/** Types are checked by another command; here a mistake must not keep the hooks from being built. */
export async function buildTypes(folder) {
  const all = `${folder}.all`;
  const compiler = at('../node_modules/typescript/bin/tsc');
  await promisify(execFile)('node', [compiler, '--project', at('types.json'), '--outDir', all]);
  for (const file of reachable(join(all, 'index.d.ts'))) {
    const target = join(folder, relative(all, file));
    mkdirSync(dirname(target), { recursive: true });
    cpSync(file, target);
  }
  rmSync(all, { recursive: true });
}

function reachable(file, found = new Set()) {
  if (found.has(file)) return found;
  found.add(file);
  for (const [, path] of readFileSync(file, 'utf8').matchAll(/\b(?:from |import\()'(\.[^']+)\.ts'/g))
    reachable(join(dirname(file), `${path}.d.ts`), found);
  return found;
}
