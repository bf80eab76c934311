// The journal under many real hook processes at once, killed ones among them, and denial limits over restarts.
import { spawn } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { fold } from '../../src/state/session.ts';
import { bash, postToolUse, preToolUse, prompt } from '../host-io/events.ts';
import { type Ended, journals, makePlugin, type Plugin, registered, runHook, scratch } from '../host-io/plugin.ts';

const state = scratch('processes');
const data = join(state, 'data');
const project = join(state, 'project');
const env = { HOME: join(state, 'home'), CLAUDE_PLUGIN_DATA: data };
const at = { cwd: project };
let plugin: Plugin;

beforeAll(() => {
  plugin = makePlugin();
}, 60_000);
beforeEach(() => {
  rmSync(state, { recursive: true, force: true });
  mkdirSync(project, { recursive: true });
});
afterAll(() => {
  plugin.remove();
  rmSync(state, { recursive: true, force: true });
});

/** At most `width` at a time. */
async function inParallel<T>(count: number, width: number, work: (index: number) => Promise<T>): Promise<T[]> {
  const results: T[] = [];
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let index = next++; index < count; index = next++) results[index] = await work(index);
  };
  await Promise.all(Array.from({ length: width }, worker));
  return results;
}

describe('many processes', () => {
  it('two hundred at once lose no line', async () => {
    const long = 'x'.repeat(6_000);
    const ended = await inParallel(200, 16, (index) =>
      runHook(
        plugin,
        'PreToolUse',
        JSON.stringify(preToolUse('TodoWrite', { todos: [long] }, { id: `t${index}` })),
        env,
      ),
    );
    expect(ended.filter(({ code, stdout }) => code !== 0 || !stdout.includes('"allow"'))).toEqual([]);
    const { lines, skipped } = journals(data);
    expect(skipped).toBe(0);
    expect(new Set(lines.map((line) => line.kind === 'decided' && line.id))).toHaveLength(200);
  }, 120_000);

  it('killed ones leave a journal that can be read and written', async () => {
    await inParallel(24, 8, async (index) => {
      const { command, args } = registered(plugin, 'PreToolUse');
      const child = spawn(command, args, {
        env: { PATH: process.env.PATH ?? '', ...env },
        stdio: ['pipe', 'ignore', 'ignore'],
      });
      child.stdin.on('error', () => undefined);
      child.stdin.end(JSON.stringify(preToolUse('TodoWrite', {}, { id: `k${index}` })));
      const closed = new Promise((resolve) => child.on('close', resolve));
      setTimeout(() => child.kill('SIGKILL'), 20 + index * 8);
      await closed;
    });
    await runHook(plugin, 'PreToolUse', JSON.stringify(preToolUse('TodoWrite', {}, { id: 'last' })), env);
    const { lines } = journals(data);
    expect(lines.at(-1)).toMatchObject({ kind: 'decided', id: 'last' });
  }, 60_000);
});

describe('denial limits over processes that share nothing but the journal', () => {
  const denied = (id: string, more: Record<string, string> = {}): Promise<Ended> =>
    runHook(plugin, 'PreToolUse', JSON.stringify(bash('rm -rf --no-preserve-root /srv', { ...at, id })), {
      ...env,
      ...more,
    });
  const own = (id: string, more: Record<string, string>): Promise<Ended> =>
    runHook(plugin, 'PreToolUse', JSON.stringify(preToolUse('mcp__greenlight__judge', {}, { ...at, id })), {
      ...env,
      ...more,
    });
  const answerOf = ({ stdout }: Ended) => JSON.parse(stdout);
  const decisionOf = (ended: Ended): string => answerOf(ended).hookSpecificOutput.permissionDecision;
  const attended = { CLAUDE_CODE_SESSION_ATTENDED: '1' };
  const unattended = { CLAUDE_CODE_SESSION_ATTENDED: '0' };

  it('the fourth is asked about when somebody is there, until one is approved', async () => {
    const decisions: string[] = [];
    for (const id of ['1', '2', '3', '4', '5']) decisions.push(decisionOf(await own(id, attended)));
    expect(decisions).toEqual(['deny', 'deny', 'deny', 'ask', 'ask']);
    await runHook(
      plugin,
      'PostToolUse',
      JSON.stringify(postToolUse('mcp__greenlight__judge', {}, { ...at, id: '5' })),
      env,
    );
    expect(decisionOf(await own('6', attended))).toBe('deny');
  });

  it('the third ends the run when nobody is there, and so does every later one', async () => {
    const answers = [];
    for (const id of ['1', '2', '3', '4']) answers.push(answerOf(await own(id, unattended)));
    expect(answers.map((each) => each.continue)).toEqual([undefined, undefined, false, false]);
    expect(answers.map((each) => each.hookSpecificOutput.permissionDecision)).toEqual(Array(4).fill('deny'));
    expect(answers[2].stopReason).toContain('3 calls in a row');
  });

  it('an unsettled call is asked about and counts for nothing', async () => {
    for (const id of ['1', '2', '3', '4', '5']) {
      const unsettled = JSON.stringify(preToolUse('ToolOfTomorrow', {}, { ...at, id }));
      const answer = answerOf(await runHook(plugin, 'PreToolUse', unsettled, { ...env, ...unattended }));
      expect(answer).toMatchObject({ hookSpecificOutput: { permissionDecision: 'ask' } });
      expect(answer.continue).toBeUndefined();
    }
  });

  it('a hard finding stays denied when a person could be asked', async () => {
    for (const id of ['1', '2', '3']) await own(id, attended);
    expect(decisionOf(await denied('4', attended))).toBe('deny');
  });
});

describe('a session', () => {
  it('knows the branches it made once that ran', async () => {
    const command = 'git switch -c topic/own && npm --version';
    await runHook(plugin, 'PreToolUse', JSON.stringify(bash(command, { ...at, id: 'b' })), env);
    expect(fold(journals(data).lines).branches).toEqual([]);
    await runHook(plugin, 'PostToolUse', JSON.stringify(postToolUse('Bash', { command }, { ...at, id: 'b' })), env);
    expect(fold(journals(data).lines).branches).toEqual(['topic/own']);
  });

  it('knows what the agent wrote once it ran', async () => {
    const input = { file_path: join(project, 'made.sh'), content: 'echo hello\n' };
    await runHook(plugin, 'PreToolUse', JSON.stringify(preToolUse('Write', input, { ...at, id: 'w' })), env);
    writeFileSync(input.file_path, input.content);
    await runHook(plugin, 'PostToolUse', JSON.stringify(postToolUse('Write', input, { ...at, id: 'w' })), env);
    await runHook(plugin, 'UserPromptSubmit', JSON.stringify(prompt('now run it', at)), env);
    const { lines } = journals(data);
    expect(lines.map(({ kind }) => kind)).toEqual(['decided', 'ran', 'prompt']);
    expect(lines[0]).toMatchObject({
      makes: [input.file_path],
      hashes: { [input.file_path]: expect.stringMatching(/^[0-9a-f]{64}$/) },
    });
  });
});
