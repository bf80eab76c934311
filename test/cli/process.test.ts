// Proves the command line as a process: exit codes, streams, the built hook through try and doctor.
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };

const sources = fileURLToPath(new URL('../..', import.meta.url));
const base = mkdtempSync(join(tmpdir(), 'greenlight-cli-'));
const root = join(base, 'greenlight');
const home = join(base, 'home');

/** The package as it is installed, built from the sources as they are now. */
beforeAll(() => {
  mkdirSync(root);
  mkdirSync(home);
  for (const name of ['package.json', 'hooks', '.claude-plugin'])
    cpSync(join(sources, name), join(root, name), { recursive: true });
  execFileSync(process.execPath, [join(sources, '.build/build.mjs'), join(root, 'dist')]);
}, 60_000);
afterAll(() => rmSync(base, { recursive: true, force: true }));

function greenlight(
  args: readonly string[],
  options: { input?: string; cwd?: string; env?: Record<string, string> } = {},
) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(root, 'dist/cli.cjs'), ...args], {
    encoding: 'utf8',
    input: options.input ?? '',
    cwd: options.cwd ?? home,
    env: { PATH: process.env.PATH ?? '', HOME: home, ...options.env },
    timeout: 60_000,
  });
  return { status, stdout, stderr };
}

describe('check', () => {
  it.each<[string, readonly string[], number]>([
    ['allow', ['check', 'ls'], 0],
    ['deny', ['check', 'rm -rf ~'], 1],
    ['unsettled', ['check', 'acmectl up'], 3],
    ['two commands', ['check', 'ls', 'pwd'], 2],
    ['an unknown flag', ['check', '--loud', 'ls'], 2],
    ['an unknown verb', ['chek', 'ls'], 2],
    ['no verb', [], 2],
  ])('%s', (_, args, status) => {
    const result = greenlight(args);
    expect(result.status).toBe(status);
    expect(result.stderr === '').toBe(status !== 2);
    expect(result.stdout === '').toBe(status === 2);
  });

  it('reads standard input', () => {
    expect(greenlight(['check', '-'], { input: 'rm -rf ~\n' }).status).toBe(1);
    expect(greenlight(['check'], { input: 'ls\n' }).status).toBe(0);
    expect(greenlight(['check', 'ls'], { input: 'rm -rf ~\n' }).status).toBe(0);
  });

  it('prints JSON, and no colours into a pipe', () => {
    const command = 'ls; rm -rf ~';
    const { verdict, rule, span } = JSON.parse(greenlight(['check', '--json', command]).stdout);
    expect(verdict).toBe('deny');
    expect('rm -rf ~').toContain(command.slice(span.start, span.end));
    expect(rule).toMatch(/^files\//);
    expect(greenlight(['check', 'rm -rf ~']).stdout).not.toContain('\u001b');
  });
});

it('says its version, and helps with examples for every verb', () => {
  expect(greenlight(['--version']).stdout).toBe(`${manifest.version}\n`);
  const help = greenlight(['--help']);
  expect(help.status).toBe(0);
  const verbs = [...help.stdout.matchAll(/^ {2}([a-z]+) .* {2}\S/gm)].map(([, verb]) => verb ?? '');
  expect(verbs).toEqual(
    expect.arrayContaining(['check', 'explain', 'eval', 'try', 'doctor', 'rules', 'defaults', 'hook']),
  );
  for (const verb of verbs) expect(greenlight([verb, '--help']).stdout).toMatch(/Examples:\n {2}\S/);
});

it('a reader that closes early is no error', () => {
  const file = join(base, 'rows.jsonl');
  writeFileSync(file, `${JSON.stringify({ id: 'x', command: 'ls' })}\n`.repeat(20_000));
  const command = `'${process.execPath}' '${join(root, 'dist/cli.cjs')}' eval --json '${file}' | head -1; echo "\${PIPESTATUS[0]}"`;
  const { stdout, stderr } = spawnSync('bash', ['-c', command], { encoding: 'utf8' });
  expect(stderr).toBe('');
  expect(stdout.trim().split('\n').at(-1)).toBe('0');
});

it('hook answers an event', () => {
  const event = {
    hook_event_name: 'PreToolUse',
    session_id: 's',
    cwd: home,
    tool_name: 'Bash',
    tool_input: { command: 'ls' },
  };
  const { stdout, status } = greenlight(['hook'], { input: JSON.stringify(event) });
  expect(status).toBe(0);
  expect(JSON.parse(stdout).hookSpecificOutput.permissionDecision).toBe('allow');
});

it('try shows every event judged as expected', () => {
  const { stdout, stderr, status } = greenlight(['try', '--json']);
  expect(stderr).toBe('');
  expect(status).toBe(0);
  const lines = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(lines).toHaveLength(12);
  for (const { verdict, rule, reason, span, command } of lines) {
    expect(rule, command).toMatch(/^[a-z]+\//);
    if (verdict !== 'allow') expect([reason !== '', span !== null], command).toEqual([true, true]);
  }
});

describe('doctor', () => {
  const findings = (env?: Record<string, string>) => {
    const { stdout, status } = greenlight(['doctor', '--json'], env ? { env } : {});
    const lines = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { name: string; state: string; detail: string });
    return { status, of: (name: string) => lines.filter((line) => line.name === name) };
  };

  it('finds a sound installation sound', () => {
    const { of } = findings();
    for (const name of ['node', 'built', 'hook', 'examples', 'journal'])
      expect(of(name).map(({ state, detail }) => `${state} ${detail}`)).toEqual([expect.stringMatching(/^ok /)]);
  });

  it('lists broad allow rules, and never prints a key', () => {
    mkdirSync(join(home, '.claude'), { recursive: true });
    writeFileSync(
      join(home, '.claude/settings.json'),
      JSON.stringify({ permissions: { allow: ['Bash(*)', 'Bash(npm test)'] } }),
    );
    const { of } = findings({ ANTHROPIC_API_KEY: 'key-that-must-not-show' });
    expect(
      of('settings')
        .filter(({ state }) => state === 'warn')
        .map(({ detail }) => detail),
    ).toEqual([expect.stringMatching(/^Bash\(\*\) in .* is set aside: /)]);
    expect(of('classifier')).toMatchObject([{ state: 'ok' }]);
    expect(greenlight(['doctor'], { env: { ANTHROPIC_API_KEY: 'key-that-must-not-show' } }).stdout).not.toContain(
      'must-not-show',
    );
  });

  it.each([
    ['an old host', '2.1.100 (Claude Code)', 'fail'],
    ['a new host that takes the plugin', '2.1.329 (Claude Code)', 'ok'],
  ])('%s', (_, version, state) => {
    const bin = join(base, `bin-${state}`);
    mkdirSync(bin);
    writeFileSync(join(bin, 'claude'), `#!/bin/sh\n[ "$1" = --version ] && echo '${version}'\nexit 0\n`, {
      mode: 0o755,
    });
    symlinkSync(process.execPath, join(bin, 'node'));
    const { status, of } = findings({ PATH: `${bin}:${process.env.PATH}` });
    expect(of('host')).toMatchObject([{ state }]);
    if (state === 'fail') expect(status).toBe(1);
  });

  it('fails when the hook is not built, or hooks are off', () => {
    writeFileSync(join(home, '.claude/settings.json'), JSON.stringify({ disableAllHooks: true }));
    rmSync(join(root, 'dist/hook.cjs'));
    const { status, of } = findings();
    expect(status).toBe(1);
    expect(of('built')).toMatchObject([{ state: 'fail' }]);
    expect(of('registered')).toMatchObject([{ state: 'fail' }]);
    const tried = greenlight(['try']);
    expect([tried.status, tried.stdout]).toEqual([2, '']);
  });
});
