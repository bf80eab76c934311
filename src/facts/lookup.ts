// Looks up what the pure code asked for and keeps the answers. Decides nothing; what it cannot see it never makes look safe.
import { lstatSync } from 'node:fs';
import { type FactRequest, type FactSource, factKey, type NearestFact } from '../core/fact.ts';
import { dirname, joinPath } from '../core/path.ts';
import type { FactEnvironment } from './environment.ts';
import { fileFact } from './file.ts';
import { gitFact } from './git.ts';
import { pathFacts } from './path.ts';

export type FactCache = Map<string, unknown>;

/** Answers from what was looked up so far. */
export const factSource =
  (cache: ReadonlyMap<string, unknown>): FactSource =>
  (kind, ask) =>
    // Keyed by kind and question, so the answer has the kind's type.
    cache.get(factKey(kind, ask)) as never;

/** Adds an answer to the cache for every request. */
export function lookup(requests: readonly FactRequest[], environment: FactEnvironment, cache: FactCache): void {
  const nearest = new Map(
    requests.flatMap((request) =>
      request.kind === 'nearest' ? [[request, nearestOf(request.from, request.names)]] : [],
    ),
  );
  const paths = pathFacts(
    [
      ...requests.flatMap((request) => (request.kind === 'path' || request.kind === 'file' ? [request.path] : [])),
      ...[...nearest.values()].filter((path) => path !== undefined),
    ],
    environment,
  );
  const file = (path: string) => fileFact(path, paths.get(path) ?? { git: 'modified', session: 'before' });
  for (const request of requests) {
    const { kind, ...ask } = request;
    cache.set(factKey(kind, ask), answer(request));
  }

  function answer(request: FactRequest): unknown {
    switch (request.kind) {
      case 'path':
        return paths.get(request.path);
      case 'file':
        return file(request.path);
      case 'git':
        return gitFact(request.cwd, environment);
      case 'nearest': {
        const path = nearest.get(request);
        return { path, file: path === undefined ? { state: 'missing' } : file(path) } satisfies NearestFact;
      }
      default:
        return request satisfies never;
    }
  }
}

function nearestOf(from: string, names: readonly string[]): string | undefined {
  for (let folder = from; ; folder = dirname(folder)) {
    for (const name of names) if (isFileLike(joinPath(folder, name))) return joinPath(folder, name);
    if (folder === '/' || folder === '.') return undefined;
  }
}

/** Anything but a folder: what is there but cannot be read still hides the files further up. */
function isFileLike(path: string): boolean {
  try {
    return !lstatSync(path).isDirectory();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return code !== 'ENOENT' && code !== 'ENOTDIR';
  }
}
