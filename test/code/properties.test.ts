// Owns that readers answer for any text: no throw, no overflow, and never a harmless reading of a part that hides the rest.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readers } from '../../src/code/index.ts';
import type { Language } from '../../src/core/program.ts';
import { effectsOf, lower } from './effects-of.ts';

const languages = Object.keys(readers) as Language[];

const SAMPLES: Partial<Record<Language, string>> = {
  python:
    'import os, re\nclass A(object):\n    def f(self, x=1, *a, **k):\n        for i, (b, c) in enumerate(x):\n            with open(f"{i!r:>{b}}", "w") as h: h.write(re.sub(r"x", lambda m: m.group(0), c))\n        return {k: [v for v in x if v] for k in a}\ntry:\n    A().f([1, (2, 3)])\nexcept (ValueError, OSError) as e:\n    raise\nmatch os:\n    case {"a": [b, *c]} if b: pass\n',
  javascript:
    'import fs, { join as j } from "fs";\nconst { a, b: [c, ...d] = [1], ...e } = await x?.y?.[z]?.(1);\nclass A extends B { #p = 1; static { f() } get q() { return `${this.#p + `${c}`}` } }\nfor (const [k, v] of Object.entries(e)) { if (k) continue; else a ??= v++ }\nswitch (a) { case 1: throw /re[/]x/g; default: (async () => { yield_(x => ({ x })) })() }\n',
  sql: "WITH a AS (SELECT 'x''y' FROM \"b\" /* c */ WHERE d = $1) INSERT INTO t SELECT * FROM a; -- end\n.shell ls\nDELETE FROM t WHERE a IN (1, 2);",
  awk: 'BEGIN { FS = ":" } /a\\/b/ && $1 > 2 { print $1, "x" > "/tmp/out"; "date" | getline d } END { for (k in c) printf("%s\\n", k) | "sort" }',
  perl: 'use strict; my %c; while (<STDIN>) { s{a(b)}{$1}gx; $c{$_}++ if /x\\/y/ } print "$_ $c{$_}\\n" for sort keys %c; open(my $f, "<", "a");',
  ruby: 'require "json"; x = JSON.parse(File.read("a.json")); x.each { |k, v| puts "#{k}: #{v}" if k =~ /a b/ }',
  php: '$a = ["b" => 1]; foreach ($a as $k => $v) { echo "$k\\n", str_repeat(\'-\', 3); } unlink("x");',
  lua: 'local t = {1, 2} for k, v in pairs(t) do print(k, v .. "x") end os.remove("y") -- end',
};

describe.each(languages)('%s', (language) => {
  const sample = SAMPLES[language] ?? '';

  it('answers for every beginning of a snippet', () => {
    for (let end = 0; end <= sample.length; end++)
      expect(lower(language, sample.slice(0, end)).effects.length).toBeGreaterThan(0);
  });

  it('answers for mutated snippets and for any text', () => {
    const cut = fc.tuple(fc.nat(sample.length), fc.nat(12), fc.string({ maxLength: 6, unit: 'binary' }));
    fc.assert(
      fc.property(fc.array(cut, { maxLength: 4 }), (cuts) => {
        const text = cuts.reduce((sum, [at, drop, put]) => sum.slice(0, at) + put + sum.slice(at + drop), sample);
        expect(lower(language, text).effects.length).toBeGreaterThan(0);
      }),
      { numRuns: 300 },
    );
    fc.assert(
      fc.property(fc.string({ maxLength: 60 }), (text) => {
        expect(lower(language, text).effects.length).toBeGreaterThan(0);
      }),
      { numRuns: 200 },
    );
  });

  it.each([
    '(',
    '[',
    '{',
    '"',
    "'",
    '`',
    'a(',
    'a[',
    '-',
    'not ',
    '!',
    'if x:\n ',
    '/*',
    '\\',
    '${',
    '`${',
    '((x)=>',
    'x=>',
    '{a:',
    'lambda: ',
  ])('answers for %j many times over', (piece) => {
    expect(lower(language, piece.repeat(20_000 / piece.length)).effects.length).toBeGreaterThan(0);
  });

  it('is opaque beyond the size limit', () => {
    expect(effectsOf(language, `${' '.repeat(70_000)}1`)).toEqual(['opaque']);
  });
});

describe('what is much but flat', () => {
  it.each([
    ['python', 'x = 1\n'.repeat(8_000)],
    ['python', `print(${'1 + '.repeat(10_000)}1)`],
    ['python', `x = [${'"a", '.repeat(10_000)}]`],
    [
      'python',
      `${Array.from({ length: 12 }, (_, depth) => `${' '.repeat(depth)}for a${depth} in range(9):\n`).join('')}${' '.repeat(12)}x = x + 1\n`,
    ],
    ['javascript', 'let x = 1;\n'.repeat(5_000)],
    ['javascript', `f(${'x => '.repeat(50)}1)`],
  ] as const)('%s answers', (language, code) => {
    expect(lower(language, code).effects.length).toBeGreaterThan(0);
  });
});

describe('labels', () => {
  it('of standard input reach what is printed', () => {
    const taints = [{ label: 'secret', from: '.env' }] as const;
    expect(
      lower('python', 'import sys; print(sys.stdin.read().upper())', { stdin: { taints } }).output?.taints,
    ).toEqual(taints);
    expect(
      lower('javascript', "console.log(require('fs').readFileSync(0, 'utf8'))", { stdin: { taints } }).output?.taints,
    ).toEqual(taints);
    expect(lower('python', 'import sys; sys.stdin.read(); print(1)', { stdin: { taints } }).output?.taints).toEqual([]);
  });

  it('of a file reach what is printed of it', () => {
    const labels = (code: string) => lower('python', code).output?.taints?.map((each) => each.label);
    expect(labels('import json; print(json.load(open("/home/dev/.config/gh/hosts.yml"))["token"])')).toEqual([
      'secret',
    ]);
    expect(labels('print(open("README.md").read())')).toEqual([]);
  });

  it('arguments are known', () => {
    expect(effectsOf('python', 'import os, sys; os.remove(sys.argv[1])', { args: ['/srv/x'] })).toEqual([
      'delete /srv/x',
    ]);
    expect(effectsOf('javascript', "require('fs').unlinkSync(process.argv[1])", { args: ['/srv/x'] })).toEqual([
      'delete /srv/x',
    ]);
  });

  it('the text that is printed is known when all of it is', () => {
    expect(lower('python', 'import os; print(os.path.join("/srv", "x"))').output?.text).toEqual({
      kind: 'known',
      text: '/srv/x\n',
    });
    expect(lower('python', 'import os\nif os.path.exists("a"): print("x")').output?.text).toBeUndefined();
  });
});
