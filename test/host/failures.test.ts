// Owns the proof, on the real host, that a broken guard lets nothing through.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { bash, it } from './fixture.ts';
import { runSession, type SessionOptions } from './session.ts';

const BROKEN: Readonly<Record<string, string | undefined>> = {
  'without its built files': undefined,
  'that throws when it is loaded': 'throw new Error("broken");',
  'that throws when it runs': 'exports.run = async () => { throw new Error("broken"); };',
  'that answers with garbage': 'exports.run = async () => "{\\"hookSpecificOutput\\":";',
  'that answers with nothing': 'exports.run = async () => "";',
  'that answers with JSON that decides nothing': 'exports.run = async () => "{}";',
  'that writes noise and then allows': `process.stdout.write("noise\\n"); console.log("more");
    exports.run = async () => "words first " + JSON.stringify({ hookSpecificOutput: { hookEventName: "PreToolUse", permissionDecision: "allow" } });`,
  'that ends without an answer': 'exports.run = async () => { process.exit(0); };',
  'that is killed': 'exports.run = async () => { process.kill(process.pid, "SIGKILL"); };',
};
const MODES: readonly SessionOptions[] = [{ mode: 'manual' }, { mode: 'bypassPermissions' }];

describe.for(Object.entries(BROKEN))('a guard %s', ([, hook]) => {
  it.for(MODES)('lets nothing run in mode $mode', async (options, { world, api }) => {
    api.main = [
      bash('touch ran.txt'),
      { calls: [{ tool: 'Write', input: { file_path: join(world.project, 'ran.txt'), content: '' } }] },
    ];
    const { results } = await runSession(world, api, { ...options, plugin: world.brokenPlugin(hook) });
    expect(results).toHaveLength(2);
    expect(results.map(({ isError }) => isError)).toEqual([true, true]);
    expect(existsSync(join(world.project, 'ran.txt'))).toBe(false);
  });
});

describe('a guard without its built files', () => {
  it('leaves the decision to the person', async ({ world, api }) => {
    api.main = [bash('touch ran.txt')];
    const plugin = world.brokenPlugin(undefined);
    const { prompts } = await runSession(world, api, { plugin, person: () => 'allow' });
    expect(prompts.map(({ reason }) => reason)).toEqual([expect.stringContaining('guard/fault')]);
    expect(existsSync(join(world.project, 'ran.txt'))).toBe(true);
  });
});

describe('a sound guard', () => {
  it('is what lets the same calls run', async ({ world, api }) => {
    api.main = [bash('touch ran.txt')];
    await runSession(world, api);
    expect(existsSync(join(world.project, 'ran.txt'))).toBe(true);
  });
});
