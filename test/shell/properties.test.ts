// Owns what holds for any text: the reading never throws, never claims much about garbage, and takes time in proportion to its length.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { judgeExample } from '../../src/judge-example.ts';
import { adversarial } from '../oracle/adversarial.ts';
import { mutate, numbers } from '../oracle/mutate.ts';
import { growing } from './growing.ts';

describe('reading any text', () => {
  it('never throws', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 200 }),
        (text) => judgeExample(text).verdict.decision.length > 0,
      ),
      { numRuns: 400 },
    );
  });

  it('never throws on changed shell text', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 2 ** 31 }),
        (seed) => judgeExample(mutate(adversarial, numbers(seed))).verdict.decision.length > 0,
      ),
      { numRuns: 1500 },
    );
  });

  it.each(['', ' ', '\n', ';', '#', '# comment'])('does not allow the empty command %j', (text) => {
    expect(judgeExample(text).verdict.decision).not.toBe('allow');
  });

  it.each(['\r', '\v', '\f', '\u0001', '\u007f'])('does not allow control characters %j', (char) => {
    expect(judgeExample(`ls ${char} x`).verdict.decision).not.toBe('allow');
  });
});

describe('time', () => {
  it.each(growing)('grows in proportion to %s', (_, make) => {
    const time = (size: number): number => {
      const text = make(size);
      const started = performance.now();
      judgeExample(text);
      return performance.now() - started;
    };
    const best = (size: number): number => Math.min(...Array.from({ length: 5 }, () => time(size)));
    best(4_000);
    // Quadratic growth would make it 16 times; what is short is measured against a floor that noise does not reach.
    expect(best(60_000) / Math.max(best(15_000), 8)).toBeLessThan(12);
  });
});
