// Turns the argv of programs that look at the machine, the user and the time into effects; knows nothing of policy.
import { parseArgs } from '../../core/options.ts';
import type { Call, Lowering, Output, Program } from '../../core/program.ts';
import { known, number, text, type Value } from '../../core/value.ts';
import { harmless, inspect, literal, reads } from '../kit.ts';

const QUIET: Output = { taints: [] };
/** Text without a folder in it: a number, a name, a date. */
const plainly = (because: string): Value => ({ kind: 'pattern', prefix: '', suffix: '', climbs: false, because });

function date(call: Call): Lowering {
  const parsed = parseArgs(call.args, {
    flags: ['-u --utc --universal', '-R --rfc-email', '-j', '-n', '--debug', '--resolution'],
    values: ['-d --date', '-f --file', '-r --reference', '-s --set', '-v', '--rfc-3339'],
    optional: ['-I --iso-8601'],
  });
  const operand = parsed.operands.find((word) => !literal(word)?.startsWith('+'));
  const sets =
    parsed.has('-s') ||
    (operand !== undefined &&
      !parsed.has('-j', '-d', '-f', '-r') &&
      !/^\+/.test(literal(operand) ?? (operand.value.kind === 'pattern' ? operand.value.prefix : '')));
  if (sets) return { effects: [{ kind: 'system', action: 'time', what: 'date' }] };
  const format = parsed.operands.map(literal).find((each) => each?.startsWith('+'));
  const safe = format !== undefined && !format.startsWith('+/') && !format.includes('..');
  return {
    effects: [inspect('date'), ...reads(call, parsed.has('-j') ? [] : parsed.all('-f'))],
    output: {
      taints: [],
      ...(safe ? { text: NUMERIC_TIME.test(format) ? number('the time') : plainly('the time') } : {}),
    },
  };
}

/** Formats that print digits alone. */
const NUMERIC_TIME = /^\+(%-?[sYmdHMSNjuy])+$/;

/** `seq 1 5`: known when short. */
function seq(call: Call): Lowering {
  const numbers = call.args.map((word) => (/^-?\d+$/.test(literal(word) ?? '') ? Number(literal(word)) : undefined));
  const [first = 1, step = 1, last] =
    numbers.length === 1 ? [1, 1, numbers[0]] : numbers.length === 2 ? [numbers[0], 1, numbers[1]] : numbers;
  if (numbers.length === 0 || numbers.length > 3 || numbers.includes(undefined) || last === undefined || step === 0)
    return { effects: [inspect('seq')], output: { taints: [], text: number('numbers'), each: number('a number') } };
  const count = Math.floor((last - first) / step) + 1;
  if (count > 32)
    return { effects: [inspect('seq')], output: { taints: [], text: number('numbers'), each: number('a number') } };
  const lines = Array.from({ length: Math.max(count, 0) }, (_, index) => `${first + index * step}\n`);
  return { effects: [inspect('seq')], output: { taints: [], text: known(lines.join('')) } };
}

function hostname(call: Call): Lowering {
  const parsed = parseArgs(call.args, { values: ['-F --file'] });
  if (parsed.operands.length > 0 || parsed.has('-F'))
    return { effects: [{ kind: 'system', action: 'settings', what: call.name }] };
  return { effects: [inspect(call.name)], output: { taints: [], text: plainly('the name of this machine') } };
}

/** Names, numbers and terminals: nothing that could be a path. */
const shows = (names: readonly string[], shown: Value, allow: readonly string[]): Program => ({
  names,
  lower: (call) => ({ effects: [inspect(call.name)], output: { taints: [], text: shown } }),
  examples: { allow },
});

function id(call: Call): Lowering {
  const user = call.env('USER')?.value;
  const name =
    call.name === 'whoami' || call.name === 'logname' || (call.args.length === 1 && literal(call.args[0]) === '-un');
  return {
    effects: [inspect(call.name)],
    output: {
      taints: [],
      text: name && user && text(user) !== undefined ? known(`${text(user)}\n`) : plainly('a user or group'),
    },
  };
}

export const statePrograms: readonly Program[] = [
  {
    names: ['date', 'gdate'],
    lower: date,
    examples: {
      allow: [
        'date',
        'date +%Y-%m-%d',
        'date -u -d yesterday +%s',
        'date -j -f %Y 2024 +%s',
        'mkdir -p /tmp/run-$(date +%s)',
      ],
      unsettled: ['date -s 2020-01-01', 'date 010100002020'],
    },
  },
  {
    names: ['seq', 'gseq'],
    lower: seq,
    examples: { allow: ['seq 1 10', 'for i in $(seq 1 3); do touch out$i.txt; done', 'seq 1 2 1000'] },
  },
  { names: ['id', 'whoami', 'groups', 'logname'], lower: id, examples: { allow: ['id', 'whoami', 'id -u', 'groups'] } },
  {
    names: ['hostname', 'domainname'],
    lower: hostname,
    examples: { allow: ['hostname', 'hostname -f'], unsettled: ['hostname evil', 'hostname -F x'] },
  },
  shows(
    ['uname', 'tty', 'numfmt', 'factor', 'expr', 'cal', 'ncal', 'uuidgen', 'gexpr'],
    plainly('a word or a number'),
    ['uname -a', 'expr 1 + 2', 'uuidgen'],
  ),
  shows(['nproc', 'gnproc'], number('the number of processors'), [
    'nproc',
    'make -j$(nproc) all',
    'ninja -j"$(nproc)"',
  ]),
  {
    names: ['sleep', 'gsleep', 'usleep', 'sync', 'yes', 'users'],
    lower: (call) => harmless(call.name, QUIET),
    examples: { allow: ['sleep 2', 'yes | head -1'] },
  },
];
