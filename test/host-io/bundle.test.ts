// The built hook, with its lazy parts and compiled code, decides as the sources do.
import { mkdirSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { programs } from '../../src/commands/index.ts';
import type { Example } from '../../src/core/program.ts';
import { answer } from '../../src/hook.ts';
import { rules } from '../../src/rules/index.ts';
import { bash } from './events.ts';
import { makePlugin, type Plugin, scratch } from './plugin.ts';

const state = scratch('bundle');
const project = join(state, 'project');
let plugin: Plugin;

beforeAll(() => {
  plugin = makePlugin();
  mkdirSync(project);
}, 60_000);
afterAll(() => {
  plugin.remove();
  rmSync(state, { recursive: true, force: true });
});

const commandOf = (example: Example | undefined): string[] =>
  example === undefined ? [] : [typeof example === 'string' ? example : example.command];

/** One example of every program, and one hit of every rule; every third, so that all families are there and it stays short. */
const commands = [
  ...programs.flatMap(({ examples }) => commandOf([examples.allow, examples.deny, examples.unsettled].flat()[0])),
  ...rules.flatMap(({ examples }) => commandOf(examples.hit[0])),
].filter((_, index) => index % 3 === 0);

it('on the examples of programs and rules', async () => {
  const built: { answer: typeof answer } = createRequire(import.meta.url)(join(plugin.folder, 'dist/hook.cjs'));
  const different: unknown[] = [];
  for (const [index, command] of commands.entries()) {
    const event = JSON.stringify(bash(command, { cwd: project, session: `s${index}` }));
    const env = (name: string) => ({ HOME: state, CLAUDE_PLUGIN_DATA: join(state, name), PATH: process.env.PATH });
    const [fromSources, fromBuild] = [
      await answer(async () => event, 'PreToolUse', env('state-one')),
      await built.answer(async () => event, 'PreToolUse', env('state-two')),
    ];
    if (fromSources.replaceAll('state-one', 'state-two') !== fromBuild)
      different.push({ command, fromSources, fromBuild });
  }
  expect(commands.length).toBeGreaterThan(50);
  expect(different).toEqual([]);
}, 120_000);
