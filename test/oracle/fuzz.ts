// Owns long fuzzing against real bash, apart from the tests: FUZZ_SECONDS of fresh mutations, each miss printed with its command.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { adversarial } from './adversarial.ts';
import { buildCage, type Cage } from './cage.ts';
import { differences, examples } from './differences.ts';
import { mutate, numbers } from './mutate.ts';

const seconds = Number(process.env.FUZZ_SECONDS ?? 600);
const seed = Number(process.env.ORACLE_SEED ?? Date.now() % 1_000_000);
const BATCH = 500;

let cage: Cage;
beforeAll(() => {
  cage = buildCage();
});
afterAll(() => cage.remove());

it(`fuzzes for ${seconds} s`, { timeout: (seconds + 120) * 1000 }, () => {
  const next = numbers(seed);
  const corpus = [...adversarial, ...examples()];
  const end = Date.now() + seconds * 1000;
  const missed: string[] = [];
  let starts = 0;
  let commands = 0;
  while (Date.now() < end) {
    const batch = differences(
      cage,
      Array.from({ length: BATCH }, () => mutate(corpus, next)),
    );
    starts += batch.starts;
    commands += BATCH;
    missed.push(...batch.missed);
    for (const miss of batch.missed) console.log(miss);
    console.log(`${commands} commands, ${starts} starts, ${missed.length} not predicted (ORACLE_SEED=${seed})`);
  }
  expect(missed.length).toBeLessThanOrEqual(Math.ceil(starts / 1000));
});
