// Fault injection into the real hook process: whatever is broken, one valid answer that allows nothing, and exit 0.
import { spawn } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { preToolUse, prompt } from './events.ts';
import { makePlugin, type Plugin, registered, runHook, scratch } from './plugin.ts';

const state = scratch('failures');
const env = { HOME: state, CLAUDE_PLUGIN_DATA: join(state, 'data') };
const harmless = JSON.stringify(preToolUse('TodoWrite', { todos: [] }));
const ALLOW = '{"hookSpecificOutput":{"hookEventName":"PreToolUse","permissionDecision":"allow"}}';
let plugin: Plugin;

beforeAll(() => {
  plugin = makePlugin(false);
  mkdirSync(join(plugin.folder, 'dist'));
});
afterAll(() => {
  plugin.remove();
  rmSync(state, { recursive: true, force: true });
});

/** Puts a hook of the given text in place of the built one; undefined leaves it out. */
function install(text: string | undefined): void {
  const path = join(plugin.folder, 'dist/hook.cjs');
  if (text === undefined) rmSync(path, { force: true });
  else writeFileSync(path, text);
}

const ended = (event = 'PreToolUse', input = harmless) => runHook(plugin, event, input, env);

describe('PreToolUse', () => {
  it.each([
    ['is missing', undefined],
    ['is empty', ''],
    ['is no JavaScript', 'const = ;'],
    ['throws when it is loaded', 'throw new Error("at load")'],
    ['throws nothing nameable', 'throw null'],
    ['throws when it is called', 'exports.run = () => { throw new Error("at call") }'],
    ['rejects', 'exports.run = async () => { throw new Error("later") }'],
    [
      'throws beside its answer',
      `exports.run = () => { setImmediate(() => { throw new Error("beside") }); return new Promise(() => {}) }`,
    ],
    [
      'rejects beside its answer',
      `exports.run = () => { Promise.reject(new Error("beside")); return new Promise(() => {}) }`,
    ],
    ['ends the process', 'exports.run = () => process.exit(0)'],
    ['ends the process with a failure', 'exports.run = () => process.exit(1)'],
    ['answers nothing', 'exports.run = async () => undefined'],
    ['answers an empty text', 'exports.run = async () => ""'],
    ['answers no JSON', 'exports.run = async () => "fine"'],
    ['answers an array', 'exports.run = async () => "[]"'],
    ['answers without a decision', 'exports.run = async () => "{}"'],
    ['answers an unknown decision', `exports.run = async () => '${ALLOW.replace('allow', 'yes')}'`],
  ])('is answered when the built hook %s', async (_, text) => {
    install(text);
    const { code, stdout } = await ended();
    expect(code).toBe(0);
    const { permissionDecision, permissionDecisionReason } = JSON.parse(stdout).hookSpecificOutput;
    expect(permissionDecision).toBe('ask');
    expect(permissionDecisionReason).toMatch(/^guard\/fault: /);
    expect(permissionDecisionReason.length).toBeLessThanOrEqual(400);
  });

  it('is answered with nothing before or after the JSON when something prints', async () => {
    install(`
      const fs = require('node:fs');
      console.log('noise'); process.stdout.write('noise'); fs.writeSync(1, 'noise'); fs.write(1, 'noise', () => {});
      exports.run = async () => { console.info('noise'); return '${ALLOW}' }`);
    const { code, stdout } = await ended();
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toEqual(JSON.parse(ALLOW));
  });

  it('is answered though standard input never ends', async () => {
    install(`exports.run = () => { process.stdin.on('data', () => {}); return new Promise(() => {}) }`);
    const { command, args } = registered(plugin, 'PreToolUse');
    // The launcher's deadline is brought near; its clock is the only thing that is not real here.
    const [launcher = '', ...rest] = args;
    const near = join(plugin.folder, 'near.mjs');
    writeFileSync(
      near,
      `const later = setTimeout; globalThis.setTimeout = (work, ms) => later(work, ms / 200); await import(${JSON.stringify(launcher)});`,
    );
    const child = spawn(command, [near, ...rest], { env: { PATH: process.env.PATH ?? '', ...env } });
    let stdout = '';
    child.stdout.on('data', (chunk: Buffer) => {
      stdout += chunk.toString();
    });
    const code = await new Promise((resolve) => child.on('close', resolve));
    expect(code).toBe(0);
    expect(JSON.parse(stdout).hookSpecificOutput.permissionDecision).toBe('ask');
  });
});

describe('events that decide nothing', () => {
  it.each(['PostToolUse', 'PostToolUseFailure', 'UserPromptSubmit', 'SessionStart', 'SubagentStop', 'ConfigChange'])(
    '%s gets a note to the person and no decision when the built hook is missing',
    async (event) => {
      install(undefined);
      const { code, stdout } = await ended(event, JSON.stringify(prompt('hello')));
      expect(code).toBe(0);
      expect(JSON.parse(stdout)).toEqual({ systemMessage: expect.stringContaining('guard/fault') });
    },
  );
});
