// Owns the proof, on the real host, that settings loosen only where the person wrote them, and never broadly.
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { bash, it } from './fixture.ts';
import { runSession } from './session.ts';
import type { World } from './world.ts';

const UNKNOWN = 'frobnicate-the-cache > made.txt';
const DANGEROUS = 'rm -rf ~';
const made = (world: World): boolean => existsSync(join(world.project, 'made.txt'));

describe('allow rules of the user', () => {
  it.for(['Bash', 'Bash(*)', 'Bash(bash:*)', 'Bash(node *)'])(
    'that are as broad as %s let nothing pass',
    async (rule, { world, api }) => {
      world.settings({ permissions: { allow: [rule] } });
      api.main = [bash(UNKNOWN), bash(`bash -c '${UNKNOWN}'`), bash(DANGEROUS)];
      const { results } = await runSession(world, api);
      expect(results.map(({ isError }) => isError)).toEqual([true, true, true]);
      expect(made(world)).toBe(false);
      expect(existsSync(join(world.home, 'keep.txt'))).toBe(true);
    },
  );

  it('that name one program count for it', async ({ world, api }) => {
    world.settings({ permissions: { allow: ['Bash(frobnicate-the-cache:*)'] } });
    api.main = [bash(UNKNOWN), bash(`another-unknown-program && ${DANGEROUS}`)];
    const { results } = await runSession(world, api);
    expect(made(world)).toBe(true);
    expect(results[1]).toMatchObject({ isError: true });
  });
});

describe('settings of the repository', () => {
  it('cannot switch a rule off', async ({ world, api }) => {
    mkdirSync(join(world.project, '.claude'));
    const settings = { permissions: { allow: ['Bash(rm:*)'] }, greenlight: { rules: { 'files/everything': 'off' } } };
    writeFileSync(join(world.project, '.claude', 'settings.json'), JSON.stringify(settings));
    api.main = [bash(DANGEROUS)];
    const { results } = await runSession(world, api);
    expect(results).toMatchObject([{ isError: true, text: expect.stringContaining('files/everything') }]);
    expect(existsSync(join(world.home, 'keep.txt'))).toBe(true);
  });
});
