// Proves which settings are in force when real settings files say different things.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { loadSettings } from '../../src/config/load.ts';
import type { Settings } from '../../src/config/merge.ts';
import { DEFAULT_POLICY } from '../../src/core/context.ts';
import { rules } from '../../src/rules/index.ts';

const USER = 'home/.claude/settings.json';
const PROJECT = 'project/.claude/settings.json';
const LOCAL = 'project/.claude/settings.local.json';
const MANAGED = 'managed/managed-settings.json';

function load(files: Readonly<Record<string, unknown>>): Settings {
  const base = mkdtempSync(join(tmpdir(), 'config-'));
  onTestFinished(() => rmSync(base, { recursive: true, force: true }));
  mkdirSync(join(base, 'project'));
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(base, path)), { recursive: true });
    writeFileSync(join(base, path), typeof content === 'string' ? content : JSON.stringify(content));
  }
  return loadSettings(join(base, 'project'), { HOME: join(base, 'home') }, join(base, 'managed'));
}

describe('policy', () => {
  it('without any file is the default', () => {
    expect(load({})).toEqual({
      policy: DEFAULT_POLICY,
      permissions: { allow: [], ask: [], deny: [] },
      prose: { environment: [], allow: [], soft_deny: [], hard_deny: [] },
      setAside: [],
      enabledIn: [],
      hooksOffIn: [],
      notes: [],
    });
  });

  it('of the organisation counts before that of the user, lists are joined', () => {
    const { policy, notes } = load({
      [MANAGED]: { greenlight: { pushToDefault: 'ask', domains: ['a.example'] } },
      'managed/managed-settings.d/10-first.json': { greenlight: { domains: ['b.example'] } },
      [USER]: { greenlight: { pushToDefault: 'allow', domains: ['a.example', 'c.example'], buckets: ['gs://x'] } },
    });
    expect(policy).toMatchObject({ pushToDefault: 'ask', buckets: ['gs://x'] });
    expect([...policy.domains].sort()).toEqual(['a.example', 'b.example', 'c.example']);
    expect(notes).toEqual([]);
  });

  it.each([PROJECT, LOCAL])('of a repository only tightens: %s', (file) => {
    const loose = load({
      [file]: { greenlight: { pushToDefault: 'allow', domains: ['evil.example'], services: ['x'] } },
    });
    expect(loose.policy).toEqual(DEFAULT_POLICY);
    expect(loose.notes.join('\n')).toMatch(/domains ignored[\s\S]*services ignored[\s\S]*pushToDefault ignored/);
    const strict = load({
      [USER]: { greenlight: { pushToDefault: 'allow' } },
      [file]: { greenlight: { pushToDefault: 'ask' } },
    });
    expect(strict.policy.pushToDefault).toBe('ask');
  });

  it('a repository makes a rule stricter and never milder', () => {
    const rule = rules.find(({ tier }) => tier === 'soft');
    if (rule === undefined) throw new Error('no soft rule to test with');
    const setting = (user: string | undefined, project: string): string | undefined =>
      load({
        ...(user === undefined ? {} : { [USER]: { greenlight: { rules: { [rule.id]: user } } } }),
        [PROJECT]: { greenlight: { rules: { [rule.id]: project } } },
      }).policy.rules[rule.id];
    expect(setting(undefined, 'hard')).toBe('hard');
    expect(setting(undefined, 'off')).toBeUndefined();
    expect(setting(undefined, 'ask')).toBeUndefined();
    expect(setting('off', 'ask')).toBe('ask');
    expect(setting('hard', 'soft')).toBe('hard');
  });

  it('what has another shape is noted and left out', () => {
    const { policy, permissions, notes } = load({
      [USER]: {
        permissions: { allow: ['Bash(npm test)', 7], deny: 'Bash' },
        greenlight: {
          pushToDefault: 'yes',
          domains: 'a.example',
          rules: { 'x/y': 'sometimes', 'no/such': 'ask' },
          speling: 1,
        },
      },
    });
    expect(policy).toEqual({ ...DEFAULT_POLICY, rules: { 'no/such': 'ask' } });
    expect(permissions.allow.map(({ text }) => text)).toEqual(['Bash(npm test)']);
    for (const word of [
      'permissions.allow',
      'permissions.deny',
      'pushToDefault',
      'domains',
      'x/y',
      'no/such',
      'speling',
    ])
      expect(notes.join('\n')).toContain(word);
  });

  it.each(['', '{', '[]', 'null', '"x"', '{"permissions":[]}'])(
    'a file with %j counts for nothing and is noted',
    (text) => {
      const { policy, permissions, notes } = load({ [USER]: text });
      expect(policy).toEqual(DEFAULT_POLICY);
      expect(permissions.allow).toEqual([]);
      expect(notes).toHaveLength(1);
    },
  );
});

describe('permissions', () => {
  it('of a repository tighten; its allow rules are set aside', () => {
    const { permissions, setAside } = load({
      [PROJECT]: { permissions: { allow: ['Bash(npm test)'], ask: ['Bash(git push *)'], deny: ['Read(./.env)'] } },
      [LOCAL]: { permissions: { allow: ['Bash(make)'] } },
    });
    expect(permissions.allow).toEqual([]);
    expect(permissions.ask.map(({ text }) => text)).toEqual(['Bash(git push *)']);
    expect(permissions.deny.map(({ text }) => text)).toEqual(['Read(./.env)']);
    expect(setAside.map(({ rule }) => rule)).toEqual(['Bash(npm test)', 'Bash(make)']);
  });

  it('broad allow rules are set aside with the reason, narrow ones count', () => {
    const { permissions, setAside } = load({
      [USER]: { permissions: { allow: ['Bash(*)', 'Bash(npm test)', 'Agent'] } },
    });
    expect(permissions.allow.map(({ text }) => text)).toEqual(['Bash(npm test)']);
    expect(setAside.map(({ rule }) => rule)).toEqual(['Bash(*)', 'Agent']);
    for (const { because } of setAside) expect(because).not.toBe('');
  });

  it('where the organisation wants it, only managed allow rules count', () => {
    const { permissions, setAside } = load({
      [MANAGED]: { allowManagedPermissionRulesOnly: true, permissions: { allow: ['Bash(make build)'] } },
      [USER]: {
        permissions: { allow: ['Bash(npm test)'], deny: ['Bash(rm *)'] },
        allowManagedPermissionRulesOnly: false,
      },
    });
    expect(permissions.allow.map(({ text }) => text)).toEqual(['Bash(make build)']);
    expect(setAside.map(({ rule }) => rule)).toEqual(['Bash(npm test)']);
    expect(permissions.deny).toHaveLength(1);
  });
});

it('what enables the plugin and what switches hooks off is found in every scope', () => {
  const hook = { type: 'command', command: 'node', args: ['/opt/greenlight/hooks/launch.mjs', 'PreToolUse'] };
  const { enabledIn, hooksOffIn } = load({
    [MANAGED]: { hooks: { PreToolUse: [{ hooks: [hook] }] } },
    [USER]: { enabledPlugins: { 'greenlight@market': true } },
    [PROJECT]: { disableAllHooks: true, enabledPlugins: { 'greenlight@market': false, other: true } },
  });
  expect(enabledIn.map((path) => path.split('/').at(-1))).toEqual(['managed-settings.json', 'settings.json']);
  expect(hooksOffIn).toHaveLength(1);
});

it('in the home folder the user settings stay those of the user', () => {
  const home = mkdtempSync(join(tmpdir(), 'config-'));
  onTestFinished(() => rmSync(home, { recursive: true, force: true }));
  mkdirSync(join(home, '.claude'));
  writeFileSync(join(home, '.claude/settings.json'), JSON.stringify({ permissions: { allow: ['Bash(npm test)'] } }));
  const { permissions, setAside } = loadSettings(home, { HOME: home }, join(home, 'managed'));
  expect([permissions.allow.length, setAside]).toEqual([1, []]);
});

it('descriptions for the classifier come from user and organisation alone', () => {
  const { prose } = load({
    [MANAGED]: { autoMode: { hard_deny: ['no uploads'] } },
    [USER]: { autoMode: { environment: ['$defaults', 'our bucket'], allow: ['deploys to staging'] } },
    [PROJECT]: { autoMode: { allow: ['everything'] } },
  });
  expect(prose).toEqual({
    environment: ['$defaults', 'our bucket'],
    allow: ['deploys to staging'],
    soft_deny: [],
    hard_deny: ['no uploads'],
  });
});
