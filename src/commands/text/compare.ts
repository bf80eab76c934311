// Turns the argv of programs that compare, patch and page text into effects; knows nothing of policy.

import { parseArgs } from '../../core/options.ts';
import type { Call, EffectDraft, Lowering, Program, Run } from '../../core/program.ts';
import { at, inspect, literal, mustBeKnown, opaque, reader, reads, wantsHelp, writes } from '../kit.ts';
import { wordOf } from '../words.ts';

function patch(call: Call): Lowering {
  const parsed = parseArgs(call.args, {
    flags: [
      '-b --backup',
      '-c --context',
      '-e --ed',
      '-E --remove-empty-files',
      '-f --force',
      '-l --ignore-whitespace',
      '-n --normal',
      '-N --forward',
      '-R --reverse',
      '-s --quiet --silent',
      '-t --batch',
      '-T',
      '-u --unified',
      '-Z',
      '--binary',
      '--dry-run',
      '--verbose',
      '-C --check',
      '--follow-symlinks',
      '--merge',
      '--posix',
    ],
    values: [
      '-d --directory',
      '-D --ifdef',
      '-F --fuzz',
      '-g --get',
      '-i --input',
      '-o --output',
      '-p --strip',
      '-r --reject-file',
      '-z --suffix',
      '-B --prefix',
      '-V',
      '-x',
      '-Y --basename-prefix',
    ],
  });
  const input = parsed.value('-i');
  const [file, second] = parsed.operands;
  const source = input ?? second;
  const effects: EffectDraft[] = [...reads(call, source ? [source] : [])];
  if (wantsHelp(call.args) || parsed.has('--dry-run', '-C')) return { effects: [...effects, inspect('patch')] };
  const folder = parsed.value('-d');
  // The patch names the files; GNU patch refuses names outside the folder it works in.
  if (file) effects.push(...writes(call, [file], 'edit'));
  else effects.push({ kind: 'fs.write', path: folder ? at(call, folder) : call.cwd, how: 'extract' });
  if (parsed.has('-e')) effects.push(opaque('a patch of ed commands can run programs'));
  return {
    effects: [
      ...effects,
      ...writes(call, parsed.all('-o', '-r')),
      ...mustBeKnown(parsed.dynamic, 'an option of patch'),
    ],
  };
}

/** Pagers: options that log, and commands given on the command line (`+!cmd`, `-k keyfile`). */
function pager(call: Call): Lowering {
  const parsed = parseArgs(call.args, {
    flags: [...'ABcCdeEfFgGiIJKLmMnNqQrRsSuUVwWX~?'].map((letter) => `-${letter}`),
    values: [
      '-b',
      '-h',
      '-j',
      '-p --pattern',
      '-P',
      '-t',
      '-x --tabs',
      '-y',
      '-z',
      '-o --log-file',
      '-O --LOG-FILE',
      '-T',
      '-k --lesskey-file',
      '-D',
      '--use-color',
      '--lesskey-src',
      '--lesskey-content',
    ],
    abbreviations: false,
  });
  const commands = parsed.operands.filter((word) => literal(word)?.startsWith('+') ?? false);
  const files = parsed.operands.filter((word) => !commands.includes(word));
  return {
    effects: [
      ...reads(call, files),
      ...writes(call, parsed.all('-o', '-O')),
      ...(parsed.has('-k', '--lesskey-src', '--lesskey-content') ||
      commands.some((word) => !/^\+(F|G|\d+|\/[^!]*)$/.test(literal(word) ?? ''))
        ? [opaque(`${call.name} runs commands that are not read`)]
        : []),
      ...mustBeKnown(parsed.dynamic, `an option of ${call.name}`),
      inspect(call.name),
    ],
    runs: commands.flatMap((word): Run[] => {
      const shell = /^\++[^!]*!(.+)$/s.exec(literal(word) ?? '')?.[1];
      return shell ? [{ kind: 'shell', text: wordOf(shell, word), via: call.name }] : [];
    }),
  };
}

function man(call: Call): Lowering {
  const parsed = parseArgs(call.args, {
    flags: [
      '-k --apropos',
      '-f --whatis',
      '-w --where --path --location',
      '-a --all',
      '-K',
      '-d',
      '-t',
      '-u',
      '-i',
      '-I',
      '-7',
      '-c',
      '-Z',
    ],
    values: [
      '-P --pager',
      '-H --html',
      '-M --manpath',
      '-s -S --sections',
      '-L --locale',
      '-m --systems',
      '-C --config-file',
      '-l --local-file',
      '-p --preprocessor',
      '-E',
      '-T',
      '-e',
      '-R',
      '-r --prompt',
    ],
    abbreviations: false,
  });
  const shown = parsed
    .all('-P', '-H')
    .filter((word) => !['cat', 'less', 'more', 'head', ''].includes(literal(word) ?? '?'));
  return {
    effects: [
      ...shown.map(
        (word): EffectDraft => ({
          kind: 'code.run',
          origin: 'config',
          language: 'shell',
          what: word.value,
          taints: word.taints,
          carrier: 'man --pager',
        }),
      ),
      ...(parsed.has('-C') ? [opaque('settings of man are not read')] : []),
      ...mustBeKnown(parsed.dynamic, 'an option of man'),
      inspect('man'),
    ],
    runs: shown.map((text) => ({ kind: 'shell', text, via: 'man --pager' })),
  };
}

export const comparers: readonly Program[] = [
  reader(
    [
      'diff',
      'gdiff',
      'colordiff',
      'cmp',
      'diff3',
      'wdiff',
      'dwdiff',
      'delta',
      'difft',
      'icdiff',
      'diffstat',
      'filterdiff',
      'interdiff',
      'lsdiff',
      'json-diff',
      'jsondiff',
      'dyff',
      'xmldiff',
    ],
    {
      values: [
        '-U',
        '-C',
        '-I --ignore-matching-lines',
        '-x --exclude',
        '-X --exclude-from',
        '-W --width',
        '-S --starting-file',
        '--label',
        '--color',
        '--context',
        '--display',
        '--features',
        '--diff-program',
        '--pager',
      ],
      flags: ['-u', '-r', '-q', '-y', '-w', '-b', '-N'],
      refuses: ['--diff-program', '--pager'],
      abbreviations: false,
      examples: {
        allow: [
          'diff a.ts b.ts',
          'diff -ru src /tmp/src',
          'git diff | delta',
          'cmp a.bin b.bin',
          'diff <(ls src) <(ls lib)',
        ],
        unsettled: ['diff3 --diff-program=./x a b c'],
      },
    },
  ),
  {
    names: ['sdiff'],
    lower: (call) => {
      const parsed = parseArgs(call.args, { values: ['-o --output', '-w --width', '-I', '--diff-program'] });
      return {
        effects: [
          ...reads(call, parsed.operands),
          ...writes(call, parsed.all('-o')),
          ...(parsed.has('--diff-program') ? [opaque('sdiff --diff-program is not read')] : []),
          ...mustBeKnown(parsed.dynamic, 'an option of sdiff'),
          inspect('sdiff'),
        ],
      };
    },
    examples: { allow: ['sdiff a.ts b.ts'], deny: ['sdiff -o ~/.bashrc a b'] },
  },
  {
    names: ['patch', 'gpatch'],
    lower: patch,
    examples: {
      allow: ['patch -p1 < fix.patch', 'patch --dry-run -p1 -i a.patch', 'patch src/a.ts a.patch'],
      deny: ['patch ~/.bashrc < a.patch', 'patch -d /etc -p1 -i a.patch'],
      unsettled: ['patch -e a.ts a.ed'],
    },
  },
  {
    names: ['less', 'more', 'pg', 'lv'],
    lower: pager,
    examples: {
      allow: ['less README.md', 'git log | less -R', 'less +G a.log', 'less +/TODO a.txt'],
      deny: ['less -o ~/.bashrc a.txt'],
      unsettled: ["less '+!id' a.txt", 'less -k keys a.txt'],
    },
  },
  {
    names: ['man', 'info', 'tldr', 'pydoc*', 'perldoc', 'cheat'],
    lower: man,
    examples: {
      allow: ['man ls', 'man -k copy', 'tldr tar', 'man -P cat ls'],
      deny: ["man -P 'sh -c id' ls", "man --pager='rm -rf ~' ls"],
    },
  },
  {
    names: ['sponge', 'vipe'],
    lower: (call) => {
      const parsed = parseArgs(call.args, { flags: ['-a'] });
      const effects = writes(call, parsed.operands, parsed.has('-a') ? 'append' : 'overwrite').map((effect) =>
        effect.kind === 'fs.write' ? { ...effect, content: call.stdin.text, taints: call.stdin.taints } : effect,
      );
      return {
        effects: [...effects, ...(call.name === 'vipe' ? [opaque('vipe opens an editor')] : []), inspect(call.name)],
        output: { text: call.stdin.text, taints: call.stdin.taints },
      };
    },
    examples: { allow: ['jq . a.json | sponge a.json'], deny: ['echo x | sponge ~/.bashrc'] },
  },
];
