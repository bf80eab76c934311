// Turns the argv of fd, locate and other name searches into effects; knows nothing of policy.
import type { Word } from '../../core/invocation.ts';
import { parseArgs } from '../../core/options.ts';
import type { Call, Lowering, Program, Run } from '../../core/program.ts';
import type { Value } from '../../core/value.ts';
import { inspect, literal, mustBeKnown, opaque, reader, reads } from '../kit.ts';
import { replaced, wordOf } from '../words.ts';

const SPEC = {
  flags: [
    '-H --hidden',
    '-I --no-ignore',
    '-u --unrestricted',
    '-s --case-sensitive',
    '-i --ignore-case',
    '-g --glob',
    '-F --fixed-strings',
    '-a --absolute-path',
    '-l --list-details',
    '-L --follow',
    '-p --full-path',
    '-0 --print0',
    '-1',
    '-q --quiet',
    '-h --help',
    '-V --version',
    '--no-ignore-vcs',
    '--no-ignore-parent',
    '--regex',
    '--and',
    '--prune',
    '--strip-cwd-prefix',
    '--no-follow',
    '--show-errors',
    '--one-file-system',
    '--no-global-ignore-file',
    '--relative-path',
    '--no-require-git',
  ],
  values: [
    '-d --max-depth --maxdepth',
    '--min-depth',
    '--exact-depth',
    '-E --exclude',
    '-t --type',
    '-e --extension',
    '-S --size',
    '-o --owner',
    '-c --color',
    '-j --threads',
    '--changed-within --newer',
    '--changed-before --older',
    '--base-directory',
    '--search-path',
    '--path-separator',
    '--max-results',
    '--ignore-file',
    '--format',
    '-C',
    '--batch-size',
    '--max-buffer-time',
  ],
  optional: ['--strip-cwd-prefix', '--hyperlink', '--gen-completions'],
  abbreviations: false,
} as const;

const PLACEHOLDERS = ['{}', '{/}', '{//}', '{.}', '{/.}'];

function fd(call: Call): Lowering {
  const start = call.args.findIndex((word) => ['-x', '--exec', '-X', '--exec-batch'].includes(literal(word) ?? ''));
  const own = start < 0 ? call.args : call.args.slice(0, start);
  const parsed = parseArgs(own, SPEC);
  const glued = parsed.unlisted.filter((option) =>
    /^-[a-zA-Z]*[xX]/.test(option.word.value.kind === 'known' ? option.word.value.text : ''),
  );
  const folders = parsed.operands.slice(1);
  const extension = literal(parsed.value('-e'));
  const root = literal(folders[0]) ?? literal(parsed.value('--search-path')) ?? '.';
  const each: Value = {
    kind: 'pattern',
    prefix: root.endsWith('/') ? root : `${root}/`,
    suffix: extension === undefined ? '' : `.${extension}`,
    climbs: false,
    because: 'what fd prints',
    glob: `${root}/**/*${extension === undefined ? '' : `.${extension}`}`,
  };
  const named = parsed.operands.length > 0 || extension !== undefined;
  const operand: Word = {
    value: named ? each : { kind: 'known', text: root },
    taints: [],
    fields: 'many',
    span: call.invocation.span,
  };
  const argv = start < 0 ? [] : call.args.slice(start + 1).filter((word) => literal(word) !== ';');
  const filled = argv.map((word) => PLACEHOLDERS.reduce((next, mark) => replaced(next, mark, operand), word));
  const holds = argv.some((word) => PLACEHOLDERS.some((mark) => literal(word)?.includes(mark)));
  const runs: Run[] =
    argv.length === 0 ? [] : [{ kind: 'argv', argv: holds ? filled : [...filled, operand], via: 'fd --exec' }];
  return {
    effects: [
      ...reads(call, folders.length > 0 ? folders : [wordOf('.', operand)], 'names'),
      ...(glued.length > 0 ? [opaque('fd runs a command that is not read')] : []),
      ...mustBeKnown(parsed.dynamic, 'an option of fd'),
      inspect('fd'),
    ],
    runs,
    output: { taints: [], ...(runs.length === 0 && named ? { each } : {}) },
  };
}

export const searchers: readonly Program[] = [
  {
    names: ['fd', 'fdfind'],
    lower: fd,
    examples: {
      allow: ['fd -e ts', 'fd TODO src', 'fd -H -t f config', 'fd -e ts -x wc -l', 'fd -e pyc -X rm'],
      deny: ["fd . -x sh -c 'rm -rf ~'", 'fd -x rm -rf', 'fd -x rm'],
      unsettled: ['fd -e sh -x frobnicate-x'],
    },
  },
  reader(
    ['locate', 'mlocate', 'plocate', 'mdfind', 'which', 'gwhich', 'whereis', 'ctags', 'apropos', 'whatis', 'manpath'],
    {
      flags: ['-a', '-i', '-R'],
      values: ['-onlyin', '-d', '-n', '-f', '-o'],
      outputs: ['-f', '-o'],
      skip: (parsed) => parsed.operands.length,
      output: { taints: [] },
      examples: {
        allow: ['which node', 'locate stdio.h', 'whereis gcc', 'ctags -R src'],
        deny: ['ctags -R -f ~/.bashrc src'],
      },
    },
  ),
];
