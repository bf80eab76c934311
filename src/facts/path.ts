// Answers what lies at a path: its type, where it really is, whose it is. Reads no contents.
import { lstatSync, realpathSync, type Stats, statSync } from 'node:fs';
import type { PathFact } from '../core/fact.ts';
import { isWithin } from '../core/path.ts';
import type { FactEnvironment } from './environment.ts';
import { gitStates } from './git-state.ts';
import { realPath } from './places.ts';

/** Facts of many paths at once, because git answers for many as fast as for one. */
export function pathFacts(paths: readonly string[], environment: FactEnvironment): ReadonlyMap<string, PathFact> {
  const reals = new Map(paths.map((path) => [path, realPath(path)]));
  const known = [...reals.values()].filter((real) => real !== undefined);
  const states = gitStates(known, environment);
  const root = realPath(environment.projectRoot);
  return new Map(
    [...reals].map(([path, real]) => {
      const link = statsOf(path, lstatSync);
      const target = statsOf(path, statSync);
      return [
        path,
        {
          exists: link !== undefined || real === undefined,
          type: typeOf(link, target),
          ...(link?.isSymbolicLink() ? { link: true } : {}),
          real: real ?? path,
          inProject: real !== undefined && root !== undefined && isWithin(real, root),
          git: real === undefined ? 'modified' : (states.get(real) ?? 'modified'),
          session: sessionOf(path, real, target, environment),
        },
      ];
    }),
  );
}

function statsOf(path: string, look: (path: string) => Stats): Stats | undefined {
  try {
    return look(path);
  } catch {
    // Not there, or not to be seen; realPath tells the two apart.
    return undefined;
  }
}

function typeOf(link: Stats | undefined, target: Stats | undefined): PathFact['type'] {
  if (link === undefined) return 'none';
  if (target?.isFile()) return 'file';
  return target?.isDirectory() ? 'dir' : 'other';
}

function sessionOf(
  path: string,
  real: string | undefined,
  target: Stats | undefined,
  { session, tmp }: FactEnvironment,
): PathFact['session'] {
  const places = real === undefined ? [path] : [path, real];
  const below = (folders: readonly string[]): boolean =>
    places.some((place) => folders.some((folder) => isWithin(place, folder)));
  if (below(session.received)) return 'received';
  if (real === undefined || target === undefined) return 'before';
  const fresh = session.started === undefined ? undefined : bornSince(target, session.started);
  // What is older than the session was there when the agent wrote to it, or was moved to where it lies.
  if (below(session.made)) return fresh === false ? 'before' : 'made';
  return fresh === true && isTemporary(real, tmp) && target.uid === process.getuid?.() ? 'made' : 'before';
}

/** Some file systems give the time of the last change as that of birth (node:fs, Stats); contents are never newer than their file. */
const bornSince = (stats: Stats, started: number): boolean =>
  stats.birthtimeMs > 0 && Math.min(stats.birthtimeMs, stats.mtimeMs) >= started;

const isTemporary = (real: string, tmp: readonly string[]): boolean =>
  tmp.some((folder) => [folder, resolved(folder)].some((each) => real !== each && isWithin(real, each)));

function resolved(folder: string): string {
  try {
    return realpathSync.native(folder);
  } catch {
    return folder;
  }
}
