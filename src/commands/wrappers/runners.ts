// Turns the argv of wrappers with a grammar of their own (flock, script, entr, expect, debuggers, profilers) into what they run; knows nothing of policy.
import type { Word } from '../../core/invocation.ts';
import { parseArgs } from '../../core/options.ts';
import type { Call, EffectDraft, Lowering, Program, Run } from '../../core/program.ts';
import { harmless, inspect, literal, mustBeKnown, opaque, reads, wantsHelp, writes } from '../kit.ts';
import { replaced, streamWord, wordOf } from '../words.ts';
import { splitting } from './wrap.ts';

const argvRun = (argv: readonly Word[], via: string): Run[] => (argv.length > 0 ? [{ kind: 'argv', argv, via }] : []);

function flock(call: Call): Lowering {
  const parsed = parseArgs(call.args, {
    flags: [
      '-s --shared',
      '-x -e --exclusive',
      '-u --unlock',
      '-n --nonblock --nb',
      '-o --close',
      '-F --no-fork',
      '--verbose',
      '-h --help',
      '-V --version',
    ],
    values: ['-w --wait --timeout', '-E --conflict-exit-code'],
    style: 'posix',
  });
  const [lock, first, ...rest] = parsed.operands;
  const descriptor = /^[0-9]+$/.test(literal(lock) ?? '');
  const effects: EffectDraft[] = [
    ...(lock && !descriptor ? writes(call, [lock], 'touch') : []),
    ...splitting([...(lock ? [lock] : []), ...parsed.all('-w', '-E')], 'flock'),
    ...parsed.unlisted.map((option) => opaque(`flock ${option.name} is not an option that is known`)),
    inspect('flock'),
  ];
  if (['-c', '--command'].includes(literal(first) ?? ''))
    return { effects, runs: rest[0] ? [{ kind: 'shell', text: rest[0], via: 'flock -c' }] : [] };
  return { effects, runs: first ? argvRun([first, ...rest], 'flock') : [] };
}

function script(call: Call): Lowering {
  const parsed = parseArgs(call.args, {
    flags: ['-a --append', '-e --return', '-f --flush', '-q --quiet', '-k', '-r', '-d', '-p', '--force'],
    values: [
      '-c --command',
      '-E --echo',
      '-I --log-in',
      '-O --log-out',
      '-B --log-io',
      '-m --logging-format',
      '-o --output-limit',
      '-T --log-timing',
      '-t',
    ],
    style: 'posix',
  });
  const text = parsed.value('-c');
  const [file, ...argv] = parsed.operands;
  const log = file ?? (text || parsed.has('-O') ? undefined : wordOf('typescript', call.invocation));
  return {
    effects: [
      ...writes(call, log ? [log] : []),
      ...writes(call, parsed.all('-O', '-B', '-I', '-T')),
      ...mustBeKnown(parsed.dynamic, 'an option of script'),
      inspect('script'),
    ],
    runs: text ? [{ kind: 'shell', text, via: 'script -c' }] : argvRun(argv, 'script'),
  };
}

/** `ls | entr -s TEXT`, `ls | entr cmd /_`: `/_` is a file that changed. */
function entr(call: Call): Lowering {
  const parsed = parseArgs(call.args, {
    flags: ['-a', '-c', '-d', '-n', '-p', '-r', '-s', '-x', '-z'],
    style: 'posix',
  });
  const changed: Word = {
    value: call.stdin.each ?? { kind: 'unknown', because: 'a file that changed' },
    taints: [],
    fields: 'one',
    span: call.invocation.span,
  };
  const argv = parsed.operands.map((word) => replaced(word, '/_', changed));
  const line = argv[0];
  return {
    effects: [inspect('entr')],
    runs: parsed.has('-s') && line ? [{ kind: 'shell', text: line, via: 'entr -s' }] : argvRun(argv, 'entr'),
  };
}

function expect(call: Call): Lowering {
  const parsed = parseArgs(call.args, {
    flags: ['-d', '-i', '-n', '-N', '-v', '-b'],
    values: ['-c', '-f', '-D'],
    style: 'posix',
  });
  if (parsed.has('-v')) return harmless('expect');
  const given = parsed.all('-c');
  const script = parsed.operands.length === 0 && given.length === 0 && !parsed.has('-f');
  const code = script ? [streamWord(call.stdin, call.invocation)] : given;
  return {
    effects: [...reads(call, [...parsed.all('-f'), ...parsed.operands.slice(0, 1)]), opaque('Expect code is not read')],
    runs: code.map((text) => ({ kind: 'code', language: 'unknown', text, via: 'expect' })),
  };
}

/** Commands a debugger runs without touching anything but the program it runs. */
const DEBUGGER =
  /^\s*(run|r|bt|backtrace|where|quit|q|continue|c|info [\w ]+|frame( [0-9]+)?|thread apply all bt( full)?|set pagination off|set confirm off|break [\w:.]+|b [\w:.]+|p(rint)? [\w.>*-]+|process launch|list|disassemble|x\/[\w]+ [\w$]+)\s*$/;

/** `!`, `shell` and lldb's `platform shell` hand the rest to a shell; `python` and `script` are code. */
function escapes(command: Word): Run[] {
  const [, name = '', rest = ''] =
    /^\s*(!|shell\b|make\b|pipe\b|platform shell\b|python\b|py\b|pi\b|script\b)\s*([\s\S]*)$/.exec(
      literal(command) ?? '',
    ) ?? [];
  if (rest === '') return [];
  const text = wordOf(name === 'make' ? `make ${rest}` : rest, command);
  return /^(p|script)/.test(name) && name !== 'pipe' && name !== 'platform shell'
    ? [{ kind: 'code', language: 'python', text, via: 'a debugger' }]
    : [
        {
          kind: 'shell',
          text: name === 'pipe' ? wordOf(rest.replace(/^[^|]*\|/, ''), command) : text,
          via: 'a debugger',
        },
      ];
}

function gdb(call: Call): Lowering {
  if (wantsHelp(call.args)) return harmless(call.name);
  const split = call.args.findIndex((word) => ['--args', '-args', '--'].includes(literal(word) ?? ''));
  const own = split < 0 ? call.args : call.args.slice(0, split);
  const parsed = parseArgs(own, {
    flags: ['-batch --batch -b', '-q -quiet --quiet', '-n -nx --nx', '-nh', '-return-child-result', '-silent'],
    values: [
      '-ex --ex -eval-command --eval-command',
      '-iex',
      '-x -command --command',
      '-ix',
      '-p -pid --pid',
      '-cd --cd',
      '-c -core --core',
      '-s',
      '-o -one-line --one-line',
      '-O',
      '-S',
      '-k',
      '-f --file',
      '-d -directory',
    ],
    style: 'words',
  });
  const commands = parsed.all('-ex', '-iex', '-o', '-O', '-k');
  const effects: EffectDraft[] = [
    ...reads(call, parsed.operands),
    ...commands
      .filter((word) => !DEBUGGER.test(literal(word) ?? '!'))
      .map((word) => opaque('a debugger command is not read', word.span)),
    ...(parsed.has('-x', '-ix', '-s', '-S') ? [opaque('a file of debugger commands is not read')] : []),
    ...(parsed.has('-p') ? [opaque('a running process is attached to')] : []),
    ...parsed.unlisted.map((option) => opaque(`${call.name} ${option.name} is not read`)),
    inspect(call.name),
  ];
  const program = split < 0 ? parsed.operands.slice(0, 1) : call.args.slice(split + 1);
  return { effects, runs: [...commands.flatMap(escapes), ...argvRun(program, call.name)] };
}

function perf(call: Call): Lowering {
  const verb = literal(call.args[0]);
  const rest = call.args.slice(1);
  if (
    ['list', 'report', 'script', 'annotate', 'diff', 'version', '--version', 'evlist', 'buildid-list', 'help'].includes(
      verb ?? '',
    )
  )
    return {
      effects: [
        inspect(`perf ${verb}`),
        ...(verb === 'script' && rest.length > 0 ? [opaque('perf script may run a script')] : []),
      ],
    };
  if (!['stat', 'record', 'trace', 'mem'].includes(verb ?? ''))
    return { effects: [opaque(`perf ${verb ?? '…'} is not read`)] };
  const parsed = parseArgs(rest, {
    flags: ['-a', '-d', '-g', '-i', '-v', '-q', '-B', '-n', '-s', '-T', '-P', '-R', '--per-core', '-S'],
    values: [
      '-e --event',
      '-o --output',
      '-r --repeat',
      '-F --freq',
      '-c --count',
      '-C --cpu',
      '-x',
      '-t --tid',
      '-p --pid',
      '-I',
      '-m',
      '-D',
      '--call-graph',
      '-k',
      '-u',
    ],
    style: 'posix',
  });
  return {
    effects: [
      ...writes(
        call,
        verb === 'record' && !parsed.has('-o') ? [wordOf('perf.data', call.invocation)] : parsed.all('-o'),
      ),
      ...parsed.unlisted.map((option) => opaque(`perf ${option.name} is not read`)),
      inspect('perf'),
    ],
    runs: argvRun(parsed.operands, `perf ${verb}`),
  };
}

/** `shx rm -rf dist`: the shell's own file programs for package scripts. */
const shx = (call: Call): Lowering => ({ effects: [inspect('shx')], runs: argvRun(call.args, 'shx') });

export const runners: readonly Program[] = [
  {
    names: ['flock', 'lckdo'],
    lower: flock,
    examples: {
      allow: ['flock /tmp/x.lock npm test', 'flock -n 9'],
      deny: ['flock /tmp/x rm -rf ~', "flock /tmp/x -c 'rm -rf ~'"],
    },
  },
  {
    names: ['script'],
    lower: script,
    examples: {
      allow: ["script -qc 'npm test' /tmp/log", 'script -q /dev/null npm test'],
      deny: ["script -c 'rm -rf ~' /tmp/log", 'script -q ~/.bashrc ls'],
    },
  },
  {
    names: ['entr'],
    lower: entr,
    examples: {
      allow: ['ls src | entr npm test', "ls | entr -s 'npm test'"],
      deny: ['ls | entr rm -rf ~', "ls | entr -s 'rm -rf ~'"],
    },
  },
  {
    names: ['fswatch', 'inotifywait', 'inotifywatch'],
    lower: (call) => ({ effects: [inspect(call.name)], output: { taints: [] } }),
    examples: { allow: ['inotifywait -m src', 'fswatch -o src'] },
  },
  {
    names: ['expect'],
    lower: expect,
    examples: {
      allow: ['expect -v'],
      deny: ["expect -c 'spawn rm -rf /home/dev; expect eof'", 'expect <<< \'spawn sh\nsend "rm -rf ~\\r"\''],
      unsettled: ["expect -c 'spawn sh'", 'expect x.exp'],
    },
  },
  {
    names: ['gdb', 'lldb', 'cgdb'],
    lower: gdb,
    examples: {
      allow: ['gdb --version', 'gdb -batch -ex run -ex bt --args ls src'],
      deny: [
        'gdb --args rm -rf ~',
        "gdb -nx -ex '!rm -rf ~' -ex quit",
        'gdb -batch -ex \'python import shutil; shutil.rmtree("/home/dev")\'',
        "lldb -o 'platform shell rm -rf ~'",
      ],
      unsettled: ["gdb -ex 'shell id'", 'gdb -p 1', 'gdb -x cmds.gdb ls'],
    },
  },
  {
    names: ['perf'],
    lower: perf,
    examples: {
      allow: ['perf stat ls', 'perf record -g npm test', 'perf report'],
      deny: ['perf record rm -rf ~', 'perf record -o ~/.bashrc ls'],
    },
  },
  { names: ['shx'], lower: shx, examples: { allow: ['shx rm -rf dist', 'shx mkdir -p out'], deny: ['shx rm -rf ~'] } },
];
