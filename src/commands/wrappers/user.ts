// Turns the argv of programs that run something as another user (sudo, doas, su, runuser) into effects; knows nothing of policy.
import type { Word } from '../../core/invocation.ts';
import { parseArgs } from '../../core/options.ts';
import type { Call, EffectDraft, Lowering, Program, Run } from '../../core/program.ts';
import { harmless, inspect, literal, mustBeKnown, opaque, writes } from '../kit.ts';
import { spaced, wordOf } from '../words.ts';
import { environmentOf, splitting } from './wrap.ts';

const SUDO = {
  flags: [
    '-A --askpass',
    '-b --background',
    '-B --bell',
    '-E',
    '-e --edit',
    '-H --set-home',
    '-i --login',
    '-K --remove-timestamp',
    '-k --reset-timestamp',
    '-l --list',
    '-N --no-update',
    '-n --non-interactive',
    '-P --preserve-groups',
    '-S --stdin',
    '-s --shell',
    '-V --version',
    '-v --validate',
    '--help',
  ],
  values: [
    '-a',
    '-C --close-from',
    '-c',
    '-D --chdir',
    '-g --group',
    '-h --host',
    '-p --prompt',
    '-R --chroot',
    '-r --role',
    '-T --command-timeout',
    '-t --type',
    '-U --other-user',
    '-u --user',
  ],
  optional: ['--preserve-env'],
  style: 'posix',
} as const;

/** The other user's shell, which reads whatever comes. */
const shellOf = (call: Call): Run => ({ kind: 'argv', argv: [wordOf('sh', call.invocation)], via: call.name });

function sudo(call: Call): Lowering {
  const parsed = parseArgs(call.args, SUDO);
  if (parsed.has('-V', '--help') || parsed.has('-k', '-K')) return harmless(call.name);
  const user = parsed.value('-u');
  const { env, rest } = environmentOf(parsed.operands);
  const root = user === undefined || ['root', '#0', undefined].includes(literal(user));
  const effects: EffectDraft[] = [
    {
      kind: 'privilege',
      how: 'sudo',
      what: (literal(rest[0]) ?? parsed.options.map((option) => option.name).join(' ')) || call.name,
    },
    ...parsed.unlisted.map((option) => opaque(`${call.name} ${option.name} is not an option that is known`)),
    ...splitting(
      parsed.options.flatMap((option) => (option.value ? [option.value] : [])),
      call.name,
    ),
  ];
  if (parsed.has('-e')) return { effects: [...effects, ...writes(call, rest, 'edit')] };
  const line = parsed.has('-s', '-i') ? spaced(rest) : undefined;
  const run = line ? { kind: 'shell' as const, text: line } : { kind: 'argv' as const, argv: rest };
  const folder = parsed.value('-D');
  const runs: Run[] =
    rest.length === 0 && parsed.has('-s', '-i')
      ? [{ ...shellOf(call), root }]
      : rest.length === 0 || parsed.has('-l', '-v')
        ? []
        : [{ ...run, via: call.name, root, env, ...(folder ? { cwd: folder.value } : {}) }];
  return { effects, runs };
}

function doas(call: Call): Lowering {
  const parsed = parseArgs(call.args, { flags: ['-L', '-n', '-s'], values: ['-a', '-C', '-u'], style: 'posix' });
  const root = parsed.value('-u') === undefined || literal(parsed.value('-u')) === 'root';
  const effects: EffectDraft[] = [
    { kind: 'privilege', how: 'sudo', what: literal(parsed.operands[0]) ?? 'doas' },
    ...parsed.unlisted.map((option) => opaque(`doas ${option.name} is not an option that is known`)),
  ];
  return {
    effects,
    runs:
      parsed.operands.length > 0
        ? [{ kind: 'argv', argv: parsed.operands, via: 'doas', root }]
        : parsed.has('-s')
          ? [{ ...shellOf(call), root }]
          : [],
  };
}

/** `su - user -c TEXT`: options may stand after the user. */
function su(call: Call): Lowering {
  const parsed = parseArgs(call.args, {
    flags: ['-', '-l --login', '-m -p --preserve-environment', '-f --fast', '-P --pty', '--help', '-V --version'],
    values: [
      '-c --command',
      '--session-command',
      '-g --group',
      '-G --supp-group',
      '-s --shell',
      '-w --whitelist-environment',
      '-u --user',
      '-T',
    ],
  });
  if (parsed.has('--help', '-V')) return harmless(call.name);
  const [user, ...rest] = parsed.operands.filter((word) => literal(word) !== '-');
  const root = call.name === 'su' ? user === undefined || literal(user) === 'root' : true;
  const effects: EffectDraft[] = [
    { kind: 'privilege', how: 'sudo', what: `${call.name} ${literal(user) ?? ''}`.trim() },
    ...parsed.unlisted.map((option) => opaque(`${call.name} ${option.name} is not an option that is known`)),
    ...mustBeKnown(parsed.dynamic, `an option of ${call.name}`),
  ];
  const runs: Run[] = parsed
    .all('-c', '--session-command')
    .map((text): Run => ({ kind: 'shell', text, via: call.name, root }));
  const named = parsed.has('-u') ? [user, ...rest].filter((word): word is Word => word !== undefined) : rest;
  if (call.name === 'runuser' && parsed.has('-u') && named.length > 0)
    runs.push({ kind: 'argv', argv: named, via: call.name, root });
  else if (call.name === 'su' && runs.length === 0 && call.stdin.from !== 'inherit')
    runs.push({
      kind: 'shell',
      text: { value: call.stdin.text, taints: call.stdin.taints, fields: 'one', span: call.invocation.span },
      via: call.name,
      root,
    });
  else if (runs.length === 0 && (call.name === 'su' || user === undefined)) runs.push({ ...shellOf(call), root });
  return { effects: [...effects, inspect(call.name)], runs };
}

export const users: readonly Program[] = [
  {
    names: ['sudo', 'sudoedit', 'gsudo', 'run0'],
    lower: sudo,
    examples: {
      allow: ['sudo --version', 'sudo -k'],
      deny: [
        'sudo rm -rf /var/lib/x',
        'sudo -u root rm -rf /',
        'sudo -E FOO=1 rm -rf ~',
        'sudo sh -c "rm -rf /"',
        'sudo -i rm -rf ~',
        'sudo -n -- rm -rf /etc',
        'sudo -s',
        'sudo bash',
        'sudo find . -exec sh \\;',
        'sudo -u root -i',
      ],
      unsettled: [
        'sudo ls',
        'sudo -l',
        'sudo -n true',
        'sudo -v',
        'sudo --frob ls',
        'sudo -u postgres psql',
        'sudo "$CMD"',
      ],
    },
  },
  { names: ['doas'], lower: doas, examples: { deny: ['doas rm -rf /'], unsettled: ['doas ls', 'doas -u www ls'] } },
  {
    names: ['su', 'runuser'],
    lower: su,
    examples: {
      deny: ['su', 'su - root', 'su -c "rm -rf /"', "su - bob -c 'rm -rf ~'", 'runuser -u bob -- rm -rf /home/bob'],
      unsettled: ['su - bob', 'runuser bob -c ls'],
    },
  },
];
