// Turns the argv of xargs and GNU parallel into what they run with the operands they read; knows nothing of policy.
import type { Word } from '../../core/invocation.ts';
import { parseArgs } from '../../core/options.ts';
import type { Call, EffectDraft, Lowering, Program, Run } from '../../core/program.ts';
import { FROM_INPUT } from '../../core/protected.ts';
import { text, unknown } from '../../core/value.ts';
import { inspect, literal, mustBeKnown, opaque, reads } from '../kit.ts';
import { replaced, spaced, wordOf } from '../words.ts';
import { splitting } from './wrap.ts';

/** At most so many operands of known input are followed one by one. */
const MAX_OPERANDS = 64;

interface Operands {
  readonly words: readonly Word[];
  /** False when the words stand for any number of operands that are not known. */
  readonly listed: boolean;
}

function operandsOf(call: Call, separator: 'space' | 'line' | 'null' | string): Operands {
  const { stdin } = call;
  const like = call.invocation;
  const whole = text(stdin.text);
  const make = (each: string): Word => ({ ...wordOf(each, like), taints: stdin.taints });
  if (whole !== undefined) {
    const parts =
      separator === 'space'
        ? fields(whole)
        : whole.split(separator === 'line' ? '\n' : separator === 'null' ? '\0' : separator);
    const kept = parts
      ?.map((part) => (separator === 'line' ? part.replace(/^\s+/, '') : part))
      .filter((part) => part !== '');
    if (kept && kept.length <= MAX_OPERANDS) return { words: kept.map(make), listed: true };
  }
  return {
    words: [{ value: stdin.each ?? unknown(FROM_INPUT), taints: stdin.taints, fields: 'many', span: like.span }],
    listed: false,
  };
}

/** Splits as xargs does: blanks and newlines separate, quotes and backslashes keep together. */
function fields(whole: string): string[] | undefined {
  if (!/^(?:[^'"\\]|'[^'\n]*'|"[^"\n]*"|\\.)*$/s.test(whole)) return undefined;
  const parts = whole.match(/(?:[^\s'"\\]|'[^']*'|"[^"]*"|\\.)+/gs) ?? [];
  return parts.map((part) => part.replace(/'([^']*)'|"([^"]*)"|\\(.)/gs, '$1$2$3'));
}

const XARGS = {
  flags: [
    '-0 --null',
    '-o --open-tty',
    '-p --interactive',
    '-r --no-run-if-empty',
    '-t --verbose',
    '-x --exit',
    '--show-limits',
    '--version',
    '--help',
  ],
  values: [
    '-a --arg-file',
    '-d --delimiter',
    '-E',
    '-I',
    '-J',
    '-L',
    '-n --max-args',
    '-P --max-procs',
    '-R',
    '-S',
    '-s --max-chars',
    '--process-slot-var',
    '--max-lines',
  ],
  optional: ['-e --eof', '-i --replace', '-l'],
  style: 'posix',
} as const;

function xargs(call: Call): Lowering {
  const parsed = parseArgs(call.args, XARGS);
  if (parsed.has('--version', '--help')) return { effects: [inspect('xargs')] };
  const effects: EffectDraft[] = [
    ...parsed.unlisted.map((option) => opaque(`xargs ${option.name} is not an option that is known`)),
    ...splitting(
      parsed.options.flatMap((option) => (option.value ? [option.value] : [])),
      'xargs',
    ),
    ...reads(call, parsed.all('-a')),
    ...parsed
      .all('-P')
      .filter((word) => Number(literal(word) ?? '') >= 100)
      .map((word) => opaque('hundreds of programs are started at once', word.span)),
    inspect('xargs'),
  ];
  const file = parsed.value('-a');
  const mark =
    literal(parsed.value('-I', '-J')) ?? (parsed.has('-i') ? (literal(parsed.value('-i')) ?? '{}') : undefined);
  const delimiter = literal(parsed.value('-d'));
  const separator = parsed.has('-0')
    ? 'null'
    : delimiter !== undefined
      ? delimiter.replace('\\n', '\n').replace('\\0', '\0')
      : mark !== undefined
        ? 'line'
        : 'space';
  const input = file ? { ...call, stdin: { from: 'file' as const, text: unknown(FROM_INPUT), taints: [] } } : call;
  const { words, listed } = operandsOf(input, separator);
  const argv = parsed.operands.length > 0 ? parsed.operands : [wordOf('echo', call.invocation)];
  const groups: (readonly Word[])[] =
    mark !== undefined || literal(parsed.value('-n', '-L')) === '1' ? words.map((word) => [word]) : [words];
  const runs = groups.map((group): Run => {
    const [only] = group;
    const filled =
      mark !== undefined && only
        ? argv.map((word) => replaced(word, mark, { ...only, fields: listed ? 'one' : mark === '' ? 'many' : 'one' }))
        : [...argv, ...group];
    return {
      kind: 'argv',
      argv: filled,
      via: 'xargs',
      stdin: { from: 'closed', text: { kind: 'known', text: '' }, taints: [] },
    };
  });
  // With no input at all, xargs still runs its command once (POSIX), unless -r is given.
  return { effects, runs: runs.length > 0 || parsed.has('-r') ? runs : [{ kind: 'argv', argv, via: 'xargs' }] };
}

const PARALLEL = {
  flags: [
    '-0 --null',
    '-k --keep-order',
    '-m',
    '-X',
    '-q --quote',
    '-r --no-run-if-empty',
    '-t --verbose',
    '-u --ungroup',
    '--bar',
    '--progress',
    '--eta',
    '--dry-run',
    '--will-cite',
    '--citation',
    '--line-buffer --lb',
    '--pipe',
    '--tag',
    '--silent',
    '--xapply',
    '--link',
    '--version',
    '--help',
    '--plus',
  ],
  values: [
    '-j --jobs -P',
    '-n --max-args -N',
    '-I',
    '-d --delimiter',
    '-C --colsep',
    '--timeout',
    '--delay',
    '--halt',
    '--joblog',
    '--retries',
    '--results',
    '-L',
    '--memfree',
    '--load',
    '--block',
    '--nice',
    '--tmpdir',
    '-a --arg-file',
    '--shuf',
  ],
  style: 'posix',
} as const;

function parallel(call: Call): Lowering {
  const mark = call.args.findIndex((word) => /^:::\+?$/.test(literal(word) ?? ''));
  const file = call.args.findIndex((word) => /^::::\+?$/.test(literal(word) ?? ''));
  const end = [mark, file].filter((each) => each >= 0).sort((a, b) => a - b)[0] ?? call.args.length;
  const parsed = parseArgs(call.args.slice(0, end), PARALLEL);
  if (parsed.has('--version', '--help', '--citation', '--dry-run')) return { effects: [inspect('parallel')] };
  const effects: EffectDraft[] = [
    ...parsed.unlisted.map((option) => opaque(`parallel ${option.name} is not an option that is known`)),
    ...splitting(
      parsed.options.flatMap((option) => (option.value ? [option.value] : [])),
      'parallel',
    ),
    inspect('parallel'),
  ];
  const given = mark >= 0 ? call.args.slice(mark + 1) : [];
  const combined = given.some((word) => /^:{3,4}\+?$/.test(literal(word) ?? ''));
  const { words } =
    file >= 0 || combined || parsed.has('-a', '--colsep')
      ? operandsOf({ ...call, stdin: { ...call.stdin, text: unknown(FROM_INPUT) } }, 'line')
      : mark >= 0
        ? { words: given }
        : operandsOf(call, 'line');
  const line = spaced(parsed.operands);
  if (call.name === 'sem' && line) return { effects, runs: [{ kind: 'shell', text: line, via: 'sem' }] };
  const holds = /\{[^}]*\}/;
  const runs = words.map((word): Run => {
    const one: Word = { ...word, fields: 'one' };
    if (!line) return { kind: 'shell', text: one, via: 'parallel' };
    const whole = literal(line);
    if (whole !== undefined && !holds.test(whole))
      return { kind: 'shell', text: spaced([line, one]) ?? line, via: 'parallel' };
    const marks = whole?.match(/\{[^}]*\}/g) ?? [];
    return { kind: 'shell', text: marks.reduce((next, each) => replaced(next, each, one), line), via: 'parallel' };
  });
  return {
    effects: [...effects, ...(whole(line) ? [] : mustBeKnown(line ? [line] : [], 'the command of parallel'))],
    runs: parsed.has('--pipe') && line ? [{ kind: 'shell', text: line, via: 'parallel' }] : runs,
  };
}

const whole = (line: Word | undefined): boolean => line === undefined || literal(line) !== undefined;

export const feeders: readonly Program[] = [
  {
    names: ['xargs', 'gxargs'],
    lower: xargs,
    examples: {
      allow: [
        'git ls-files | xargs wc -l',
        'xargs -n1 echo < files.txt',
        "find . -name '*.ts' -print0 | xargs -0 grep -l TODO",
        'echo "src/a.ts src/b.ts" | xargs rm',
        'echo a b | xargs -I{} touch {}.txt',
        "printf 'dist\\nbuild\\n' | xargs rm -rf",
        'find . -name "*.pyc" | xargs -r rm',
      ],
      deny: [
        'xargs rm -rf /',
        'echo / | xargs rm -rf',
        'echo "~ x" | xargs -I% sh -c "rm -rf %"',
        'cat list.txt | xargs rm -rf',
        "echo 'rm -rf ~' | xargs -I{} bash -c '{}'",
        'xargs -a list.txt rm -rf',
      ],
      unsettled: ['xargs -I{} sh -c "{}" < cmds.txt', 'xargs --frob ls', 'cat names.txt | xargs npm install'],
    },
  },
  {
    names: ['parallel', 'sem'],
    lower: parallel,
    examples: {
      allow: [
        'parallel -j4 wc -l ::: a.ts b.ts',
        'parallel --dry-run rm ::: a',
        "parallel 'gzip -k {}' ::: a.txt b.txt",
      ],
      deny: ["sem -j1 'rm -rf ~'", 'parallel rm -rf ::: ~', "parallel ::: 'rm -rf ~'"],
      unsettled: ['cat cmds.txt | parallel', 'parallel --frob ls ::: a', 'parallel sh -c :::: list.txt'],
    },
  },
];
