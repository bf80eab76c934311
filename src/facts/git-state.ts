// Answers whether what lies at given paths is tracked, modified, untracked or ignored; a folder counts as the worst it holds.
import type { PathFact } from '../core/fact.ts';
import { dirname, isWithin, joinPath } from '../core/path.ts';
import type { FactEnvironment } from './environment.ts';
import { filtersOff, git, gitConfig } from './git-process.ts';
import { nearestFolder, repositoryAbove } from './places.ts';

type GitState = PathFact['git'];

const RANK: Readonly<Record<GitState, number>> = { none: 0, tracked: 1, ignored: 2, untracked: 3, modified: 4 };
const worst = (states: readonly GitState[]): GitState => states.reduce((a, b) => (RANK[b] > RANK[a] ? b : a), 'none');

/** State of each path; paths are absolute with links resolved. What git cannot say counts as modified: it may be lost for good. */
export function gitStates(paths: readonly string[], environment: FactEnvironment): ReadonlyMap<string, GitState> {
  const asked = new Map<string, Set<string>>();
  const ask = (repository: string, path: string): void => {
    asked.set(repository, (asked.get(repository) ?? new Set()).add(path));
  };
  const states = new Map<string, GitState>();
  const nested = new Set<string>();
  for (const path of new Set(paths)) {
    states.set(path, 'none');
    const own = repositoryAbove(path);
    if (own === undefined || isWithin(path, joinPath(own, '.git'))) continue;
    ask(own, path);
    const outer = own === path ? outerRepository(path) : undefined;
    if (outer === undefined) continue;
    nested.add(path);
  }
  // The history of a repository inside another is in no commit of the outer one.
  for (const [repository, group] of asked)
    for (const [path, state] of statesIn(repository, [...group], environment))
      states.set(path, nested.has(path) ? worst([state, 'untracked']) : state);
  return states;
}

const outerRepository = (path: string): string | undefined =>
  path === '/' ? undefined : repositoryAbove(dirname(path));

function statesIn(
  repository: string,
  paths: readonly string[],
  environment: FactEnvironment,
): readonly (readonly [string, GitState])[] {
  const unknown = paths.map((path) => [path, 'modified'] as const);
  const folder = nearestFolder(repository);
  const config = folder === undefined ? undefined : gitConfig(folder, environment);
  const off = config === undefined ? undefined : filtersOff(config);
  if (folder === undefined || off === undefined) return unknown;
  const root = git(folder, ['rev-parse', '--show-toplevel'], environment)?.replace(/\n$/, '');
  if (root === undefined) return unknown;
  const inside = paths.filter((path) => isWithin(path, root));
  const listed = list(root, inside, off, environment);
  return paths.map((path) => {
    if (listed === undefined || !isWithin(path, root)) return [path, 'modified'] as const;
    return [path, worst(listed.filter((entry) => touches(entry.path, path)).map((entry) => entry.state))] as const;
  });
}

interface Entry {
  readonly path: string;
  readonly state: GitState;
}

/** An entry says something of a path when it is the path, lies below it, or is a folder that git shows as one entry. */
const touches = (entry: string, path: string): boolean => isWithin(entry, path) || isWithin(path, entry);

function list(
  root: string,
  paths: readonly string[],
  off: readonly string[],
  environment: FactEnvironment,
): readonly Entry[] | undefined {
  const status = git(
    root,
    [
      'status',
      '--porcelain=v2',
      '-z',
      '--no-renames',
      '--untracked-files=all',
      '--ignored=matching',
      '--ignore-submodules=all',
      '--',
      ...paths,
    ],
    environment,
    off,
  );
  const tracked = git(root, ['ls-files', '-z', '-v', '--stage', '--', ...paths], environment, off);
  if (status === undefined || tracked === undefined) return undefined;
  return [...status.split('\0').flatMap(statusEntry), ...tracked.split('\0').flatMap(trackedEntry)].map(
    ({ path, state }) => ({ path: joinPath(root, path), state }),
  );
}

/** git-status(1), "Porcelain Format Version 2": the path is the last field, after a fixed number of others. */
const FIELDS_BEFORE_PATH: Readonly<Record<string, number>> = { '1': 8, u: 10, '?': 1, '!': 1 };

function statusEntry(line: string): readonly Entry[] {
  const kind = line[0] ?? '';
  const fields = FIELDS_BEFORE_PATH[kind];
  if (fields === undefined) return [];
  const path = line.split(' ').slice(fields).join(' ');
  return [{ path, state: kind === '?' ? 'untracked' : kind === '!' ? 'ignored' : 'modified' }];
}

/** `H 100644 <hash> 0\tpath`. A lower-case tag or `S` hides changes from git status; a submodule is a repository of its own. */
function trackedEntry(line: string): readonly Entry[] {
  const match = /^(\S) (\d+) [0-9a-f]+ \d\t(.*)$/s.exec(line);
  if (match === null) return [];
  const [, tag = '', mode, path = ''] = match;
  return [{ path, state: tag === 'H' && mode !== '160000' ? 'tracked' : 'modified' }];
}
