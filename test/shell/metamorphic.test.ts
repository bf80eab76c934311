// Owns the claim that effects count and spellings do not: wrapped hits stay hits, mentioned hits and misses stay misses.
import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import type { Example } from '../../src/core/program.ts';
import { judgeExample } from '../../src/judge-example.ts';
import { rules } from '../../src/rules/index.ts';
import { numbers } from '../oracle/mutate.ts';
import { mentions, runs, type Wrapping } from './wrap.ts';

const seed = Number(process.env.METAMORPHIC_SEED ?? Date.now() % 1_000_000);
const next = numbers(seed);
/** Wrappings tried per example, drawn at random; by default all of them. */
const EACH = Number(process.env.METAMORPHIC_EACH ?? Number.POSITIVE_INFINITY);

const commandOf = (example: Example): string => (typeof example === 'string' ? example : example.command);
const withCommand = (example: Example, command: string): Example =>
  typeof example === 'string' ? command : { ...example, command };
const findings = (example: Example): string[] => judgeExample(example).verdict.findings.map((finding) => finding.rule);

/** Here-documents and line ends keep a command from standing inside one line or another here-document. */
const fits = (wrapping: Wrapping, command: string): boolean => wrapping.lines || !/\n|<<|EOF/.test(command);

function some(wrappings: readonly Wrapping[], command: string): readonly Wrapping[] {
  const fitting = wrappings.filter((wrapping) => fits(wrapping, command));
  return EACH >= fitting.length
    ? fitting
    : Array.from({ length: EACH }, () => fitting[next(fitting.length)] as Wrapping);
}

const hits = rules.flatMap((rule) => rule.examples.hit.map((example) => [rule.id, example] as const));
const misses = rules.flatMap((rule) => rule.examples.miss.map((example) => [rule.id, example] as const));

/** Texts that act wherever they stand: CI reads commit messages, and a live key is one in any file. */
const LIVE = /\[(skip ci|ci skip|no ci)\]|sk_live_/;

describe(`wrapping (METAMORPHIC_SEED=${seed})`, () => {
  it('is valid bash', () => {
    for (const { name, wrap } of [...runs, ...mentions]) {
      const done = spawnSync('bash', ['-n', '-c', wrap("rm -rf 'a b'")], { encoding: 'utf8' });
      expect(`${name}: ${done.stderr}`).toBe(`${name}: `);
    }
  });

  it('keeps every hit', () => {
    const lost: string[] = [];
    for (const [id, example] of hits)
      for (const wrapping of some(runs, commandOf(example))) {
        if (wrapping.captures && rules.find((rule) => rule.id === id)?.on.includes('print')) continue;
        const wrapped = wrapping.wrap(commandOf(example));
        if (!findings(withCommand(example, wrapped)).includes(id)) lost.push(`${id} in ${wrapping.name}: ${wrapped}`);
      }
    expect(lost).toEqual([]);
  });

  it('keeps every miss', () => {
    const found: string[] = [];
    for (const [id, example] of misses)
      for (const wrapping of some(runs, commandOf(example))) {
        const wrapped = wrapping.wrap(commandOf(example));
        if (findings(withCommand(example, wrapped)).includes(id)) found.push(`${id} in ${wrapping.name}: ${wrapped}`);
      }
    expect(found).toEqual([]);
  });

  it('of a mere mention finds nothing and allows it', () => {
    const found: string[] = [];
    for (const [id, example] of hits)
      for (const wrapping of some(mentions, commandOf(example))) {
        if (LIVE.test(commandOf(example))) continue;
        const wrapped = wrapping.wrap(commandOf(example));
        const { verdict } = judgeExample(wrapped);
        if (verdict.decision !== 'allow') found.push(`${id} in ${wrapping.name}: ${verdict.rule}: ${wrapped}`);
      }
    expect(found).toEqual([]);
  });
});

const RANK = { allow: 0, classify: 1, ask: 2, deny: 3 } as const;

describe('adding a command to a chain', () => {
  it('never makes the verdict milder', () => {
    const milder: string[] = [];
    const all = [...hits, ...misses].map(([, example]) => example);
    for (const example of all) {
      const other = commandOf(all[next(all.length)] as Example);
      if (/<<|\n/.test(commandOf(example)) || /<<|\n/.test(other)) continue;
      const alone = judgeExample(example).verdict.decision;
      for (const chained of [
        `${commandOf(example)}; ls`,
        `echo first; ${commandOf(example)}`,
        `${commandOf(example)} && ${other}`,
      ]) {
        const together = judgeExample(withCommand(example, chained)).verdict;
        if (RANK[together.decision] < RANK[alone]) milder.push(`${alone} became ${together.decision}: ${chained}`);
      }
    }
    expect(milder).toEqual([]);
  });
});
