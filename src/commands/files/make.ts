// Turns the argv of programs that make, size, stamp and overwrite files (touch, mkdir, dd, truncate ...) into effects; knows nothing of policy.
import { FRESH_NAME } from '../../core/invocation.ts';
import { parseArgs } from '../../core/options.ts';
import { resolve } from '../../core/path.ts';
import type { Call, EffectDraft, Lowering, Program } from '../../core/program.ts';
import { concat, known, text, type Value } from '../../core/value.ts';
import { at, inspect, literal, mustBeKnown, opaque, reads, writes } from '../kit.ts';

const DEVICE = /^\/dev\/(?!null$|zero$|full$|tty$|stdin$|stdout$|stderr$|u?random$|fd\/|shm\/)/;
const ENDLESS = /^\/dev\/(zero|u?random|full)$/;

/** `name=value` operands in any order. */
function dd(call: Call): Lowering {
  const effects: EffectDraft[] = [];
  let source: Value | undefined;
  let target: Value | undefined;
  for (const word of call.args) {
    const whole = literal(word);
    const match = /^([a-z]+)=(.*)$/s.exec(whole ?? (word.value.kind === 'pattern' ? word.value.prefix : ''));
    if (match === null) {
      if (!['--help', '--version'].includes(whole ?? ''))
        effects.push(opaque('an operand of dd is not known', word.span));
      continue;
    }
    const rest = match[2] ?? '';
    const value: Value =
      whole === undefined && word.value.kind === 'pattern' ? { ...word.value, prefix: rest } : known(rest);
    if (match[1] === 'if') source = resolve(value, call.cwd);
    if (match[1] === 'of') target = resolve(value, call.cwd);
  }
  const from = source === undefined ? undefined : text(source);
  if (source === undefined && target !== undefined)
    effects.push({ kind: 'fs.read', path: known('/dev/stdin'), use: 'content' });
  if (source && from !== undefined && DEVICE.test(from))
    effects.push({ kind: 'device', action: 'read', target: source });
  else if (source) effects.push({ kind: 'fs.read', path: source, use: 'content' });
  if (target) {
    const to = text(target);
    if ((to ?? (target.kind === 'pattern' ? target.prefix : '')).match(DEVICE))
      effects.push({ kind: 'device', action: 'write', target });
    else
      effects.push({
        kind: 'fs.write',
        path: target,
        how: 'overwrite',
        ...(ENDLESS.test(from ?? '') ? { wipe: true } : {}),
      });
  }
  return { effects: effects.length > 0 ? effects : [inspect('dd')] };
}

function truncate(call: Call): Lowering {
  const parsed = parseArgs(call.args, {
    flags: ['-c --no-create', '-o --io-blocks'],
    values: ['-r --reference', '-s --size'],
  });
  const size = literal(parsed.value('-s'));
  const grows = size?.startsWith('+') ?? false;
  const effects = parsed.operands.map(
    (word): EffectDraft => ({
      kind: 'fs.write',
      path: at(call, word),
      how: grows ? 'edit' : 'overwrite',
      span: word.span,
      ...(size === '0' ? { content: known('') } : {}),
    }),
  );
  return { effects: [...effects, ...mustBeKnown(parsed.dynamic, 'an operand of truncate'), inspect('truncate')] };
}

function mktemp(call: Call): Lowering {
  const parsed = parseArgs(call.args, {
    flags: ['-d --directory', '-u --dry-run', '-q --quiet', '-t'],
    values: ['-p', '--suffix'],
    optional: ['--tmpdir'],
  });
  const template = parsed.operands[0];
  const folder = parsed.value('-p') ?? parsed.value('--tmpdir');
  const inTmp = template === undefined || folder !== undefined || parsed.has('-t', '--tmpdir');
  const base: Value = folder
    ? at(call, folder)
    : inTmp
      ? known(text(call.env('TMPDIR')?.value ?? known('/tmp')) ?? '/tmp')
      : call.cwd;
  const name = literal(template) ?? 'tmp.XXXXXXXXXX';
  const suffix = literal(parsed.value('--suffix')) ?? '';
  const match = /^(.*?)X+([^X/]*)$/s.exec(name);
  const stem = match?.[1] ?? `${name}.`;
  const unknownPart: Value = {
    kind: 'pattern',
    prefix: stem,
    suffix: `${match?.[2] ?? ''}${suffix}`,
    climbs: false,
    because: FRESH_NAME,
  };
  const dynamic = [...parsed.dynamic, ...(folder ? [folder] : [])].filter((word) => literal(word) === undefined);
  const path = stem.startsWith('/')
    ? resolve(unknownPart, call.cwd)
    : resolve(concat(concat(base, known('/')), unknownPart), call.cwd);
  return {
    effects: [
      ...(parsed.has('-u')
        ? [inspect('mktemp')]
        : [{ kind: 'fs.write' as const, path, how: parsed.has('-d') ? ('mkdir' as const) : ('create' as const) }]),
      ...mustBeKnown(dynamic, 'the place of a temporary file'),
    ],
    // When it fails it prints nothing; what was not checked may be empty.
    output: { text: path.kind === 'pattern' ? { ...path, ifEmpty: '' } : path, taints: [] },
  };
}

function mknod(call: Call): Lowering {
  const parsed = parseArgs(call.args, { values: ['-m --mode'], optional: ['-Z', '--context'] });
  const [path, type] = parsed.operands;
  if (call.name === 'mkfifo') return { effects: [...writes(call, parsed.operands, 'create'), inspect('mkfifo')] };
  const special = type !== undefined && literal(type) !== 'p';
  return {
    effects: [
      ...writes(call, path ? [path] : [], 'create'),
      ...(special && path ? [{ kind: 'device' as const, action: 'write' as const, target: at(call, path) }] : []),
      inspect('mknod'),
    ],
  };
}

export const makers: readonly Program[] = [
  {
    names: ['touch', 'gtouch'],
    lower: (call) => {
      const parsed = parseArgs(call.args, {
        flags: ['-a', '-c --no-create', '-f', '-h --no-dereference', '-m'],
        values: ['-d --date', '-r --reference', '-t', '-A', '--time'],
      });
      return {
        effects: [
          ...writes(call, parsed.operands, 'touch'),
          ...reads(call, parsed.all('-r'), 'names'),
          inspect('touch'),
        ],
      };
    },
    examples: {
      allow: ['touch src/new.ts', 'touch -d yesterday a.txt', 'touch src/{a,b}.ts'],
      deny: ['touch /etc/rc.local'],
      unsettled: ['touch ~/x'],
    },
  },
  {
    names: ['mkdir', 'gmkdir', 'mkdirp', 'make-dir'],
    lower: (call) => {
      const parsed = parseArgs(call.args, {
        flags: ['-p --parents', '-v --verbose'],
        values: ['-m --mode'],
        optional: ['-Z', '--context'],
      });
      return { effects: [...writes(call, parsed.operands, 'mkdir'), inspect('mkdir')] };
    },
    examples: {
      allow: ['mkdir -p src/a/b', 'mkdir -m 700 /tmp/work', 'mkdir docs/{a,b}'],
      unsettled: ['mkdir ~/x', 'mkdir "$UNSET"'],
    },
  },
  {
    names: ['mktemp', 'gmktemp', 'tempfile'],
    lower: mktemp,
    examples: {
      allow: [
        'mktemp',
        'mktemp -d',
        'mktemp -t run.XXXX',
        'T=$(mktemp -d); echo a > "$T/a"; rm -rf "$T"',
        'T=$(mktemp -d); cd "$T"; touch a.txt; cd -; rm -rf "$T"',
        'T=$(mktemp -d) && trap \'rm -rf "$T"\' EXIT && cp -r src "$T" && cd "$T" && ls',
        'mktemp ./x.XXXX',
      ],
      deny: ['T=$(mktemp -d); cd "$T"; rm -rf *'],
      unsettled: ['mktemp -p ~/x', 'mktemp -p "$UNSET"'],
    },
  },
  {
    names: ['truncate', 'gtruncate'],
    lower: truncate,
    examples: {
      allow: ['truncate -s 0 dist/log.txt', 'truncate -s 10M /tmp/img'],
      deny: ['truncate -s 0 ~/.bash_history', 'truncate -s 0 /var/log/syslog'],
      unsettled: ['truncate -s 0 .env'],
    },
  },
  {
    names: ['dd', 'gdd'],
    lower: dd,
    examples: {
      allow: [
        'dd if=a.bin of=b.bin bs=1k count=1',
        'dd if=/dev/zero of=/tmp/blank.img bs=1M count=1',
        'dd if=a.bin bs=1 count=4',
      ],
      deny: [
        'dd if=/dev/zero of=/dev/sda',
        'dd if=x of=/dev/nvme0n1 bs=4M',
        'dd of=/dev/sd? if=/dev/urandom',
        'dd if=x of=/etc/passwd',
      ],
      unsettled: ['dd if=/dev/urandom of=notes.md bs=1 count=10', 'dd if=/dev/sda of=/tmp/disk.img', 'dd if=a of=~/b'],
    },
  },
  {
    names: ['mkfifo', 'mknod', 'gmkfifo'],
    lower: mknod,
    examples: { allow: ['mkfifo /tmp/pipe', 'mkfifo build/pipe'], unsettled: ['mkfifo ~/pipe'] },
  },
  {
    names: ['fallocate', 'mkfile'],
    lower: (call) => {
      const parsed = parseArgs(call.args, {
        flags: ['-n', '-v', '-x', '-p', '-z', '-d', '-c'],
        values: ['-l --length', '-o --offset'],
      });
      const files = call.name === 'mkfile' ? parsed.operands.slice(1) : parsed.operands;
      return { effects: [...writes(call, files, 'edit'), inspect(call.name)] };
    },
    examples: { allow: ['fallocate -l 10M /tmp/blank.img'], unsettled: ['fallocate -l 10M ~/blank.img'] },
  },
];
