// Answers what repository a folder is in and in which state it is; runs no code of the repository.
import type { GitFact } from '../core/fact.ts';
import type { FactEnvironment } from './environment.ts';
import { filtersOff, type GitConfig, git, gitConfig } from './git-process.ts';
import { nearestFolder, repositoryAbove } from './places.ts';

const NO_REPOSITORY: GitFact = {
  inRepo: false,
  root: '',
  branch: undefined,
  defaultBranch: undefined,
  upstream: undefined,
  remotes: {},
  dirty: false,
  untracked: false,
  ownBranches: [],
  pushDefault: undefined,
};

export function gitFact(cwd: string, environment: FactEnvironment): GitFact {
  const folder = nearestFolder(cwd);
  const repository = folder === undefined ? undefined : repositoryAbove(folder);
  if (folder !== undefined && repository === undefined) return NO_REPOSITORY;
  /** When git cannot be asked: there may be anything to lose, and no branch or remote is known to be the agent's own. */
  const unknown: GitFact = { ...NO_REPOSITORY, inRepo: true, root: repository ?? cwd, dirty: true, untracked: true };
  if (folder === undefined) return unknown;
  const config = gitConfig(folder, environment);
  const root = git(folder, ['rev-parse', '--show-toplevel'], environment)?.replace(/\n$/, '');
  if (config === undefined || root === undefined) return unknown;
  const branch = branchOf(git(folder, ['symbolic-ref', '-q', 'HEAD'], environment));
  const state = stateOf(folder, config, environment);
  return {
    inRepo: true,
    root,
    branch,
    defaultBranch: defaultBranch(folder, branch, config, environment),
    upstream: branch === undefined ? undefined : upstreamOf(branch, config),
    remotes: remotesOf(config),
    dirty: state.dirty,
    untracked: state.untracked,
    ownBranches: environment.session.ownBranches,
    pushDefault: config.get('push.default')?.at(-1),
  };
}

const branchOf = (ref: string | undefined): string | undefined =>
  ref?.startsWith('refs/heads/') ? ref.slice('refs/heads/'.length).trimEnd() : undefined;

function stateOf(
  folder: string,
  config: GitConfig,
  environment: FactEnvironment,
): { dirty: boolean; untracked: boolean } {
  const off = filtersOff(config);
  const status =
    off === undefined
      ? undefined
      : git(
          folder,
          ['status', '--porcelain=v2', '-z', '--untracked-files=normal', '--ignore-submodules=all', '--no-renames'],
          environment,
          off,
        );
  if (status === undefined) return { dirty: true, untracked: true };
  const entries = status.split('\0').filter((entry) => entry !== '');
  return {
    dirty: entries.some((entry) => !entry.startsWith('? ')),
    untracked: entries.some((entry) => entry.startsWith('? ')),
  };
}

function upstreamOf(branch: string, config: GitConfig): string | undefined {
  const remote = config.get(`branch.${branch}.remote`)?.at(-1);
  const merge = config.get(`branch.${branch}.merge`)?.at(-1);
  if (remote === undefined || remote === '.' || merge === undefined) return undefined;
  return `${remote}/${merge.replace(/^refs\/heads\//, '')}`;
}

/** Where a push to each remote goes: pushurl before url, rewritten as git rewrites (git-config(1), url.<base>.insteadOf). */
function remotesOf(config: GitConfig): Readonly<Record<string, string>> {
  const remotes: Record<string, string> = {};
  for (const key of config.keys()) {
    const name = /^remote\.(.+)\.(?:url|pushurl)$/s.exec(key)?.[1];
    if (name === undefined) continue;
    const push = config.get(`remote.${name}.pushurl`)?.at(-1);
    const url = push ?? config.get(`remote.${name}.url`)?.at(-1) ?? '';
    const rewritten = push === undefined ? rewrite(url, 'pushinsteadof', config) : undefined;
    remotes[name] = withoutPassword(rewritten ?? rewrite(url, 'insteadof', config) ?? url);
  }
  return remotes;
}

function rewrite(url: string, variable: string, config: GitConfig): string | undefined {
  let best: { readonly length: number; readonly url: string } | undefined;
  for (const [key, prefixes] of config) {
    if (!key.startsWith('url.') || !key.endsWith(`.${variable}`)) continue;
    const base = key.slice('url.'.length, -variable.length - 1);
    for (const prefix of prefixes)
      if (url.startsWith(prefix) && prefix.length > (best?.length ?? -1))
        best = { length: prefix.length, url: base + url.slice(prefix.length) };
  }
  return best?.url;
}

/** Facts end up in reasons and in the journal; a password does not belong there, nor a token in the place of a user name. */
const withoutPassword = (url: string): string =>
  url.replace(/^(https?:\/\/)[^/@]*@/i, '$1').replace(/^([a-z][a-z0-9+.-]*:\/\/[^/@:]*):[^/@]*@/i, '$1@');

function defaultBranch(
  folder: string,
  branch: string | undefined,
  config: GitConfig,
  environment: FactEnvironment,
): string | undefined {
  const remote = config.has('remote.origin.url')
    ? 'origin'
    : [...config.keys()].map((key) => /^remote\.(.+)\.url$/s.exec(key)?.[1]).find((name) => name !== undefined);
  const configured = config.get('init.defaultbranch')?.at(-1);
  const likely = [...new Set([configured, 'main', 'master'])].filter((name) => name !== undefined);
  const refs = git(
    folder,
    [
      'for-each-ref',
      '--format=%(refname) %(symref)',
      ...(remote === undefined ? [] : [`refs/remotes/${remote}/HEAD`]),
      ...likely.flatMap((name) => [
        `refs/heads/${name}`,
        ...(remote === undefined ? [] : [`refs/remotes/${remote}/${name}`]),
      ]),
    ],
    environment,
  );
  const known = new Map((refs ?? '').split('\n').map((line) => line.split(' ') as [string, string | undefined]));
  const head = `refs/remotes/${remote}/`;
  const named = known.get(`${head}HEAD`);
  if (named?.startsWith(head)) return named.slice(head.length);
  return (
    likely.find((name) => known.has(head + name)) ??
    likely.find((name) => known.has(`refs/heads/${name}`)) ??
    // A repository without commits has no refs yet.
    likely.find((name) => name === branch)
  );
}
