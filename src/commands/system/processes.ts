// Turns argv of programs that list or end processes into effects; knows nothing of policy.
import {
  LINE_PROCESS,
  NAMED_PROCESS,
  OWN_PROCESS,
  PARENT_PROCESS,
  PORT_PROCESS,
  type Word,
} from '../../core/invocation.ts';
import { parseArgs } from '../../core/options.ts';
import type { EffectDraft, Lowering, Program } from '../../core/program.ts';
import { known, pattern, show, text, unknown, why } from '../../core/value.ts';
import { harmless, inspect, literal, mustBeKnown, opaque } from '../kit.ts';

const SIGNAL = /^-(?:s|n|SIG)?([A-Za-z]{2,}[0-9+-]*|\d+)$/;

/** What a word of `kill` names. */
function victim(word: Word, signal: string): EffectDraft {
  const because = why(word.value);
  const of = (target: Extract<EffectDraft, { kind: 'proc.kill' }>['target'], name = word.value): EffectDraft => ({
    kind: 'proc.kill',
    target,
    name,
    signal,
    span: word.span,
  });
  if (because === OWN_PROCESS) return of('own');
  if (because?.startsWith(PORT_PROCESS)) return of('port', known(because.slice(PORT_PROCESS.length)));
  if (because?.startsWith(NAMED_PROCESS)) return of('name', known(because.slice(NAMED_PROCESS.length)));
  if (because?.startsWith(LINE_PROCESS)) return of('pattern', known(because.slice(LINE_PROCESS.length)));
  if (because === PARENT_PROCESS) return of('name', known('the coding agent'));
  const all = text(word.value);
  if (all === undefined) return of('pid');
  if (/^%/.test(all)) return of('own');
  if (/^(-1|1)$/.test(all)) return of('all');
  return of('pid');
}

const kill: Program = {
  names: ['kill'],
  lower: (call) => {
    const words = [...call.args];
    if (words.length === 0 || /^(-l|-L|--list|--table|--help|--version)/.test(literal(words[0]) ?? ''))
      return harmless('signals');
    let signal = 'TERM';
    const first = literal(words[0]) ?? '';
    if (/^(-s|-n|--signal)$/.test(first)) {
      words.shift();
      signal = literal(words.shift()) ?? 'unknown';
    } else if (words.length > 1 && SIGNAL.test(first)) {
      words.shift();
      signal = SIGNAL.exec(first)?.[1] ?? 'TERM';
    }
    if (literal(words[0]) === '--') words.shift();
    if (signal === '0') return harmless('whether a process runs');
    if (words.length === 0) return harmless('kill');
    return { effects: words.map((word) => victim(word, signal)) };
  },
  examples: {
    allow: [
      'npm run dev & P=$!; trap "kill $P" EXIT; sleep 1',
      'kill -0 4711',
      'kill -l',
      'kill %2',
      'npm start & kill $!',
      'sleep 60 & P=$!; kill $P',
      'kill $(lsof -ti :3000)',
      'kill -9 $(lsof -t -i tcp:5173)',
    ],
    deny: ['kill -9 -1', 'kill 1', 'kill -9 $PPID', 'kill $(pgrep -f claude)', 'pgrep greenlight | xargs kill'],
    unsettled: ['kill 4711', 'kill -9 4711', 'kill $(cat server.pid)', 'kill $(lsof -ti :5432)', 'kill $(pgrep node)'],
  },
};

/** Every word after the program is one extended regular expression over names or, with -f, whole command lines. */
const pkill: Program = {
  names: ['pkill', 'skill', 'xkill', 'snice', 'slay'],
  lower: (call) => {
    const parsed = parseArgs(
      call.args.filter((word) => !/^-(SIG)?[A-Z]{3,}[0-9]?$|^-\d+$/.test(literal(word) ?? '')),
      {
        flags: [
          '-f --full',
          '-x --exact',
          '-i --ignore-case',
          '-v --inverse',
          '-n --newest',
          '-o --oldest',
          '-e --echo',
          '-c --count',
          '-l',
          '-a',
          '-h --help',
          '-V --version',
          '-w',
          '-A --ignore-ancestors',
        ],
        values: [
          '-u --euid',
          '-U --uid',
          '-P --parent',
          '-g --pgroup',
          '-G --group',
          '-s --session',
          '-t --terminal',
          '-F --pidfile',
          '-q --queue',
          '--signal',
          '-O --older',
          '--ns',
          '-r --runstates',
        ],
      },
    );
    if (parsed.has('-h', '-V')) return harmless(call.name);
    const signal =
      literal(parsed.value('--signal') ?? call.args.find((word) => SIGNAL.test(literal(word) ?? ''))) ?? 'TERM';
    if (/^-?(SIG)?0$/.test(signal)) return harmless('whether a process runs');
    const effects: EffectDraft[] = [...mustBeKnown(parsed.dynamic, 'which processes end')];
    const own = parsed.all('-P').some((word) => why(word.value) === OWN_PROCESS || literal(word) === '$$');
    if (parsed.has('-v'))
      effects.push({ kind: 'proc.kill', target: 'all', name: known('every other process'), signal });
    for (const word of parsed.operands)
      effects.push({
        kind: 'proc.kill',
        target: own ? 'own' : parsed.has('-f') ? 'pattern' : 'name',
        name: word.value,
        signal,
        span: word.span,
      });
    if (parsed.operands.length === 0)
      effects.push({
        kind: 'proc.kill',
        target: own ? 'own' : parsed.has('-F') ? 'pid' : 'all',
        name: known(call.args.map((word) => show(word.value)).join(' ')),
        signal,
      });
    return { effects };
  },
  examples: {
    allow: [
      'pkill -f "vite --port 4000"',
      'pkill -f "next dev"',
      'pkill -f /home/dev/project/server.js',
      'pkill -0 node',
      'pkill -f "http.server 8000"',
      'pkill -P $$',
    ],
    deny: ['pkill -u dev', 'pkill -9 -f .', 'pkill -f greenlight', 'pkill claude', 'pkill -v bash'],
    unsettled: ['pkill node', 'pkill -9 python3', 'pkill -f node', 'pkill "$NAME"'],
  },
};

const killall: Program = {
  names: ['killall', 'killall5'],
  lower: (call) => {
    if (call.name === 'killall5')
      return { effects: [{ kind: 'proc.kill', target: 'all', name: known('every process'), signal: 'TERM' }] };
    const parsed = parseArgs(
      call.args.filter((word) => !/^-(SIG)?[A-Z]{3,}[0-9]?$|^-\d+$/.test(literal(word) ?? '')),
      {
        flags: [
          '-e --exact',
          '-I --ignore-case',
          '-g --process-group',
          '-i --interactive',
          '-l --list',
          '-q --quiet',
          '-r --regexp',
          '-v --verbose',
          '-V --version',
          '-w --wait',
          '-m',
          '-d',
          '-h --help',
          '-z',
        ],
        values: [
          '-s --signal',
          '-u --user',
          '-y --younger-than',
          '-o --older-than',
          '-n --ns',
          '-c',
          '-t',
          '-Z --context',
        ],
      },
    );
    if (parsed.has('-l', '-V', '-h')) return harmless('killall');
    const signal = literal(parsed.value('-s')) ?? 'TERM';
    if (parsed.operands.length === 0)
      return { effects: [{ kind: 'proc.kill', target: 'all', name: known('all of a user'), signal }] };
    return {
      effects: parsed.operands.map((word) => ({
        kind: 'proc.kill',
        target: parsed.has('-r', '-m') ? 'pattern' : 'name',
        name: word.value,
        signal,
        span: word.span,
      })),
    };
  },
  examples: {
    allow: ['killall -l'],
    deny: ['killall -u dev', 'killall5', 'killall -9 claude'],
    unsettled: ['killall node', 'killall Dock'],
  },
};

/** The port of `-i :3000`, `-iTCP:3000`, `-i tcp:3000`. */
const PORT = /^(?:-[a-zA-Z]*i)?\s*(?:[46])?(?:tcp|udp)?(?:@[\w.-]*)?:(\d+)$/i;

const lsof: Program = {
  names: ['lsof'],
  lower: (call) => {
    const words = call.args.map((word) => literal(word) ?? '');
    const port = words.map((word) => PORT.exec(word)?.[1]).find((each) => each !== undefined);
    const ids = unknown(port === undefined ? 'ids of processes' : `${PORT_PROCESS}${port}`);
    const terse = words.some((word) => /^-[a-zA-Z0-9]*t/.test(word));
    return {
      effects: [inspect('open files and ports')],
      output: { taints: [], ...(terse ? { text: ids, each: ids } : {}) },
    };
  },
  examples: {
    allow: ['lsof -i :3000', 'lsof -ti tcp:8080', 'lsof -ti:4000 | xargs kill', 'lsof +D .'],
    unsettled: ['lsof -ti:5432 | xargs kill -9'],
  },
};

const fuser: Program = {
  names: ['fuser'],
  lower: (call) => {
    const words = call.args.map((word) => literal(word) ?? '');
    if (!words.some((word) => /^-[a-zA-Z]*k|^--kill$/.test(word)))
      return harmless('who uses a file or port', { taints: [] });
    const signal = 'KILL';
    const ports = words.flatMap(
      (word, index) =>
        /^(\d+)\/(tcp|udp)$/.exec(word)?.[1] ?? (words[index - 1] === 'tcp' && /^\d+$/.test(word) ? word : []),
    );
    if (ports.length === 0)
      return { effects: [{ kind: 'proc.kill', target: 'pid', name: known('users of a file'), signal }] };
    return { effects: ports.map((port) => ({ kind: 'proc.kill', target: 'port', name: known(port), signal })) };
  },
  examples: {
    allow: ['fuser 3000/tcp', 'fuser -k 3000/tcp', 'fuser -v -n tcp 8080'],
    unsettled: ['fuser -k 5432/tcp', 'fuser -km /mnt/data'],
  },
};

/** Ends whatever listens on the ports it is given. */
const portKillers: Program = {
  names: ['kill-port', 'fkill', 'killport'],
  lower: (call) => ({
    effects: call.args.flatMap((word): EffectDraft[] => {
      const port = /^:?(\d{2,5})$/.exec(literal(word) ?? '')?.[1];
      if (port !== undefined)
        return [{ kind: 'proc.kill', target: 'port', name: known(port), signal: 'KILL', span: word.span }];
      return (literal(word) ?? '').startsWith('-')
        ? []
        : [{ kind: 'proc.kill', target: 'name', name: word.value, signal: 'KILL', span: word.span }];
    }),
  }),
  examples: { allow: ['kill-port 3000'], unsettled: ['fkill node', 'kill-port 5432'] },
};

/** What pgrep looks for, when nothing but the expression decides. */
function matched(args: readonly Word[]): string | undefined {
  const words = args.map(literal);
  const [sought, ...more] = words.filter((word) => !word?.startsWith('-'));
  const plain = words.every(
    (word) => word !== undefined && /^(-[fxnoi]+|--(full|exact|newest|oldest|ignore-case)|[^-].*)$/.test(word),
  );
  if (!plain || sought === undefined || more.length > 0) return undefined;
  const lines = words.some((word) => word === '--full' || /^-[a-z]*f/.test(word ?? ''));
  return `${lines ? LINE_PROCESS : NAMED_PROCESS}${sought}`;
}

const finders: Program = {
  names: ['pgrep', 'pidof', 'pidwait'],
  lower: (call) => {
    const under = /^-P$/.test(literal(call.args[0]) ?? '') && why(call.args[1]?.value ?? known('')) === OWN_PROCESS;
    const listed = call.args.some((word) => /^-[a-z]*[la]/.test(literal(word) ?? ''));
    const ids = pattern('', '', matched(call.args) ?? 'ids of processes', { climbs: false });
    return {
      effects: [inspect('running processes')],
      output: {
        taints: [],
        text: under ? unknown(OWN_PROCESS) : listed ? unknown('a list of processes') : ids,
        ...(under || listed ? {} : { each: ids }),
      },
    };
  },
  examples: { allow: ['pgrep -fl vite', 'pidof node', 'pgrep -x redis-server || echo none'] },
};

/** Process tables: what they show holds no secrets unless asked for environments. */
const ps: Program = {
  names: ['ps'],
  lower: (call) => {
    const environments = call.args.some(
      (word) => /^[a-zA-Z]*[eE][a-zA-Z]*$/.test(literal(word) ?? '') && !/^-/.test(literal(word) ?? ''),
    );
    return environments
      ? {
          effects: [inspect('processes and their variables')],
          output: { taints: [{ label: 'secret', from: 'the environment of processes' }] },
        }
      : harmless('running processes', { taints: [] });
  },
  examples: { allow: ['ps aux | grep node', 'ps -ef', 'ps -p 4711 -o comm='], unsettled: ['ps auxe'] },
};

const MEMORY: Lowering = {
  effects: [{ kind: 'fs.read', path: known('/proc/pid/mem'), use: 'content' }],
};

/** Debuggers of live processes see and change everything in them. */
const inspectors: Program = {
  names: ['gcore', 'reptyr', 'procdump', 'py-spy', 'pyrasite'],
  lower: (call) =>
    call.args.every((word) => /^--?(version|help|h)$/.test(literal(word) ?? ''))
      ? harmless(call.name)
      : /^(gcore|procdump)$/.test(call.name)
        ? MEMORY
        : { effects: [opaque(`${call.name} looks into another process`)] },
  examples: {
    allow: ['py-spy --version'],
    unsettled: ['py-spy dump --pid 4711'],
    deny: ['procdump -p 4711', 'gcore -o /tmp/core 4711'],
  },
};

export const processPrograms: readonly Program[] = [
  kill,
  pkill,
  killall,
  lsof,
  fuser,
  portKillers,
  finders,
  ps,
  inspectors,
];
