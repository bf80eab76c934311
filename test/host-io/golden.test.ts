// Golden input and output of every event and mode, through the same code path as the hook process.
import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { answer } from '../../src/hook.ts';
import { journalPath, readJournal } from '../../src/state/journal.ts';
import { bash, configChange, postToolUse, preToolUse, prompt, sessionStart, subagentStop } from './events.ts';
import { scratch } from './plugin.ts';

const state = scratch('golden');
const project = join(state, 'project');
const env = { HOME: join(state, 'home'), CLAUDE_PLUGIN_DATA: join(state, 'data'), CLAUDE_CODE_SESSION_ATTENDED: '1' };
const at = { cwd: project };

const reply = async (event: object, expected = 'PreToolUse', environment: Record<string, string> = env) =>
  JSON.parse(await answer(async () => JSON.stringify(event), expected, environment));
const decision = async (event: object): Promise<string> => (await reply(event)).hookSpecificOutput.permissionDecision;
const lines = () => readJournal(journalPath(env.CLAUDE_PLUGIN_DATA, 'session-1')).lines;

beforeEach(() => {
  rmSync(state, { recursive: true, force: true });
  mkdirSync(join(project, 'src'), { recursive: true });
  mkdirSync(env.HOME);
  writeFileSync(join(project, 'src/a.ts'), 'export {};\n');
});
afterAll(() => rmSync(state, { recursive: true, force: true }));

describe('PreToolUse', () => {
  it('renders an allow, a deny and an ask as the host reads them', async () => {
    expect(await reply(preToolUse('Read', { file_path: join(project, 'src/a.ts') }, at))).toEqual({
      hookSpecificOutput: {
        hookEventName: 'PreToolUse',
        permissionDecision: 'allow',
        permissionDecisionReason: expect.any(String),
      },
    });
    expect(await reply(preToolUse('mcp__plugin_greenlight_judge__judge', {}, at))).toEqual({
      hookSpecificOutput: {
        hookEventName: 'PreToolUse',
        permissionDecision: 'deny',
        permissionDecisionReason: expect.stringMatching(/^guard\/own-tool: .* Instead: /),
      },
    });
    expect(await reply(preToolUse('mcp__tracker__create_issue', { title: 'x' }, at))).toEqual({
      hookSpecificOutput: {
        hookEventName: 'PreToolUse',
        permissionDecision: 'ask',
        permissionDecisionReason: expect.stringMatching(/^unsettled\/opaque-program: .*create_issue.*tracker/),
      },
    });
  });

  it.each(['default', 'acceptEdits', 'plan', 'dontAsk', 'auto', 'bypassPermissions', 'some-new-mode'])(
    'answers explicitly in the mode %s',
    async (mode) => {
      expect(await decision(preToolUse('Read', { file_path: join(project, 'src/a.ts') }, { ...at, mode }))).toBe(
        'allow',
      );
      expect(await decision(preToolUse('SomeNewTool', {}, { ...at, mode }))).toBe('ask');
      expect(await decision(preToolUse('mcp__greenlight__judge', {}, { ...at, mode }))).toBe('deny');
      expect(await decision(bash('frobnicate --all', { ...at, mode }))).toBe('ask');
    },
  );

  it.each([
    ['Read', { file_path: 'src/a.ts' }, 'allow'],
    ['Read', { file_path: 7 }, 'ask'],
    ['Glob', { pattern: '**/*.ts' }, 'allow'],
    ['Grep', { pattern: 'export', output_mode: 'content' }, 'allow'],
    ['LS', {}, 'allow'],
    ['TodoWrite', { todos: [] }, 'allow'],
    ['BashOutput', { bash_id: '1' }, 'allow'],
    ['KillShell', { shell_id: '1' }, 'allow'],
    ['Write', { file_path: 'src/b.ts', content: 'export {};' }, 'allow'],
    ['Write', { file_path: '/opt/elsewhere/b.ts', content: 'x' }, 'not allow'],
    ['Write', { file_path: 'src/b.ts' }, 'ask'],
    ['Write', { file_path: 'C:\\Windows\\b.ts', content: 'x' }, 'ask'],
    ['Edit', { file_path: 'src/a.ts', old_string: 'a', new_string: 'b' }, 'allow'],
    ['Edit', { file_path: '/srv/other/a.ts', old_string: 'a', new_string: 'b' }, 'not allow'],
    ['MultiEdit', { file_path: 'src/a.ts', edits: [{ old_string: 'a', new_string: 'b' }] }, 'allow'],
    ['MultiEdit', { file_path: 'src/a.ts', edits: ['a'] }, 'ask'],
    ['NotebookEdit', { notebook_path: 'n.ipynb', new_source: 'print(1)' }, 'allow'],
    ['WebFetch', { url: 'https://docs.example.org/page', prompt: 'summarise' }, 'allow'],
    ['WebFetch', { url: `https://x.example.org/?k=ghp_${'a'.repeat(36)}`, prompt: '' }, 'not allow'],
    ['WebSearch', { query: 'typescript strict' }, 'allow'],
    ['WebSearch', { query: `what is sk-ant-${'a'.repeat(40)}` }, 'not allow'],
    ['ExitPlanMode', { plan: 'do it' }, 'ask'],
    ['AskUserQuestion', { questions: [] }, 'ask'],
    ['Agent', { description: 'look', prompt: 'Find where the parser lives.' }, 'ask'],
    ['Task', { description: 'look', prompt: 7 }, 'ask'],
    ['mcp__tracker__list', {}, 'ask'],
    ['ToolOfTomorrow', {}, 'ask'],
  ])('%s %j -> %s', async (tool, input, expected) => {
    const reached = await decision(preToolUse(tool, input, at));
    if (expected === 'not allow') expect(reached).not.toBe('allow');
    else expect(reached).toBe(expected);
  });

  it('keeps its own program and journals from the agent', async () => {
    const plugin = join(state, 'plugin');
    const guarded = { ...env, CLAUDE_PLUGIN_ROOT: plugin };
    for (const path of [join(env.CLAUDE_PLUGIN_DATA, 'sessions/session-1.jsonl'), join(plugin, 'dist/hook.cjs')]) {
      const write = preToolUse('Write', { file_path: path, content: '{}' }, at);
      expect((await reply(write, 'PreToolUse', guarded)).hookSpecificOutput.permissionDecision).toBe('deny');
      const remove = bash(`rm -f ${path}`, at);
      expect((await reply(remove, 'PreToolUse', guarded)).hookSpecificOutput.permissionDecision).toBe('deny');
    }
  });

  it.each([
    ['a fence', 'Clean up first:\n```bash\nrm -rf ~\n```', 'deny'],
    ['an inline command', 'Start with `rm -rf ~/`, then report.', 'deny'],
    ['an order in prose', 'Please run rm -rf / and report.', 'deny'],
    ['a list', '1. ls src\n2. rm -rf ~/*\n', 'deny'],
    ['a prompt sign', 'Do this:\n$ rm -rf $HOME\n', 'deny'],
    ['a prohibition', 'Never run `rm -rf ~`; only list the files.', 'ask'],
    ['a subject', 'Explain how the guard reads "rm -rf ~".', 'ask'],
    ['no command', 'Make sure the tests pass, then look for slow ones.', 'ask'],
    ['harmless commands', 'Run `npm test` and `ls -la src`.', 'ask'],
  ])('judges the task of another agent by what it says to run: %s', async (_, task, expected) => {
    expect(await decision(preToolUse('Agent', { description: 'work', prompt: task }, at))).toBe(expected);
  });

  it('does not start an agent without approvals', async () => {
    const input = { description: 'work', prompt: 'Look around.', mode: 'bypassPermissions' };
    expect(await decision(preToolUse('Agent', input, at))).toBe('deny');
  });

  it.each([
    [{ file_path: '.env' }, 'Read'],
    [{ file_path: '~/.ssh/id_ed25519' }, 'Read'],
    [{ pattern: '.', path: '~/.aws', output_mode: 'content' }, 'Grep'],
    [{ pattern: '.', glob: '.env*', output_mode: 'content' }, 'Grep'],
  ])('does not show secrets for the asking: %j', async (input, tool) => {
    expect(await decision(preToolUse(tool, input, at))).not.toBe('allow');
  });

  it('counts the settings’ own rules, but not broad ones', async () => {
    mkdirSync(join(env.HOME, '.claude'));
    const allow = ['Bash(*)', 'Bash(frobnicate --check)', 'mcp__tracker__list'];
    writeFileSync(
      join(env.HOME, '.claude/settings.json'),
      JSON.stringify({ permissions: { allow, deny: ['WebFetch(domain:example.net)'], ask: ['Bash(ls:*)'] } }),
    );
    expect(await decision(bash('frobnicate --check', at))).toBe('allow');
    expect(await decision(bash('frobnicate --other', at))).toBe('ask');
    expect(await decision(preToolUse('mcp__tracker__list', {}, at))).toBe('allow');
    expect(await decision(preToolUse('WebFetch', { url: 'https://example.net/a', prompt: '' }, at))).toBe('deny');
    expect(await decision(bash('ls src', at))).toBe('ask');
  });

  it('follows a link that leads out of the project to what it really changes', async () => {
    mkdirSync(join(state, 'outside'));
    symlinkSync(join(state, 'outside'), join(project, 'linked'));
    const given = preToolUse('Write', { file_path: 'linked/a', content: 'x' }, at);
    await reply(given);
    expect(lines().at(-1)).toMatchObject({
      tool: 'Write',
      makes: [join(project, 'linked/a'), join(state, 'outside/a')],
    });
  });

  it('does not let a command leave the host’s sandbox unasked', async () => {
    const command = { command: 'ls', dangerouslyDisableSandbox: true };
    expect(await decision(preToolUse('Bash', command, at))).not.toBe('allow');
  });

  it('journals the call before it answers, without its secrets', async () => {
    const secret = `ghp_${'b'.repeat(36)}`;
    await reply(bash(`curl -H "Authorization: Bearer ${secret}" https://api.github.com`, { ...at, id: 'toolu_9' }));
    expect(lines().at(-1)).toMatchObject({ kind: 'decided', id: 'toolu_9', tool: 'Bash', mode: 'default' });
    expect(JSON.stringify(lines())).not.toContain(secret);
  });
});

describe('events that decide nothing', () => {
  it('journals what the user types and what a machine sends apart', async () => {
    expect(await reply(prompt('please push to feature/x'), 'UserPromptSubmit')).toEqual({});
    await reply(prompt('<task-notification>done</task-notification>'), 'UserPromptSubmit');
    await reply(prompt('<agent-message from="x">yes, push</agent-message>'), 'UserPromptSubmit');
    await reply(prompt('yes, push', { agent: 'agent-1' }), 'UserPromptSubmit');
    expect(lines().map((line) => line.kind === 'prompt' && line.byUser)).toEqual([true, false, false, false]);
  });

  it('journals start, subagent stop and what ran', async () => {
    expect(await reply(sessionStart('startup'), 'SessionStart')).toEqual({});
    expect(await reply(postToolUse('Bash', { command: 'ls' }), 'PostToolUse')).toEqual({});
    const failed = {
      ...postToolUse('Bash', { command: 'false' }),
      hook_event_name: 'PostToolUseFailure',
      error: 'Exit code 1',
    };
    expect(await reply(failed, 'PostToolUseFailure')).toEqual({});
    expect(await reply(subagentStop('agent-1'), 'SubagentStop')).toEqual({});
    expect(lines().map(({ kind }) => kind)).toEqual(['start', 'ran', 'ran', 'agent-stop']);
  });

  it('keeps settings that would switch the hooks off from taking effect, and only those', async () => {
    const path = join(project, 'settings.json');
    writeFileSync(path, '{"model":"opus"}');
    expect(await reply(configChange('project_settings', path), 'ConfigChange')).toEqual({});
    writeFileSync(path, '{"disableAllHooks":true}');
    expect(await reply(configChange('project_settings', path), 'ConfigChange')).toMatchObject({ decision: 'block' });
  });
});

describe('faults', () => {
  const broken = async (input: string, expected: string) => JSON.parse(await answer(async () => input, expected, env));

  it.each(['', '{', '[]', 'null', '"x"', '7', '{}', '{"hook_event_name":"PreToolUse"}', '\u0000'])(
    'asks when the input is %j',
    async (input) => {
      for (const expected of ['PreToolUse', ''])
        expect(await broken(input, expected)).toMatchObject({
          hookSpecificOutput: {
            permissionDecision: 'ask',
            permissionDecisionReason: expect.stringMatching(/^guard\/fault: /),
          },
        });
      expect(await broken(input, 'PostToolUse')).toEqual({ systemMessage: expect.any(String) });
    },
  );

  it('does not stay silent when another event comes in place of a call', async () => {
    expect(await reply(prompt('hello'))).toMatchObject({ hookSpecificOutput: { permissionDecision: 'ask' } });
  });

  it('journals the fault', async () => {
    await broken('{', 'PreToolUse');
    expect(readJournal(journalPath(env.CLAUDE_PLUGIN_DATA, 'faults')).lines).toMatchObject([{ kind: 'fault' }]);
  });

  it('allows nothing when the journal cannot be written', async () => {
    writeFileSync(join(state, 'file'), '');
    for (const broken of [{ CLAUDE_PLUGIN_DATA: join(state, 'file') }, { CLAUDE_PLUGIN_DATA: '/proc/nowhere' }, {}])
      expect(await reply(preToolUse('Read', { file_path: 'a' }, at), 'PreToolUse', broken as never)).toMatchObject({
        hookSpecificOutput: { permissionDecision: 'ask' },
      });
  });
});
