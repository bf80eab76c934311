// Owns the differential test against real bash: every program bash tries to start is one the reading predicts.
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { adversarial } from './adversarial.ts';
import { buildCage, type Cage, missing } from './cage.ts';
import { differences, examples } from './differences.ts';
import { mutate, numbers } from './mutate.ts';

const absent = missing();
if (absent !== undefined && process.env.CI) throw new Error(`${absent}; CI must have it`);

describe.skipIf(absent !== undefined)('real bash', { timeout: 240_000 }, () => {
  let cage: Cage;
  beforeAll(() => {
    cage = buildCage();
  });
  afterAll(() => cage.remove());

  it('is recorded: what it starts shows up as it expanded it', () => {
    expect(
      cage
        .starts(['a "b c" $((1+1)) | d; false && e'])[0]
        ?.map((argv) => argv.join('/'))
        .sort(),
    ).toEqual(['a/b c/2', 'd']);
  });

  it('starts nothing unpredicted on edge cases', () => {
    const { missed, starts, opaque } = differences(cage, adversarial);
    expect(missed).toEqual([]);
    expect(starts).toBeGreaterThan(200);
    expect(opaque).toBeLessThan(adversarial.length / 3);
  });

  it('starts nothing unpredicted on the examples of programs and rules', () => {
    expect(differences(cage, examples()).missed).toEqual([]);
  });

  it('starts next to nothing unpredicted on fresh mutations', () => {
    const seed = Number(process.env.ORACLE_SEED ?? Date.now() % 1_000_000);
    const count = Number(process.env.ORACLE_MUTATIONS ?? 400);
    console.log(`oracle: ${count} mutations, ORACLE_SEED=${seed}`);
    const next = numbers(seed);
    const corpus = [...adversarial, ...examples()];
    const { missed, starts } = differences(
      cage,
      Array.from({ length: count }, () => mutate(corpus, next)),
    );
    console.log(`oracle: ${starts} starts, ${missed.length} not predicted`);
    expect(missed.length, missed.join('\n')).toBeLessThanOrEqual(Math.ceil(starts / 1000));
  });

  // Evaluation data stays outside the project; a run over it is asked for by naming the files.
  const files = (process.env.ORACLE_FILES ?? '').split(':').filter((file) => file !== '');
  it.skipIf(files.length === 0).each(files)('starts nothing unpredicted on %s', (file) => {
    const rows = readFileSync(file, 'utf8')
      .split('\n')
      .filter((line) => line !== '');
    const commands = rows
      .map((line) => JSON.parse(line) as { cmd?: string; command?: string })
      .map((row) => row.cmd ?? row.command ?? '');
    const { missed, starts, opaque } = differences(
      cage,
      [...new Set(commands)].filter((command) => !command.includes('\0')),
    );
    console.log(`oracle: ${file}: ${starts} starts, ${opaque} of ${commands.length} commands opaque`);
    expect(missed).toEqual([]);
  });
});
