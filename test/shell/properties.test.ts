// Owns what holds for any text: the reading never throws, never claims much about garbage, and takes time in proportion to its length.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { judgeExample } from '../../src/judge-example.ts';
import { adversarial } from '../oracle/adversarial.ts';
import { mutate, numbers } from '../oracle/mutate.ts';

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

/** Texts that grow, each of which made some reader of shell take quadratic or exponential time. */
const growing: readonly (readonly [string, (size: number) => string])[] = [
  ['open brackets', (size) => `echo ${'['.repeat(size)}`],
  ['open braces', (size) => `echo ${'{'.repeat(size)}`],
  ['brace lists', (size) => `echo ${'{a,b}'.repeat(size / 5)}`],
  ['substitutions side by side', (size) => `echo ${'$(a)'.repeat(size / 4)}`],
  ['nested substitutions', (size) => `${'$('.repeat(size / 2)}`],
  ['backslashes', (size) => `echo ${'\\'.repeat(size)}`],
  ['escaped backquotes', (size) => `echo \`${'\\`'.repeat(size / 2)}\``],
  ['quotes', (size) => `echo ${`'"'`.repeat(size / 3)}`],
  ['variables', (size) => `echo ${'$x'.repeat(size / 2)}`],
  ['expansions with defaults', (size) => `echo ${'${x:-'.repeat(size / 5)}`],
  ['a pipeline', (size) => `a${'|a'.repeat(size / 2)}`],
  ['a list', (size) => 'a;'.repeat(size / 2)],
  ['assignments', (size) => 'x=$x$x;'.repeat(size / 7)],
  ['here-documents', (size) => `${'a <<E\n'.repeat(size / 6)}E\n`],
  ['globs', (size) => `ls ${'*?'.repeat(size / 2)}`],
  ['subshells', (size) => '('.repeat(size)],
  ['comments', (size) => '# $(a)\n'.repeat(size / 7)],
  ['arithmetic', (size) => `echo $((${'1+'.repeat(size / 2)}1))`],
  ['one long word', (size) => `echo ${'a'.repeat(size)}`],
  ['a long quoted text', (size) => `echo '${'a b\n'.repeat(size / 4)}'`],
];

describe('time', () => {
  it.each(growing)('grows in proportion to %s', (_, make) => {
    const time = (size: number): number => {
      const text = make(size);
      const started = performance.now();
      judgeExample(text);
      return performance.now() - started;
    };
    const best = (size: number): number => Math.min(time(size), time(size), time(size));
    best(4_000);
    // Quadratic growth would make it 16 times; what is short is measured against a floor that noise does not reach.
    expect(best(60_000) / Math.max(best(15_000), 5)).toBeLessThan(12);
  });
});
