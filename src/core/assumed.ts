// Owns the stated default of the world: an ordinary clean repository on a feature branch. Used by examples and evaluation; looks nothing up.
import type { Context } from './context.ts';
import type { FactAnswer, FactKind, FactSource, FactTable, FileFact, GitFact, PathFact } from './fact.ts';
import { basename, dirname, isWithin, joinPath } from './path.ts';

export interface Assumed {
  readonly branch?: string | undefined;
  readonly defaultBranch?: string;
  readonly remotes?: Readonly<Record<string, string>>;
  /** Contents by path relative to the working directory; other files are there but unread. */
  readonly files?: Readonly<Record<string, string>>;
  readonly inRepo?: boolean;
}

/** Folders and files that builds make and `.gitignore` conventionally lists; they can be made again. */
const REGENERATED =
  /(^|\/)(node_modules|dist|build|out|target|coverage|tmp|temp|\.next|\.nuxt|\.turbo|\.cache|\.parcel-cache|__pycache__|\.pytest_cache|\.mypy_cache|\.ruff_cache|\.tox|\.venv|venv|\.gradle|\.svelte-kit|[^/]+\.egg-info)(\/|$)|\.(pyc|pyo|o|class|log|tsbuildinfo|tmp|swp|bak|orig)$|(^|\/)\.DS_Store$/;
const KEPT_OUT_OF_GIT = /(^|\/)\.env(\.(?!example|sample|template|test)[^/]*)?$|\.(pem|key|sqlite3?|db)$/;

/** Answers every question from the stated default and what is given; never returns undefined. */
export function assumedFacts(context: Context, given: Assumed = {}): FactSource {
  const root = context.projectRoot;
  const inRepo = given.inRepo ?? true;
  const contents = new Map(
    Object.entries(given.files ?? {}).map(([path, text]) => [joinPath(context.cwd, path), text]),
  );
  const gitOf = (path: string): PathFact['git'] => {
    if (!inRepo || !isWithin(path, root)) return 'none';
    const relative = path.slice(root.length);
    if (relative.startsWith('/.git/') || relative === '/.git') return 'none';
    return REGENERATED.test(relative) || KEPT_OUT_OF_GIT.test(relative) ? 'ignored' : 'tracked';
  };
  const session = (path: string): PathFact['session'] =>
    context.tmp.some((folder) => isWithin(path, folder) && path !== folder) ? 'made' : 'before';
  const fileFact = (path: string): FileFact => {
    const text = contents.get(path);
    return text === undefined
      ? { state: 'unread', because: 'its contents are not given', git: gitOf(path), session: session(path) }
      : { state: 'text', text, git: gitOf(path), session: session(path) };
  };
  const answers: { [K in FactKind]: (ask: FactTable[K]['ask']) => FactAnswer<K> } = {
    path: ({ path }) => ({
      exists: true,
      type: /\.[a-z0-9]+$/i.test(basename(path)) ? 'file' : 'dir',
      real: path,
      inProject: isWithin(path, root),
      git: gitOf(path),
      session: session(path),
    }),
    git: () => gitFact(given, inRepo, root),
    file: ({ path }) => fileFact(path),
    nearest: ({ from, names }) => {
      for (let folder = from; ; folder = dirname(folder)) {
        for (const name of names) {
          const path = joinPath(folder, name);
          if (contents.has(path)) return { path, file: fileFact(path) };
        }
        if (folder === '/' || folder === '.') break;
      }
      const path = joinPath(isWithin(from, root) ? root : from, names[0] ?? '');
      return { path, file: fileFact(path) };
    },
  };
  return (kind, ask) => answers[kind](ask as never) as never;
}

function gitFact(given: Assumed, inRepo: boolean, root: string): GitFact {
  const branch = 'branch' in given ? given.branch : 'feature/work';
  const remotes = given.remotes ?? { origin: 'git@github.com:acme/project.git' };
  const remote = Object.keys(remotes)[0];
  return {
    inRepo,
    root,
    branch,
    defaultBranch: given.defaultBranch ?? 'main',
    upstream: branch !== undefined && remote !== undefined ? `${remote}/${branch}` : undefined,
    remotes,
    dirty: false,
    untracked: false,
    ownBranches: [],
    pushDefault: undefined,
  };
}

/** Where CI runners let a step leave its outputs; files of the run, gone with it. */
const RUNNER_FILES = {
  GITHUB_OUTPUT: '/tmp/runner/output',
  GITHUB_ENV: '/tmp/runner/env',
  GITHUB_STEP_SUMMARY: '/tmp/runner/summary.md',
  GITHUB_STATE: '/tmp/runner/state',
  RUNNER_TEMP: '/tmp/runner',
};

/** Context of the stated default; `cwd` and `projectRoot` are the same folder. */
export function assumedContext(
  cwd: string,
  policy: Context['policy'],
  env: Readonly<Record<string, string>> = {},
): Context {
  const home = /^\/(?:home|Users)\/[^/]+/.exec(cwd)?.[0] ?? (cwd.startsWith('/root') ? '/root' : '/home/dev');
  return {
    cwd,
    projectRoot: cwd,
    home,
    tmp: ['/tmp', '/var/tmp', '/private/tmp', '/var/folders'],
    env: {
      HOME: home,
      PWD: cwd,
      TMPDIR: '/tmp',
      USER: basename(home),
      LOGNAME: basename(home),
      SHELL: '/bin/bash',
      UID: '1000',
      GITHUB_WORKSPACE: cwd,
      ...RUNNER_FILES,
      ...env,
    },
    policy,
  };
}
