// Owns the single checks of doctor. Prints nothing and changes nothing but a throw-away folder.
import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import manifest from '../../package.json' with { type: 'json' };
import { loadSettings } from '../config/load.ts';
import { claudeCode } from '../hosts/claude-code.ts';
import { stateFolder } from '../state/journal.ts';
import { askHook, bashEvent, hookCommand } from './hook-process.ts';
import { packageRoot } from './package-root.ts';
import { selfTest } from './self-test.ts';

export interface Finding {
  readonly name: string;
  readonly state: 'ok' | 'warn' | 'fail';
  readonly detail: string;
  /** What to do about it. */
  readonly todo?: string;
}

type Look = () => readonly Omit<Finding, 'name'>[];

const ok = (detail: string): Omit<Finding, 'name'> => ({ state: 'ok', detail });
const warn = (detail: string, todo: string): Omit<Finding, 'name'> => ({ state: 'warn', detail, todo });
const fail = (detail: string, todo: string): Omit<Finding, 'name'> => ({ state: 'fail', detail, todo });

/** First line a program prints, or undefined when it cannot be run. */
function firstLine(
  command: string,
  args: readonly string[],
): { readonly line: string; readonly status: number | null } | undefined {
  const { error, stdout, stderr, status } = spawnSync(command, args, {
    encoding: 'utf8',
    timeout: 20_000,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, DISABLE_AUTOUPDATER: '1', CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: '1' },
  });
  return error ? undefined : { line: (stdout || stderr).trim().split('\n').at(-1) ?? '', status };
}

/** True when version `a.b.c` is at least `least`. */
function isAtLeast(version: string, least: string): boolean {
  const [have, want] = [version, least].map((text) => (/\d+(?:\.\d+)*/.exec(text)?.[0] ?? '0').split('.').map(Number));
  for (const [at, part] of (want ?? []).entries()) {
    const difference = (have?.[at] ?? 0) - part;
    if (difference !== 0) return difference > 0;
  }
  return true;
}

const leastNode = manifest.engines.node.replace(/^\D+/, '');
const leastHost = claudeCode.capabilities.minimumVersion;

const node: Look = () => {
  const found = firstLine('node', ['--version']);
  if (found === undefined)
    return [fail('no `node` in PATH, and the hook is started with it', 'put Node.js into the PATH that the host has')];
  return isAtLeast(found.line, leastNode)
    ? [ok(found.line)]
    : [fail(`${found.line} is too old`, `install Node.js ${leastNode} or newer`)];
};

const built: Look = () => {
  const root = packageRoot();
  if (root === undefined)
    return [fail('the folder of Greenlight is not found', 'run `greenlight` from where it was installed')];
  const missing = ['dist/hook.cjs', 'dist/cli.cjs', 'hooks/hooks.json', 'hooks/launch.mjs'].filter(
    (file) => !existsSync(join(root, file)),
  );
  return missing.length === 0 ? [ok(root)] : [fail(`missing: ${missing.join(', ')}`, `run \`npm ci\` in ${root}`)];
};

const hook: Look = () => {
  const root = packageRoot();
  if (root === undefined || !existsSync(join(root, 'dist/hook.cjs'))) return [];
  const base = mkdtempSync(join(tmpdir(), 'greenlight-doctor-'));
  try {
    const place = { root, project: base, home: base, state: base };
    const harmless = askHook(place, 'doctor', bashEvent('doctor', base, 'ls -la'));
    const garbage = askHook(place, 'doctor', '{"not": "an event"');
    if (harmless.decision !== 'allow')
      return [
        fail(`it answers ${harmless.decision} to a harmless command: ${harmless.reason}`, `run \`npm ci\` in ${root}`),
      ];
    if (garbage.decision === 'allow')
      return [fail('it allows what it cannot read', 'report this; do not rely on the guard')];
    return [ok(`answers in ${harmless.ms.toFixed(0)} ms, and allows nothing it cannot read`)];
  } finally {
    rmSync(base, { recursive: true, force: true });
  }
};

const examples: Look = () => {
  const { examples: count, failures } = selfTest();
  if (failures.length === 0) return [ok(`all ${count} hold`)];
  return [
    fail(
      `${failures.length} of ${count} do not hold: ${failures.slice(0, 3).join(' | ')}`,
      'reinstall; these files are not as they were released',
    ),
  ];
};

const host: Look = () => {
  const found = firstLine('claude', ['--version']);
  if (found === undefined)
    return [warn('no `claude` in PATH', 'install Claude Code, or ignore this where the host is started another way')];
  if (!isAtLeast(found.line, leastHost))
    return [fail(`${found.line} lets a call through when a hook fails`, `update Claude Code to ${leastHost} or newer`)];
  const root = packageRoot();
  if (root === undefined) return [ok(found.line)];
  const valid = firstLine('claude', ['plugin', 'validate', root]);
  return valid?.status === 0
    ? [ok(`${found.line} finds the plugin valid`)]
    : [
        fail(
          `${found.line} does not accept the plugin: ${valid?.line ?? 'no answer'}`,
          `run \`claude plugin validate ${root}\``,
        ),
      ];
};

const registered: Look = () => {
  const root = packageRoot();
  if (root === undefined) return [];
  const events = ['PreToolUse', 'PostToolUse', 'UserPromptSubmit', 'SessionStart'];
  for (const event of events) hookCommand(root, event);
  const { enabledIn, hooksOffIn } = loadSettings(process.cwd(), process.env);
  if (hooksOffIn.length > 0)
    return [fail(`all hooks are off: ${hooksOffIn.join(', ')}`, 'remove disableAllHooks there')];
  return enabledIn.length > 0
    ? [ok(`enabled in ${enabledIn.join(', ')}`)]
    : [
        warn(
          'no settings file enables the plugin',
          'start the host with `--plugin-dir`, or install the plugin; see README.md',
        ),
      ];
};

const settings: Look = () => {
  const { permissions, setAside, notes, policy } = loadSettings(process.cwd(), process.env);
  return [
    ok(
      `${permissions.deny.length} deny, ${permissions.ask.length} ask and ${permissions.allow.length} allow rules count; pushing to the default branch: ${policy.pushToDefault}`,
    ),
    ...setAside.map(({ rule, source, because }) =>
      warn(
        `${rule} in ${source} is set aside: ${because}`,
        'name what you mean more narrowly, or leave it to the rules',
      ),
    ),
    ...notes.map((note) => warn(note, 'correct the file')),
  ];
};

const classifier: Look = () =>
  ['ANTHROPIC_API_KEY', 'ANTHROPIC_AUTH_TOKEN'].some((name) => process.env[name])
    ? [ok('a key is in the environment')]
    : [
        warn(
          'no key in the environment, so what no rule settles is asked about',
          'set ANTHROPIC_API_KEY where the host runs to have it judged',
        ),
      ];

const journal: Look = () => {
  const folder = stateFolder(process.env);
  if (folder === undefined) return [fail('the environment names no folder for it', 'set HOME')];
  if (!existsSync(folder)) return [ok(`${folder} (not there yet)`)];
  try {
    if (!statSync(folder).isDirectory()) return [fail(`${folder} is not a folder`, 'move it away')];
    accessSync(folder, constants.W_OK);
    const sessions = join(folder, 'sessions');
    return [ok(`${folder}, ${existsSync(sessions) ? readdirSync(sessions).length : 0} sessions`)];
  } catch {
    return [
      fail(`${folder} cannot be written`, 'correct its permissions; nothing is allowed while it cannot be written'),
    ];
  }
};

export const CHECKS: readonly { readonly name: string; readonly look: Look }[] = [
  { name: 'node', look: node },
  { name: 'built', look: built },
  { name: 'hook', look: hook },
  { name: 'host', look: host },
  { name: 'registered', look: registered },
  { name: 'examples', look: examples },
  { name: 'settings', look: settings },
  { name: 'classifier', look: classifier },
  { name: 'journal', look: journal },
];
