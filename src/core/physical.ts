// Owns paths that climb out of a folder which may be a link: `..` after a link leads to the parent of what it points to.
import type { FactSource } from './fact.ts';
import { dirname, joinPath, resolve } from './path.ts';
import { oneOf, texts, unknown, type Value } from './value.ts';

/** A `..` anywhere; reading it lexically is right only where what it leaves is no link. */
const CLIMBS = /(^|\/)\.\.(\/|$)/;

/** Like `resolve`, but follows links where the path climbs back out of a folder. */
export function resolvePhysically(path: Value, cwd: Value, facts: FactSource): Value {
  const all = texts(path);
  if (all === undefined || !all.some((each) => CLIMBS.test(each))) return resolve(path, cwd);
  const bases = texts(cwd);
  if (bases === undefined) return resolve(path, cwd);
  const found = all.flatMap((each) => bases.map((base) => walk(each, base, facts)));
  return found.some((each) => each === undefined)
    ? unknown('a path that climbs out of a folder which was not looked at yet')
    : oneOf(found as string[]);
}

function walk(path: string, base: string, facts: FactSource): string | undefined {
  let at = path.startsWith('/') ? '/' : base;
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..') {
      at = joinPath(at, part);
      continue;
    }
    const fact = facts('path', { path: at });
    if (fact === undefined) return undefined;
    at = dirname(fact.real);
  }
  return at;
}
