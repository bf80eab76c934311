// Runs git so that nothing a repository configures is executed, sent or waited for; understands none of its output.
import { spawnSync } from 'node:child_process';
import { isAbsolute } from 'node:path';
import { isWithin } from '../core/path.ts';
import type { FactEnvironment } from './environment.ts';

const TIME_CAP_MS = 2_000;
const OUTPUT_CAP = 4 * 1024 * 1024;

/**
 * Settings that beat those of the repository. git runs programs for fsmonitor, hooks, filters, credentials, ssh and
 * remote helpers (git-config(1)); a partial clone fetches missing objects on its own (partial-clone(5)).
 */
const SAFE_SETTINGS = [
  'core.fsmonitor=false',
  'core.hooksPath=/dev/null',
  'core.untrackedCache=false',
  'core.ignoreStat=false',
  'core.sshCommand=false',
  'credential.helper=',
  'protocol.allow=never',
  'safe.bareRepository=explicit',
  'submodule.recurse=false',
];

/** Variables given to git; all others, above all GIT_*, stay out. */
function environmentFor({ env, projectRoot }: FactEnvironment): Record<string, string> {
  const path = (env.PATH ?? '')
    .split(':')
    .filter((folder) => isAbsolute(folder) && !isWithin(folder, projectRoot))
    .join(':');
  const kept = Object.entries({ HOME: env.HOME, XDG_CONFIG_HOME: env.XDG_CONFIG_HOME }).filter(
    (entry): entry is [string, string] => entry[1] !== undefined,
  );
  return {
    ...Object.fromEntries(kept),
    PATH: path === '' ? '/usr/bin:/bin' : path,
    LC_ALL: 'C',
    GIT_OPTIONAL_LOCKS: '0',
    GIT_TERMINAL_PROMPT: '0',
    GIT_ALLOW_PROTOCOL: 'none',
    GIT_NO_LAZY_FETCH: '1',
    GIT_LITERAL_PATHSPECS: '1',
  };
}

/** Standard output of git, or undefined when it failed, took too long or said too much. */
export function git(
  cwd: string,
  args: readonly string[],
  environment: FactEnvironment,
  settings: readonly string[] = [],
): string | undefined {
  const left = (environment.deadline ?? Number.POSITIVE_INFINITY) - Date.now();
  if (left <= 0) return undefined;
  const options = [...SAFE_SETTINGS, ...settings].flatMap((setting) => ['-c', setting]);
  try {
    const result = spawnSync('git', ['--no-pager', '--no-optional-locks', ...options, ...args], {
      cwd,
      env: environmentFor(environment),
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
      timeout: Math.min(TIME_CAP_MS, left),
      killSignal: 'SIGKILL',
      maxBuffer: OUTPUT_CAP,
    });
    return result.error === undefined && result.status === 0 ? result.stdout : undefined;
  } catch {
    // spawnSync throws for arguments no program can be given, such as a path with a NUL.
    return undefined;
  }
}

export type GitConfig = ReadonlyMap<string, readonly string[]>;

/** Every setting in force in `cwd`, last value last; undefined when git cannot say. */
export function gitConfig(cwd: string, environment: FactEnvironment): GitConfig | undefined {
  const output = git(cwd, ['config', '--list', '-z'], environment);
  if (output === undefined) return undefined;
  const config = new Map<string, string[]>();
  for (const entry of output.split('\0')) {
    if (entry === '') continue;
    const at = entry.indexOf('\n');
    const key = at < 0 ? entry : entry.slice(0, at);
    // A key without `=` is a boolean that is on.
    config.set(key, [...(config.get(key) ?? []), at < 0 ? 'true' : entry.slice(at + 1)]);
  }
  return config;
}

/**
 * Settings that keep the filters named in the configuration from running when git compares contents; undefined when a
 * name cannot be spelled on the command line, so that no git that compares contents may be run there.
 */
export function filtersOff(config: GitConfig): readonly string[] | undefined {
  const names = new Set<string>();
  for (const key of config.keys()) {
    const name = /^filter\.(.*)\.[^.]*$/s.exec(key)?.[1];
    if (name !== undefined) names.add(name);
  }
  if ([...names].some((name) => /[=\n]/.test(name))) return undefined;
  return [...names].flatMap((name) => [
    `filter.${name}.clean=`,
    `filter.${name}.smudge=`,
    `filter.${name}.process=`,
    `filter.${name}.required=false`,
  ]);
}
