// Proves what the person's own permission rules change about a verdict, on commands read by the whole engine.
import { describe, expect, it } from 'vitest';
import { readPermission } from '../../src/config/permission.ts';
import { permit } from '../../src/config/permit.ts';
import { assumedContext, assumedFacts } from '../../src/core/assumed.ts';
import { DEFAULT_POLICY } from '../../src/core/context.ts';
import { toolOf } from '../../src/hosts/claude-code-tools.ts';
import { machinery } from '../../src/machinery.ts';
import { judgeTool } from '../../src/tools/judge-tool.ts';

interface Rules {
  readonly allow?: readonly string[];
  readonly ask?: readonly string[];
  readonly deny?: readonly string[];
}

/** `links`: where paths really lead. */
function decide(
  name: string,
  input: Readonly<Record<string, unknown>>,
  rules: Rules,
  links: Readonly<Record<string, string>> = {},
  files: Readonly<Record<string, string>> = {},
): string {
  const context = assumedContext('/home/ada/app', DEFAULT_POLICY);
  const call = { name, tool: toolOf(name, input) };
  const judgement = judgeTool(call, context, assumedFacts(context, { files }), machinery);
  const read = (list: readonly string[] = []) =>
    list.map((text) => {
      const rule = readPermission(text, 'settings');
      if (rule === undefined) throw new Error(`${text} is not a rule`);
      return rule;
    });
  const permissions = { allow: read(rules.allow), ask: read(rules.ask), deny: read(rules.deny) };
  return permit(call, judgement, permissions, { context, realPath: (path) => links[path] ?? path }).decision;
}
const bash = (command: string, rules: Rules): string => decide('Bash', { command }, rules);

describe('an allow rule', () => {
  it.each<[string, string, string]>([
    ['Bash(acmectl status)', 'acmectl status', 'allow'],
    ['Bash(acmectl status)', 'acmectl status --all', 'classify'],
    ['Bash(acmectl status:*)', 'acmectl status --all', 'allow'],
    ['Bash(acmectl status *)', 'cd src && acmectl status && ls', 'allow'],
    ['Bash(acmectl status *)', 'timeout 5 acmectl status', 'allow'],
    ['Bash(acmectl status *)', 'if acmectl status; then echo up; fi', 'allow'],
    ['Bash(acmectl *)', 'acmectl status; other-tool run', 'classify'],
    ['Bash(acmectl *)', 'other-tool run | acmectl import -', 'classify'],
    ['Bash(acmectl *)', 'acmectl get "$(other-tool run)"', 'classify'],
    ['Bash(acmectl *)', 'acmectl get $NAME', 'classify'],
    ['Bash(acmectl *)', 'LD_PRELOAD=./x.so acmectl get', 'classify'],
    ['Bash(acmectl *)', 'cd /srv && acmectl get', 'classify'],
    ['Bash(acmectl get x)', "acmectl 'get x'", 'classify'],
    ['Bash(acmectl *)', 'acmectl get > /srv/shared/out.txt', 'classify'],
    ['Bash(acmectl *)', 'acmectl get > out.txt', 'allow'],
  ])('%s on %s: %s', (rule, command, expected) => {
    const decision = bash(command, { allow: [rule] });
    // What a rule does not cover stays as it was, and that is never an allow for these commands.
    expect(decision === 'allow' ? 'allow' : 'classify').toBe(expected);
    expect(bash(command, {})).not.toBe('allow');
  });

  it('needs every part covered, by whichever rule', () => {
    const command = 'acmectl get && other-tool run';
    expect(bash(command, { allow: ['Bash(acmectl *)'] })).not.toBe('allow');
    expect(bash(command, { allow: ['Bash(acmectl *)', 'Bash(other-tool run)'] })).toBe('allow');
  });

  it('does not cover root, other machines, or text that cannot be read', () => {
    for (const command of ['sudo acmectl get', 'ssh host acmectl get', 'acmectl get (', 'acmectl get $((']) {
      expect(bash(command, { allow: ['Bash(acmectl *)'] }), command).not.toBe('allow');
    }
  });

  it('never clears a hard finding', () => {
    expect(bash('rm -rf ~', { allow: ['Bash(rm *)', 'Bash(rm -rf ~)'] })).toBe('deny');
  });
});

describe('deny and ask rules', () => {
  it('hold for every command in a call, also inside others', () => {
    for (const command of ['ls src', 'cd src; ls -la', 'bash -c "ls -a"', 'echo $(ls -a)', 'find . | xargs ls -a'])
      expect(bash(command, { deny: ['Bash(ls *)'] }), command).toBe('deny');
    expect(bash('lsof', { deny: ['Bash(ls *)'] })).not.toBe('deny');
    expect(bash('echo ls', { deny: ['Bash(ls *)'] })).toBe('allow');
  });

  it('deny beats ask beats allow; ask makes no denial milder', () => {
    expect(bash('ls', { deny: ['Bash(ls)'], ask: ['Bash'], allow: ['Bash(ls)'] })).toBe('deny');
    expect(bash('ls', { ask: ['Bash(ls)'], allow: ['Bash(ls)'] })).toBe('ask');
    expect(bash('acmectl', { ask: ['Bash(acmectl)'], allow: ['Bash(acmectl)'] })).toBe('ask');
    expect(bash('rm -rf ~', { ask: ['Bash(rm *)'] })).toBe('deny');
  });
});

describe('rules for other tools', () => {
  const write = (file_path: string, rules: Rules, links?: Readonly<Record<string, string>>): string =>
    decide('Write', { file_path, content: 'x' }, rules, links);

  it('Edit rules hold for writing, by path and by where links lead', () => {
    expect(write('/srv/docs/a.md', {})).not.toBe('allow');
    expect(write('/srv/docs/a.md', { allow: ['Edit(//srv/docs/**)'] })).toBe('allow');
    expect(write('/srv/docs/a.md', { allow: ['Edit(//srv/docs/**)'] }, { '/srv/docs/a.md': '/etc/passwd' })).not.toBe(
      'allow',
    );
    expect(write('/home/ada/app/src/a.ts', { deny: ['Edit(/src/**)'] })).toBe('deny');
    expect(
      write('/home/ada/app/alias', { deny: ['Edit(/src/**)'] }, { '/home/ada/app/alias': '/home/ada/app/src/a.ts' }),
    ).toBe('deny');
  });

  it('Read, WebFetch, Agent and MCP rules', () => {
    expect(decide('Read', { file_path: '/home/ada/app/x.txt' }, { deny: ['Read(./x.txt)'] })).toBe('deny');
    expect(
      decide('WebFetch', { url: 'https://a.example/x', prompt: 'p' }, { deny: ['WebFetch(domain:a.example)'] }),
    ).toBe('deny');
    expect(
      decide('WebFetch', { url: 'https://b.example/x', prompt: 'p' }, { deny: ['WebFetch(domain:a.example)'] }),
    ).not.toBe('deny');
    expect(
      decide('Agent', { subagent_type: 'deployer', prompt: 'p', description: 'd' }, { deny: ['Agent(deployer)'] }),
    ).toBe('deny');
    expect(
      decide('Agent', { subagent_type: 'reader', prompt: 'p', description: 'd' }, { deny: ['Agent(deployer)'] }),
    ).not.toBe('deny');
    const mcp = (rule: string): string => decide('mcp__tracker__list_issues', {}, { allow: [rule] });
    expect(mcp('mcp__tracker__list_issues')).toBe('allow');
    expect(mcp('mcp__tracker')).toBe('allow');
    expect(mcp('mcp__tracker__*')).toBe('allow');
    expect(mcp('mcp__tracker__list_*')).toBe('allow');
    expect(mcp('mcp__track')).not.toBe('allow');
    expect(mcp('mcp__tracker__list')).not.toBe('allow');
  });

  it('a question to the person stays one', () => {
    expect(decide('AskUserQuestion', { questions: [] }, { allow: ['AskUserQuestion'] })).toBe('ask');
  });
});
