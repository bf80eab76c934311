// Turns the argv of programs that split, sum, copy and convert streams of text into effects; knows nothing of policy.
import { parseArgs } from '../../core/options.ts';
import type { Call, Lowering, Output, Program } from '../../core/program.ts';
import { number } from '../../core/value.ts';
import { harmless, inspect, literal, mustBeKnown, reader, reads, writes } from '../kit.ts';
import { wordOf } from '../words.ts';

const QUIET: Output = { taints: [] };

function tee(call: Call): Lowering {
  const parsed = parseArgs(call.args, {
    flags: ['-a --append', '-i --ignore-interrupts', '-p'],
    optional: ['--output-error'],
  });
  const files = parsed.operands.length > 0 ? parsed.operands : [];
  const effects = writes(call, files, parsed.has('-a') ? 'append' : 'overwrite').map((effect) =>
    effect.kind === 'fs.write' ? { ...effect, content: call.stdin.text, taints: call.stdin.taints } : effect,
  );
  return {
    effects: effects.length > 0 ? effects : [inspect('tee')],
    output: { text: call.stdin.text, taints: call.stdin.taints },
  };
}

/** One count of what is read is a number; with several, or a file's name behind it, it is not. */
function count(call: Call): Lowering {
  const parsed = parseArgs(call.args, {
    flags: ['-c --bytes', '-m --chars', '-l --lines', '-w --words', '-L --max-line-length'],
    values: ['--files0-from', '--total'],
  });
  const single = parsed.options.length === 1 && parsed.unlisted.length === 0 && parsed.operands.length === 0;
  const read = reads(call, [...parsed.operands, ...parsed.all('--files0-from')]);
  return {
    effects: read.length > 0 ? read : [inspect('wc')],
    output: { taints: [], ...(single ? { text: number('a count') } : {}) },
  };
}

function split(call: Call): Lowering {
  const parsed = parseArgs(call.args, {
    flags: [
      '-d',
      '-x',
      '-e',
      '-u --unbuffered',
      '--verbose',
      '-k --keep-files',
      '-s --quiet --silent',
      '-z --elide-empty-files',
    ],
    values: [
      '-a --suffix-length',
      '-b --bytes',
      '-C --line-bytes',
      '-l --lines',
      '-n --number -p',
      '-t --separator',
      '--additional-suffix',
      '-f --prefix',
      '--filter',
    ],
    optional: ['--numeric-suffixes', '--hex-suffixes'],
  });
  const [input, prefix] = parsed.operands;
  const command = parsed.value('--filter');
  const start = call.name === 'csplit' ? parsed.value('--prefix') : prefix;
  const stem = start ?? wordOf(call.name === 'csplit' ? 'xx' : 'x', { span: call.invocation.span });
  const made = writes(
    call,
    [
      {
        ...stem,
        value: {
          kind: 'pattern',
          prefix: literal(stem) ?? '',
          suffix: '',
          climbs: literal(stem) === undefined,
          because: 'names of the pieces',
        },
      },
    ],
    'create',
  );
  return {
    effects: [
      ...reads(call, input ? [input] : []),
      ...(command ? [] : made),
      ...mustBeKnown(parsed.dynamic, `an option of ${call.name}`),
    ],
    ...(command ? { runs: [{ kind: 'shell' as const, text: command, via: 'split --filter' }] } : {}),
  };
}

export const pieces: readonly Program[] = [
  {
    names: ['tee', 'gtee'],
    lower: tee,
    examples: {
      allow: ['npm test | tee build.log', 'echo a | tee -a notes.md other.md'],
      deny: ['echo x | tee ~/.bashrc', 'echo x | tee -a /etc/profile'],
      unsettled: ['echo x | tee ~/notes.txt'],
    },
  },
  {
    names: ['split', 'gsplit', 'csplit'],
    lower: split,
    examples: {
      allow: ['split -l 1000 data.csv part-', 'csplit log.txt /ERROR/'],
      deny: ["split --filter='rm -rf ~' data.csv"],
    },
  },
  {
    names: ['wc', 'gwc'],
    lower: count,
    examples: { allow: ['wc -l src/a.ts', 'wc -c < .env', 'n=$(wc -l < a.log); sed -n "$((n - 5)),${n}p" a.log'] },
  },
  reader(
    [
      'md5',
      'md5sum',
      'sha1sum',
      'sha224sum',
      'sha256sum',
      'sha384sum',
      'sha512sum',
      'shasum',
      'b2sum',
      'cksum',
      'sum',
      'gsha256sum',
      'gmd5sum',
    ],
    {
      values: ['--files0-from', '-a --algorithm'],
      output: QUIET,
      examples: {
        allow: ['sha256sum dist/a.tgz', 'shasum -a 256 a.zip', 'md5sum -c sums.txt'],
      },
    },
  ),
  reader(['shuf', 'gshuf', 'iconv', 'giconv'], {
    values: ['-n --head-count', '-i --input-range', '-f --from-code', '-t --to-code', '--random-source', '-o --output'],
    flags: ['-e --echo', '-r --repeat', '-z', '-c', '-s', '-l --list'],
    outputs: ['--output'],
    skip: (parsed) => (parsed.has('-e', '-l') ? parsed.operands.length : 0),
    examples: {
      allow: ['shuf -n 3 a.txt', 'shuf -i 1-10', 'iconv -f latin1 -t utf-8 a.txt'],
      deny: ['iconv -f utf-8 -t utf-8 a -o ~/.bashrc'],
    },
  }),
  {
    names: ['dos2unix', 'unix2dos', 'mac2unix', 'unix2mac'],
    lower: (call) => {
      const parsed = parseArgs(call.args, {
        flags: ['-n --newfile', '-o --oldfile', '-k', '-q', '-f', '-b', '-i'],
        values: ['-c --convmode'],
      });
      if (parsed.operands.length === 0) return { effects: [inspect(call.name)] };
      const fresh = parsed.has('-n');
      const outputs = fresh ? parsed.operands.filter((_, index) => index % 2 === 1) : parsed.operands;
      return { effects: [...reads(call, parsed.operands), ...writes(call, outputs, fresh ? 'overwrite' : 'edit')] };
    },
    examples: { allow: ['dos2unix src/a.ts', 'dos2unix -n a.txt b.txt'], deny: ['unix2dos ~/.bashrc'] },
  },
  {
    names: ['envsubst'],
    lower: () => harmless('envsubst'),
    examples: { allow: ['envsubst < app.tmpl > app.conf', "envsubst '$HOST' < app.tmpl"] },
  },
];
