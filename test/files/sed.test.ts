// Owns the reading of sed scripts: what they write, read and run, and that nothing that runs comes out harmless.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readSed } from '../../src/commands/text/sed.ts';

const harmless = (script: string): boolean => {
  const { because, runs, writes } = readSed(script);
  return because === undefined && runs.length === 0 && writes.length === 0;
};

describe('sed scripts', () => {
  it.each([
    's/a/b/',
    's#/usr#/opt#g',
    's/[/]/x/2g',
    's/[^]/]*/x/',
    '1,20p',
    '/start/,/end/{/x/!p;d}',
    '$!N;s/\n/ /;P;D',
    ':a;N;$!ba;s/\n/,/g',
    'y/abc/xyz/',
    '1i\\\nwhole line e rm',
    '/x/a text; not a command',
    '\\,/etc,d',
    '0~3d',
    'n;d # comment; 1e id',
    's/e/w/;s/w/e/',
  ])('%j only edits text', (script) => expect(harmless(script)).toBe(true));

  it.each([
    '1e id',
    'e',
    's/a/b/e',
    's/a/b/ge',
    's/a/b/w out',
    'w out',
    '/x/w out',
    '$!{e id\n}',
    's/a/b/;e id',
    '1!e id',
    '/a/,/b/e id',
    'p;e',
    '\\,x,e id',
    's,a,b,e',
    'a x\ne id',
  ])('%j does more', (script) => expect(harmless(script)).toBe(false));

  it('names files and commands', () => {
    expect(readSed('s/a/b/w out.txt').writes).toEqual(['out.txt']);
    expect(readSed('r in.txt').reads).toEqual(['in.txt']);
    expect(readSed('1e ls -la').runs).toEqual(['ls -la']);
  });

  it('ends for any text', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom(...'aseyw/\\[]{};!,$1~#\n '.split('')), maxLength: 60 }),
        (script) => readSed(script) !== undefined,
      ),
    );
  });
});
