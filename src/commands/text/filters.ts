// Turns the argv of text filters (cat, head, cut, tr, base64 ...) into effects; knows nothing of policy.
import { NUMBERED_LINE } from '../../core/invocation.ts';
import { type ParsedArgs, parseArgs } from '../../core/options.ts';
import type { Call, Lowering, Output, Program } from '../../core/program.ts';
import { known, number, text, type Value, why } from '../../core/value.ts';
import { COMPRESSORS, carries, inspect, literal, mustBeKnown, opaque, reader, reads, writes } from '../kit.ts';
import {
  decodeBase32,
  decodeBase64,
  decodeHex,
  encodeBase64,
  reverseLines,
  reverseOrder,
  translate,
} from './transform.ts';

/** What a filter prints for known standard input; labels stay as they are. */
const printing = (made: string | undefined): { readonly output?: Output } =>
  made === undefined ? {} : { output: { text: known(made) } };

/** The output of a decoder says so, whether its text is known or not. */
const decoding = (call: Call, output: Output | undefined): { readonly output: Output } => ({
  output: { ...output, adds: [{ label: 'decoded', from: call.name }] },
});

/** A filter whose output for known standard input can be worked out. */
const filter = (
  names: readonly string[],
  values: readonly string[],
  make: (plain: string, call: Call) => string | undefined,
  examples: Program['examples'],
): Program => ({
  names,
  lower: (call) => {
    const parsed = parseArgs(call.args, { values });
    const effects = reads(call, parsed.operands);
    const input = text(call.stdin.text);
    const made = parsed.operands.length === 0 && input !== undefined ? make(input, call) : undefined;
    const whole = call.name === 'cat' && call.args.length === 1 && effects.length === 1;
    return {
      effects: effects.length > 0 ? effects : [inspect(call.name)],
      ...(whole ? { output: { copies: true } } : printing(made)),
    };
  },
  examples,
});

const plainly = (call: Call, plain: string): string | undefined => (call.args.length === 0 ? plain : undefined);

function base64(call: Call): Lowering {
  const parsed = parseArgs(call.args, {
    flags: ['-d -D --decode', '-i --ignore-garbage', '-n'],
    values: ['-w --wrap', '-b --break', '-o --output'],
  });
  // macOS takes `-i FILE` for input; elsewhere `-i` is a flag: either way the operand is read.
  const effects = [
    ...reads(call, parsed.operands),
    ...writes(call, parsed.all('--output')),
    ...mustBeKnown(parsed.dynamic, `an option of ${call.name}`),
  ];
  const input = text(call.stdin.text);
  const whole = parsed.operands.length === 0 && input !== undefined && !parsed.has('--output');
  const made = !whole ? undefined : parsed.has('--decode') ? decodeBase64(input) : `${encodeBase64(input) ?? ''}\n`;
  const decodes = parsed.has('--decode');
  const plain = call.name === 'base32' ? (whole && decodes ? decodeBase32(input) : undefined) : made;
  const { output } = call.name === 'basenc' ? {} : printing(plain);
  return {
    effects: effects.length > 0 ? effects : [inspect(call.name)],
    ...(decodes ? decoding(call, output) : output ? { output } : {}),
  };
}

function tr(call: Call): Lowering {
  const parsed = parseArgs(call.args, {
    flags: ['-c -C --complement', '-d --delete', '-s --squeeze-repeats', '-t'],
    style: 'posix',
  });
  const input = text(call.stdin.text);
  const [from, to] = [literal(parsed.operands[0]), literal(parsed.operands[1])];
  const simple =
    input !== undefined && from !== undefined && !parsed.has('-c', '-s', '-t') && parsed.unlisted.length === 0;
  return { effects: [inspect('tr')], ...printing(simple ? translate(input, from, to, parsed.has('-d')) : undefined) };
}

function xxd(call: Call): Lowering {
  const parsed = parseArgs(call.args, {
    flags: ['-a', '-b', '-C', '-e', '-E', '-i', '-p -ps -plain -postscript', '-r -revert', '-u', '-d', '-v', '-h'],
    values: ['-c -cols', '-g -groupsize', '-l -len', '-o', '-s -seek', '-n -name', '-R'],
    style: 'words',
  });
  const [input, output] = parsed.operands;
  const effects = [...reads(call, input ? [input] : []), ...writes(call, output ? [output] : [])];
  const plain = text(call.stdin.text);
  const made = !input && plain !== undefined && parsed.has('-r') && parsed.has('-p') ? decodeHex(plain) : undefined;
  const decodes = parsed.has('-r');
  return {
    effects: effects.length > 0 ? effects : [inspect('xxd')],
    ...(decodes ? decoding(call, printing(made).output) : {}),
  };
}

function sort(call: Call): Lowering {
  const parsed = parseArgs(call.args, {
    flags: [
      '-b',
      '-d',
      '-f',
      '-g',
      '-i',
      '-M',
      '-h',
      '-n --numeric-sort',
      '-R',
      '-r --reverse',
      '-V --version-sort',
      '-c',
      '-C',
      '-m --merge',
      '-s --stable',
      '-u --unique',
      '-z',
      '--debug',
    ],
    values: [
      '-k --key',
      '-t --field-separator',
      '-S --buffer-size',
      '-T --temporary-directory',
      '-o --output',
      '--parallel',
      '--batch-size',
      '--compress-program',
      '--files0-from',
      '--random-source',
      '--sort',
    ],
    optional: ['--check'],
  });
  const programs = parsed.all('--compress-program').filter((word) => !COMPRESSORS.test(literal(word) ?? ''));
  return {
    effects: [
      ...programs.map((word) => carries(call, '--compress-program', word)),
      ...reads(call, parsed.operands),
      ...reads(call, parsed.all('--files0-from')),
      ...writes(call, parsed.all('--output')),
      ...mustBeKnown(parsed.dynamic, 'an option of sort'),
      ...parsed.unlisted
        .filter(({ name }) => !['--help', '--version'].includes(name))
        .map(({ name }) => opaque(`sort ${name} is not an option that is known`)),
      inspect('sort'),
    ],
    runs: programs.map((text) => ({ kind: 'shell', text, via: 'sort --compress-program' })),
    ...(call.stdin.each && parsed.operands.length === 0 ? { output: { each: call.stdin.each } } : {}),
  };
}

function uniq(call: Call): Lowering {
  const parsed = parseArgs(call.args, {
    flags: ['-c', '-d', '-D', '-i', '-u', '-z'],
    values: ['-f --skip-fields', '-s --skip-chars', '-w --check-chars'],
  });
  const [input, output] = parsed.operands;
  return {
    effects: [
      ...reads(call, input ? [input] : []),
      ...writes(call, output ? [output] : []),
      ...mustBeKnown(parsed.dynamic, 'an operand of uniq'),
      inspect('uniq'),
    ],
    ...(call.stdin.each && !input && !parsed.has('-c') ? { output: { each: call.stdin.each } } : {}),
  };
}

/** Filters that pass on some of the lines they read, unchanged. */
const passing = (names: readonly string[], values: readonly string[], examples: Program['examples']): Program => ({
  names,
  lower: (call) => {
    const parsed = parseArgs(call.args, { values });
    const effects = reads(call, parsed.operands);
    return {
      effects: effects.length > 0 ? effects : [inspect(call.name)],
      ...(effects.length === 0 && call.stdin.each ? { output: passed(call.stdin.each, parsed) } : {}),
    };
  },
  examples,
});

/** One line of many is what each of them is, or nothing where there were none. */
function passed(each: Value, parsed: ParsedArgs): Output {
  const single = parsed.options.length === 1 && (parsed.has('-1') || literal(parsed.value('-n')) === '1');
  if (!single || each.kind !== 'pattern' || each.shape !== undefined) return { each };
  const { glob: _, ...line } = each;
  return { each, text: { ...line, ifEmpty: '' } };
}

/** `cut -d= -f1` keeps the names of `NAME=value` lines and drops the values. */
function cut(call: Call): Lowering {
  const parsed = parseArgs(call.args, {
    flags: ['-s', '-n', '--complement', '-z', '-w'],
    values: ['-b --bytes', '-c --characters', '-d --delimiter', '-f --fields', '--output-delimiter'],
  });
  const names =
    /^[=:]$/.test(literal(parsed.value('-d')) ?? '') &&
    literal(parsed.value('-f')) === '1' &&
    !parsed.has('--complement');
  const effects = reads(call, parsed.operands);
  const numbers =
    names &&
    effects.length === 0 &&
    literal(parsed.value('-d')) === ':' &&
    call.stdin.each !== undefined &&
    why(call.stdin.each) === NUMBERED_LINE;
  return {
    effects: effects.length > 0 ? effects : [inspect('cut')],
    ...(names ? { output: { taints: [], ...(numbers ? { each: number('a line number') } : {}) } } : {}),
  };
}

export const filters: readonly Program[] = [
  filter(
    ['cat', 'gcat', 'tac', 'rev', 'nl', 'fold', 'fmt', 'expand', 'unexpand', 'ul'],
    // A value that is taken for a file only reads one name more; the other way round would hide a file.
    [],
    (plain, call) =>
      call.name === 'cat'
        ? plainly(call, plain)
        : call.name === 'rev'
          ? plainly(call, reverseLines(plain))
          : call.name === 'tac'
            ? plainly(call, reverseOrder(plain))
            : undefined,
    {
      allow: [
        'cat README.md',
        'cat -n src/a.ts src/b.ts',
        'cat /etc/hostname',
        'echo abc | rev',
        'cat *.md',
        'nl -ba src/a.ts',
        'npm start & echo $! > /tmp/dev.pid; sleep 2; kill "$(cat /tmp/dev.pid)"',
      ],
      deny: ['echo "~ fr- mr" | rev | sh', 'echo "rm -rf ~" | cat | bash', 'echo "rm -rf ~" > a.txt; cat a.txt | sh'],
    },
  ),
  passing(
    ['head', 'ghead', 'tail', 'gtail'],
    ['-n --lines', '-c --bytes', '-s --sleep-interval', '--pid', '--max-unchanged-stats'],
    {
      allow: [
        'head -20 src/a.ts',
        'tail -n +5 README.md',
        'tail -f logs/dev.log',
        'git log --oneline | head -n 5',
        'f=$(find src -name "*.go" | head -1); sed -n 1,5p "$f"',
      ],
    },
  ),
  {
    names: ['cut', 'gcut'],
    lower: cut,
    examples: { allow: ['cut -d: -f1 /etc/passwd', 'cut -d= -f1 .env', 'echo a,b | cut -d, -f2'] },
  },
  {
    names: ['tr', 'gtr'],
    lower: tr,
    examples: { allow: ["tr -d '\\n' < a.txt", 'echo abc | tr a-z A-Z'], deny: ["echo 'sn -sg ~' | tr sng rmf | sh"] },
  },
  {
    names: ['base64', 'gbase64', 'base32', 'basenc'],
    lower: base64,
    examples: {
      allow: ['echo aGk= | base64 -d', 'base64 -w0 logo.png', 'base64 -i logo.png -o logo.b64'],
      deny: ['echo cm0gLXJmIH4K | base64 --decode | bash', 'echo OJWSALLSMYQH4CQ= | base32 -d | sh'],
    },
  },
  {
    names: ['xxd'],
    lower: xxd,
    examples: { allow: ['xxd -l 64 a.bin', 'echo 6869 | xxd -r -p'], deny: ['echo 726d202d7266207e | xxd -r -p | sh'] },
  },
  {
    names: ['sort', 'gsort'],
    lower: sort,
    examples: {
      allow: ['sort -u a.txt', 'sort -k2,2n -t, a.csv -o sorted.csv', 'sort --compress-program=gzip a.txt'],
      deny: [
        'sort -o ~/.bashrc a.txt',
        "sort --compress-program='rm -rf ~' a.txt",
        'sort --compress-prog=./x.sh a.txt',
      ],
      unsettled: ['sort a.txt -o ../other.txt', 'sort --frob a.txt'],
    },
  },
  {
    names: ['uniq', 'guniq'],
    lower: uniq,
    examples: { allow: ['sort a.txt | uniq -c', 'uniq a.txt b.txt'], deny: ['uniq a.txt ~/.zshrc'] },
  },
  reader(
    ['paste', 'join', 'comm', 'od', 'god', 'hexdump', 'hd', 'strings', 'pr', 'column', 'colrm', 'tsort', 'ptx', 'jot'],
    {
      values: [],
      examples: {
        allow: [
          'od -c a.bin',
          'hexdump -C a.bin',
          'comm -12 a.txt b.txt',
          'paste -sd, a.txt',
          'column -t a.txt',
          'strings a.out',
        ],
      },
    },
  ),
];
