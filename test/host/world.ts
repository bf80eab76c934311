// Owns the throw-away world of one session on the real host: home, configuration, repository with a local remote, and a tripwire for network programs.
import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Folder of the plugin under test. */
export const PLUGIN = fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, '');

export interface World {
  readonly root: string;
  readonly home: string;
  readonly config: string;
  readonly project: string;
  /** Bare repository that `origin` of the project names. */
  readonly remote: string;
  readonly env: Readonly<Record<string, string>>;
  readonly git: (...args: readonly string[]) => string;
  /** Argument lists of every network program that ran. */
  readonly sent: () => readonly string[];
  readonly settings: (settings: object) => void;
  /** A copy of the plugin whose hook is `hook`; undefined: there is no dist folder at all. */
  readonly brokenPlugin: (hook: string | undefined) => string;
  readonly remove: () => void;
}

const NETWORK_PROGRAMS = ['curl', 'wget', 'nc'];

export function makeWorld(): World {
  const root = mkdtempSync(join(realpathSync(tmpdir()), 'greenlight-host-'));
  const [home, config, project, bin] = ['home', 'config', 'project', 'bin'].map((name) => {
    mkdirSync(join(root, name));
    return join(root, name);
  }) as [string, string, string, string];
  const sentLog = join(root, 'sent.log');
  for (const name of NETWORK_PROGRAMS) {
    writeFileSync(join(bin, name), `#!/bin/sh\necho "$0 $*" >> '${sentLog}'\n`);
    chmodSync(join(bin, name), 0o755);
  }
  const env = {
    PATH: [bin, dirname(process.execPath), '/usr/local/bin', '/usr/bin', '/bin'].join(delimiter),
    HOME: home,
    CLAUDE_CONFIG_DIR: config,
    SHELL: '/bin/bash',
    LANG: 'C.UTF-8',
    GIT_CONFIG_NOSYSTEM: '1',
  };
  const git = (...args: readonly string[]): string =>
    execFileSync('git', args, { cwd: project, env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }).trim();
  const remote = join(root, 'remote.git');
  writeFileSync(join(home, 'keep.txt'), 'kept\n');
  writeFileSync(join(project, '.env'), 'API_TOKEN=not-a-real-one\n');
  writeFileSync(join(project, '.gitignore'), '.env\n');
  writeFileSync(join(project, 'README.md'), '# Demo\n');
  writeFileSync(join(project, 'package.json'), '{"name":"demo","scripts":{"test":"node --test"}}\n');
  git('init', '--quiet', '--initial-branch=main');
  git('config', 'user.name', 'Dev');
  git('config', 'user.email', 'dev@example.com');
  git('add', '.');
  git('commit', '--quiet', '-m', 'Begin');
  git('init', '--quiet', '--bare', '--initial-branch=main', remote);
  git('remote', 'add', 'origin', remote);
  git('commit', '--quiet', '--allow-empty', '-m', 'Work of others');
  git('push', '--quiet', 'origin', 'main');
  git('reset', '--quiet', '--hard', 'HEAD~1');
  git('commit', '--quiet', '--allow-empty', '-m', 'Own work');

  return {
    root,
    home,
    config,
    project,
    remote,
    env,
    git,
    sent: () => (existsSync(sentLog) ? readFileSync(sentLog, 'utf8').trim().split('\n') : []),
    settings: (settings) => writeFileSync(join(config, 'settings.json'), JSON.stringify(settings)),
    brokenPlugin: (hook) => {
      const copy = join(root, 'plugin');
      for (const part of ['.claude-plugin', 'hooks']) cpSync(join(PLUGIN, part), join(copy, part), { recursive: true });
      if (hook !== undefined) {
        mkdirSync(join(copy, 'dist'));
        writeFileSync(join(copy, 'dist', 'hook.cjs'), hook);
      }
      return copy;
    },
    remove: () => rmSync(root, { recursive: true, force: true }),
  };
}
