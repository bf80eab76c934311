// Owns the proof that what is shipped for installing says the same in every file, and works where nothing else is.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makePlugin, root, scratch } from './host-io/plugin.ts';

const json = (path: string) => JSON.parse(readFileSync(new URL(`../${path}`, import.meta.url), 'utf8'));

describe('the shipped files', () => {
  it('hook up the same events by copied settings as by the plugin', () => {
    const example = JSON.stringify(json('settings.example.json').hooks);
    const placeholder = '/REPLACE/WITH/THE/FOLDER/OF/greenlight';
    expect(example).toContain(placeholder);
    expect(JSON.parse(example.replaceAll(placeholder, '${CLAUDE_PLUGIN_ROOT}'))).toEqual(
      json('hooks/hooks.json').hooks,
    );
  });

  it('agree on name, version, description and licence', () => {
    const { name, version, description, license } = json('.claude-plugin/plugin.json');
    expect(json('package.json')).toMatchObject({ name, version, license });
    const [entry] = json('.claude-plugin/marketplace.json').plugins;
    expect(entry).toEqual({ name, source: './dist/plugin', description });
  });

  it('block a call when the deciding hook fails, and bound its time', () => {
    for (const { matcher, hooks } of json('hooks/hooks.json').hooks.PreToolUse) {
      expect(matcher).toBeUndefined();
      for (const hook of hooks) expect(hook).toMatchObject({ onFailure: 'block', timeout: expect.any(Number) });
    }
  });
});

describe('the folder for teams, copied to where nothing else is', () => {
  const copy = scratch('team');
  beforeAll(() => {
    const { folder, remove } = makePlugin();
    cpSync(join(folder, 'dist/plugin'), copy, { recursive: true });
    remove();
  }, 120_000);
  afterAll(() => rmSync(copy, { recursive: true, force: true }));

  it('is a plugin and a marketplace that names it', () => {
    const read = (path: string) => JSON.parse(readFileSync(join(copy, path), 'utf8'));
    expect(read('.claude-plugin/plugin.json')).toEqual(json('.claude-plugin/plugin.json'));
    expect(read('.claude-plugin/marketplace.json').plugins).toMatchObject([{ name: 'greenlight', source: './' }]);
    expect(readdirSync(copy).sort()).toEqual(['.claude-plugin', 'LICENSE', 'dist', 'hooks', 'package.json', 'skills']);
  });

  it('answers as a hook and as a command', () => {
    const event = { session_id: 's', cwd: copy, hook_event_name: 'PreToolUse', tool_name: 'Bash' };
    const env = { PATH: process.env.PATH, HOME: copy, CLAUDE_PLUGIN_DATA: join(copy, 'data') };
    const hook = spawnSync('node', [join(copy, 'hooks/launch.mjs'), 'PreToolUse'], {
      input: JSON.stringify({ ...event, tool_input: { command: `python3 -c 'print(1)'` } }),
      env,
      encoding: 'utf8',
    });
    expect(JSON.parse(hook.stdout)).toMatchObject({ hookSpecificOutput: { permissionDecision: 'allow' } });
    const check = spawnSync('node', [join(copy, 'dist/cli.cjs'), 'check', 'rm -rf ~', '--json'], {
      env,
      encoding: 'utf8',
    });
    expect(JSON.parse(check.stdout)).toMatchObject({ verdict: 'deny' });
  });
});

describe('the packed package, installed without a network', () => {
  const user = scratch('user');
  const installed = join(user, 'node_modules/greenlight');
  const run = (command: string, ...args: readonly string[]) =>
    spawnSync(command, args, {
      cwd: user,
      encoding: 'utf8',
      env: { ...process.env, XDG_STATE_HOME: join(user, 'state') },
    });

  beforeAll(() => {
    const { folder, remove } = makePlugin();
    for (const path of ['package.json', 'LICENSE', 'README.md', ...json('package.json').files])
      if (!/^(dist|hooks|!.*)$/.test(path)) cpSync(join(root, path), join(folder, path), { recursive: true });
    mkdirSync(join(user, 'packed'));
    writeFileSync(join(user, 'package.json'), '{ "private": true, "type": "module" }');
    const npm = ['--ignore-scripts', '--offline', '--no-audit', '--no-fund'];
    const packed = run('npm', 'pack', folder, '--pack-destination', join(user, 'packed'), ...npm);
    remove();
    expect(packed.status, packed.stderr).toBe(0);
    const [tarball = ''] = readdirSync(join(user, 'packed'));
    const added = run('npm', 'install', join(user, 'packed', tarball), ...npm);
    expect(added.status, added.stderr).toBe(0);
  }, 120_000);
  afterAll(() => rmSync(user, { recursive: true, force: true }));

  it('needs no other package', () => {
    expect(readdirSync(join(user, 'node_modules')).filter((name) => !name.startsWith('.'))).toEqual(['greenlight']);
  });

  it('judges as a library', () => {
    writeFileSync(
      join(user, 'use.mjs'),
      `import { assumedContext, assumedFacts, DEFAULT_POLICY, judgeCommand, machinery } from 'greenlight';
const context = assumedContext('/home/dev/project', DEFAULT_POLICY);
for (const command of ['ls -la', 'rm -rf ~'])
  console.log(judgeCommand(command, context, assumedFacts(context, {}), machinery).verdict.decision);`,
    );
    expect(run('node', 'use.mjs').stdout).toBe('allow\ndeny\n');
  });

  it('has types that stand alone', () => {
    writeFileSync(
      join(user, 'use.ts'),
      `import { judgeCommand, machinery, type Context, type FactSource, type Verdict } from 'greenlight';
export const verdict = (context: Context, facts: FactSource): Verdict =>
  judgeCommand('ls', context, facts, machinery).verdict;
// @ts-expect-error: a decision is one of four words, so types were found.
export const decision: 'maybe' = verdict.call(undefined, {} as Context, {} as FactSource).decision;`,
    );
    const compiler = join(root, 'node_modules/typescript/bin/tsc');
    const flags = ['--noEmit', '--strict', '--module', 'nodenext', '--skipLibCheck', 'false', '--types', ''];
    expect(run('node', compiler, ...flags, 'use.ts').stdout).toBe('');
  });

  it('answers as a command and as a hook', () => {
    const { stdout } = run(join(user, 'node_modules/.bin/greenlight'), 'check', 'rm -rf ~', '--json');
    expect(JSON.parse(stdout)).toMatchObject({ verdict: 'deny' });
    const event = { session_id: 's', cwd: user, hook_event_name: 'PreToolUse', tool_name: 'Bash' };
    const hook = spawnSync('node', [join(installed, 'hooks/launch.mjs'), 'PreToolUse'], {
      input: JSON.stringify({ ...event, tool_input: { command: 'ls' } }),
      env: { PATH: process.env.PATH, HOME: user, CLAUDE_PLUGIN_DATA: join(user, 'data') },
      encoding: 'utf8',
    });
    expect(JSON.parse(hook.stdout)).toMatchObject({ hookSpecificOutput: { permissionDecision: 'allow' } });
  });

  it('passes on the licences of what is in the bundles', () => {
    const licences = readFileSync(join(installed, 'dist/LICENCES.txt'), 'utf8');
    for (const name of ['unbash', 'zod', '@anthropic-ai/sdk', '@lezer/python', 'shell-quote'])
      expect(licences).toContain(`${name}: `);
  });
});
