// Broken, mutated and oversized input, in process through the hook's own code path and as samples through real processes.
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { answer } from '../../src/hook.ts';
import { bash, preToolUse } from './events.ts';
import { makePlugin, type Plugin, runHook, scratch } from './plugin.ts';

const state = scratch('hostile');
const env = { HOME: state, CLAUDE_PLUGIN_DATA: join(state, 'data'), CLAUDE_CODE_SESSION_ATTENDED: '1' };
/** Not allowed as it stands, so that no mutation of it that stays whole may be allowed for being harmless. */
const whole = JSON.stringify(
  preToolUse('ToolOfTomorrow', { command: 'frobnicate --all "é" \u{1f600}', n: [1, { a: null }] }),
);
const fields = Object.keys(JSON.parse(whole));

afterAll(() => rmSync(state, { recursive: true, force: true }));

/** The decision when the text is exactly one valid answer to a call; throws otherwise. */
function decisionIn(text: string): string {
  const { hookSpecificOutput } = JSON.parse(text);
  expect(hookSpecificOutput.hookEventName).toBe('PreToolUse');
  expect(typeof hookSpecificOutput.permissionDecisionReason).toBe('string');
  expect(hookSpecificOutput.permissionDecisionReason.length).toBeLessThanOrEqual(400);
  return hookSpecificOutput.permissionDecision;
}

const decide = async (input: string): Promise<string> => decisionIn(await answer(async () => input, 'PreToolUse', env));

describe('broken input', () => {
  it('is not allowed at any length it can be cut to', async () => {
    for (let length = 0; length < whole.length; length++) expect(await decide(whole.slice(0, length))).toBe('ask');
  });

  it('is not allowed with characters changed, put in, taken out or doubled', async () => {
    const edit = fc.record({
      at: fc.nat(whole.length),
      drop: fc.nat(8),
      put: fc.oneof(
        fc.string({ unit: 'binary', maxLength: 5 }),
        fc.constantFrom('"', '{', '}', '[', ',', '\\', '\0', 'null'),
      ),
    });
    const mutated = fc
      .array(edit, { minLength: 1, maxLength: 4 })
      .map((edits) =>
        edits.reduce((text, { at, drop, put }) => text.slice(0, at) + put + text.slice(at + drop), whole),
      );
    await fc.assert(
      fc.asyncProperty(mutated, async (text) => {
        expect(['ask', 'deny']).toContain(await decide(text));
      }),
      { numRuns: 400 },
    );
  });

  it('is not allowed with any field of another type, or left out where it is needed', async () => {
    const values: readonly unknown[] = [null, 0, true, '', [], {}, { toString: 1 }];
    for (const field of fields)
      for (const value of [...values, undefined])
        expect(['ask', 'deny']).toContain(await decide(JSON.stringify({ ...JSON.parse(whole), [field]: value })));
    for (const field of ['session_id', 'cwd', 'tool_name', 'tool_input', 'hook_event_name'])
      expect(await decide(JSON.stringify({ ...preToolUse('TodoWrite', {}), [field]: undefined }))).toBe('ask');
  });

  it('is not allowed for any JSON whatever in place of the tool input', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom('Bash', 'Write', 'Edit', 'WebFetch', 'Agent', 'Odd'),
        fc.jsonValue(),
        async (tool, input) => {
          expect(['ask', 'deny']).toContain(await decide(JSON.stringify(preToolUse(tool, input))));
        },
      ),
      { numRuns: 200 },
    );
  });

  it('puts no journal outside the state folder, whatever the session is called', async () => {
    for (const session of ['../../escape', '/etc/x', 'a\0b', '.', '..', 'é'.repeat(500)])
      expect(await decide(JSON.stringify(preToolUse('TodoWrite', {}, { session })))).toBe('allow');
  });
});

const LONG = `frobnicate ${'a '.repeat(100_000)}`;
const NESTED = `${'$('.repeat(10_000)}frobnicate${')'.repeat(10_000)}`;
const HOSTILE: readonly (readonly [string, string])[] = [
  ['a command of 200 KB', LONG],
  ['10,000 nested substitutions', NESTED],
  ['10,000 open substitutions', '$('.repeat(10_000)],
  ['10,000 nested groups', `${'{ '.repeat(10_000)}frobnicate${'; }'.repeat(10_000)}`],
  ['a word of 200 KB', 'x'.repeat(200_000)],
  ['50,000 quotes', `frobnicate ${'"'.repeat(50_001)}`],
];

describe('oversized commands', () => {
  it.each(HOSTILE)('%s is answered and not allowed', async (_, command) => {
    expect(['ask', 'deny']).toContain(await decide(JSON.stringify(bash(command))));
  });
});

describe('real processes', () => {
  let plugin: Plugin;
  beforeAll(() => {
    plugin = makePlugin();
  }, 60_000);
  afterAll(() => plugin.remove());

  const run = async (input: string | Buffer): Promise<string> => {
    const { code, stdout } = await runHook(plugin, 'PreToolUse', input, env);
    expect(code).toBe(0);
    return decisionIn(stdout);
  };

  it.each(HOSTILE.slice(0, 2))('%s is answered and not allowed', async (_, command) => {
    expect(['ask', 'deny']).toContain(await run(JSON.stringify(bash(command))));
  });

  it('nothing, half a call, bytes that are no text', async () => {
    for (const input of ['', whole.slice(0, whole.length / 2), Buffer.from([0xff, 0xfe, 0, 0x80]), `${whole}${whole}`])
      expect(await run(input)).toBe('ask');
  });

  it('keep their own program from the agent, whoever installed it', async () => {
    const input = { file_path: join(plugin.folder, 'dist/hook.cjs'), content: '' };
    expect(await run(JSON.stringify(preToolUse('Write', input)))).toBe('deny');
  });

  it('allow what is harmless, so that the answers above mean something', async () => {
    expect(await run(JSON.stringify(preToolUse('TodoWrite', { todos: [] })))).toBe('allow');
  });
});
