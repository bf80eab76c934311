// Turns the argv of compilers that are called by hand into what they read, write and load.
import type { Word } from '../../core/invocation.ts';
import { parseArgs } from '../../core/options.ts';
import { certainlyWithin } from '../../core/path.ts';
import {
  type Call,
  defineProgram,
  type EffectDraft,
  type Lowering,
  type Program,
  type Run,
} from '../../core/program.ts';
import { known, text } from '../../core/value.ts';
import { at, literal, mustBeKnown, opaque, reads } from '../kit.ts';
import { wordOf } from '../words.ts';
import { builds, loads } from './kit.ts';
import { snippets } from './unread.ts';

/** The linker of rustc and the one of gcc by its path; `-e` of ghc evaluates what follows. */
const STARTS = /^(-C|--codegen=)?linker=|^-fuse-ld=\//;

function compile(call: Call): Lowering {
  const parsed = parseArgs(call.args, {
    values: [
      '-o',
      '-I',
      '-L',
      '-l',
      '-D',
      '-U',
      '-x',
      '-std',
      '-include',
      '-isystem',
      '-MF',
      '-MT',
      '-T',
      '-B',
      '-wrapper',
      '-specs',
      '-fplugin',
      '-Xlinker',
      '-Xclang',
      '-target',
      '-arch',
      '-framework',
      '--out-dir',
      '--crate-type',
      '--edition',
      '-C',
      '--emit',
      '--cfg',
      '--extern',
      '-d',
      '-cp',
      '-classpath',
      '--class-path',
      '-source',
      '--release',
      '-processor',
      '-processorpath',
    ],
    style: 'words',
  });
  const wrapper = parsed.value('-wrapper');
  const runs: Run[] = wrapper
    ? [
        {
          kind: 'argv',
          argv: (literal(wrapper) ?? '').split(',').map((part) => ({ ...wrapper, value: known(part) })),
          via: `${call.name} -wrapper`,
        },
      ]
    : [];
  const effects: EffectDraft[] = [
    ...reads(
      call,
      parsed.operands.filter((word) => !/^@/.test(literal(word) ?? '')),
      'names',
    ),
  ];
  for (const option of parsed.options) {
    const name = option.name;
    if (/^-(fplugin|specs|B|processor|processorpath)/.test(name) && option.value) {
      const loaded = loads(call, [option.value], `${call.name} ${name}`);
      effects.push(...loaded.effects);
      runs.push(...loaded.runs);
    }
    const glued = /^-o(.+)$/.exec(name)?.[1];
    if (glued) effects.push(builds(call, { ...option.word, value: known(glued) }));
  }
  for (const word of call.args)
    if (STARTS.test(literal(word) ?? '') || (call.name === 'ghc' && literal(word) === '-e'))
      effects.push(opaque(`${call.name} ${literal(word)} starts another program or runs code`, word.span));
  if (call.name === 'ghc') runs.push(...snippets(call, new Set(['-e'])));
  const own = [...parsed.operands, ...parsed.all('-include')].every(
    (word) => literal(word) !== '-' && isOwn(call, word),
  );
  const outputs = ['-o', '-d', '--out-dir', '-MF']
    .flatMap((name) => parsed.all(name))
    .map((word) => builds(call, word));
  const links =
    parsed.operands.length > 0 &&
    outputs.length === 0 &&
    !parsed.options.some((option) => /^-(c|E|S|M+|fsyntax-only)$/.test(option.name));
  const made =
    links && !/javac|scalac|kotlinc/.test(call.name) ? [builds(call, wordOf('a.out', call.invocation))] : outputs;
  effects.push(
    ...made.map((effect): EffectDraft => (effect.kind === 'fs.write' && !own ? { ...effect, built: false } : effect)),
  );
  effects.push(
    ...mustBeKnown(
      parsed.dynamic.filter((word) => word.value.kind === 'unknown'),
      `an option of ${call.name}`,
    ),
  );
  return { effects: effects.length > 0 ? effects : [{ kind: 'inspect', what: call.name }], runs };
}

/** What is compiled from sources elsewhere, or from sources that came up in the session and nobody read, is not the project's code. */
function isOwn(call: Call, word: Word): boolean {
  const path = at(call, word);
  const plain = text(path);
  const file = plain === undefined ? undefined : call.facts('file', { path: plain });
  const isNew = file !== undefined && file.state !== 'missing' && file.session !== 'before' && file.git !== 'tracked';
  return certainlyWithin(path, call.context.projectRoot) && !isNew;
}

export const compilerPrograms: readonly Program[] = [
  defineProgram({
    names: [
      'gcc*',
      'g++*',
      'cc',
      'c++',
      'clang*',
      'clang++*',
      'rustc',
      'javac',
      'kotlinc',
      'scalac',
      'swiftc',
      'lld',
      'gold',
      'mold',
      'nasm',
      'yasm',
      'gfortran*',
      'fpc',
      'dmd',
      'ldc2',
      'valac',
      'ghc',
      'ocamlfind',
      'ocamlopt',
      'nvcc',
      'emcc',
      'em++',
      'tcc',
      'musl-gcc',
      'windres',
      'zigcc',
    ],
    lower: compile,
    examples: {
      allow: [
        'gcc -Wall -o build/a src/a.c',
        'clang++ -std=c++20 -c src/a.cc -o build/a.o',
        'rustc --version',
        'javac -d out src/A.java',
        'gcc a.c -o a && ./a',
      ],
      deny: ['gcc -wrapper rm,-rf,/home/dev a.c'],
      unsettled: [
        'gcc -o /usr/local/bin/x a.c',
        'gcc -fplugin=/tmp/x.so a.c',
        `printf '#include <stdlib.h>\\nint main(){return system("id");}' > a.c && gcc a.c -o a && ./a`,
        `printf 'int main(){return 0;}' > b.h && gcc -include b.h a.c && ./a.out`,
      ],
    },
  }),
];
