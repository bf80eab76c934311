// Turns the argv of find into effects: what it lists, deletes, writes and runs; knows nothing of policy.
import type { Word } from '../../core/invocation.ts';
import { resolve } from '../../core/path.ts';
import type { Call, EffectDraft, Lowering, Program, Run } from '../../core/program.ts';
import { pattern, text, type Value } from '../../core/value.ts';
import { at, inspect, literal, opaque } from '../kit.ts';
import { replaced, wordOf } from '../words.ts';

/** Tests and options of GNU and BSD find that take a value. */
const VALUED = new Set(
  '-name -iname -path -ipath -wholename -iwholename -lname -ilname -regex -iregex -regextype -type -xtype -size -mtime -mmin -atime -amin -ctime -cmin -newer -anewer -cnewer -maxdepth -mindepth -perm -user -group -uid -gid -links -inum -samefile -fstype -used -context -printf -flags -Bmin -Bnewer -depth=n'.split(
    ' ',
  ),
);
const PLAIN = new Set(
  '-print -print0 -ls -prune -quit -empty -depth -d -mount -xdev -x -follow -noleaf -daystart -warn -nowarn -readable -writable -executable -nouser -nogroup -true -false -not -and -a -o -or -ignore_readdir_race -noignore_readdir_race -help --help -version --version ( ) ! ,'.split(
    ' ',
  ),
);
const NAMES = new Set(['-name', '-iname', '-path', '-ipath', '-wholename', '-iwholename', '-regex', '-iregex']);
const NARROWS = new Set([
  '-mtime',
  '-mmin',
  '-atime',
  '-amin',
  '-ctime',
  '-cmin',
  '-size',
  '-newer',
  '-user',
  '-inum',
  '-samefile',
  '-perm',
  '-lname',
]);
const RUNS = new Set(['-exec', '-execdir', '-ok', '-okdir']);
const WRITES = new Set(['-fprint', '-fprint0', '-fls', '-fprintf']);

interface Expression {
  readonly roots: readonly Word[];
  /** One per alternative (`-o`); an alternative without a name matches everything. */
  readonly names: readonly (Word | undefined)[];
  readonly narrowed: boolean;
  readonly empty: boolean;
  readonly deletes: boolean;
  readonly commands: readonly { readonly flag: string; readonly argv: readonly Word[]; readonly many: boolean }[];
  readonly outputs: readonly Word[];
  readonly unread: readonly EffectDraft[];
}

function read(args: readonly Word[]): Expression {
  const roots: Word[] = [];
  const names: (Word | undefined)[] = [];
  const commands: { flag: string; argv: Word[]; many: boolean }[] = [];
  const outputs: Word[] = [];
  const unread: EffectDraft[] = [];
  let [name, named, pruned, narrowed, empty, deletes, negated, started] = [
    undefined as Word | undefined,
    false,
    false,
    false,
    false,
    false,
    false,
    false,
  ];
  let alternatives = false;
  const close = (): void => {
    if (!pruned || named) names.push(name);
    [name, named, pruned] = [undefined, false, false];
  };
  for (let index = 0; index < args.length; index++) {
    const word = args[index] as Word;
    const plain = literal(word);
    if (plain === undefined) {
      if (!started) roots.push(word);
      else unread.push(opaque('a part of the expression of find is not known', word.span));
      continue;
    }
    if (!started && /^-([HLP]|E|X|s|d|x|f|O[0-9]|D)$/.test(plain)) continue;
    if (!started && !/^[-(!,]/.test(plain)) {
      roots.push(word);
      continue;
    }
    started = true;
    if (plain === '-o' || plain === '-or' || plain === ',') {
      close();
      alternatives = true;
    }
    const next = args[index + 1];
    if (plain === '!' || plain === '-not') {
      negated = true;
      continue;
    }
    if (RUNS.has(plain)) {
      const from = index + 1;
      let to = from;
      while (
        to < args.length &&
        !(literal(args[to]) === ';' || (literal(args[to]) === '+' && literal(args[to - 1]) === '{}'))
      )
        to++;
      commands.push({ flag: plain, argv: args.slice(from, to), many: literal(args[to]) === '+' });
      if (to >= args.length) unread.push(opaque(`find ${plain} has no end`));
      index = to;
    } else if (WRITES.has(plain)) {
      if (next) outputs.push(next);
      index += plain === '-fprintf' ? 2 : 1;
    } else if (VALUED.has(plain) || /^-newer[aBcm][aBcmt]$/.test(plain)) {
      if (NAMES.has(plain) && !negated && next) [name, named] = [next, true];
      if (NARROWS.has(plain)) narrowed = true;
      index++;
    } else if (plain === '-delete') deletes = true;
    else if (plain === '-empty') empty = !negated;
    else if (plain === '-prune') pruned = true;
    else if (plain === '-files0-from') unread.push(opaque('the roots of find are read from a file'));
    else if (!PLAIN.has(plain)) unread.push(opaque(`find ${plain} is not a test that is known`, word.span));
    if (plain !== '(') negated = false;
  }
  close();
  return { roots, names, narrowed, empty: empty && !alternatives, deletes, commands, outputs, unread };
}

const SHELL = /(^|\/)(ba|da|z|k|a|fi)?sh$/;
const GLOB = /[*?[]/;

/** What one alternative finds below one root, as find prints it. */
function match(root: Word, name: Word | undefined): Value {
  const top = text(root.value);
  if (top === undefined) return root.value;
  const base = top.endsWith('/') ? top : `${top}/`;
  if (name === undefined)
    return { kind: 'pattern', prefix: base, suffix: '', climbs: false, because: 'what find prints', glob: `${base}**` };
  const plain = literal(name) ?? '*';
  const own = plain.slice(plain.lastIndexOf('/') + 1);
  const last = Math.max(own.lastIndexOf('*'), own.lastIndexOf('?'), own.lastIndexOf(']'));
  const suffix = GLOB.test(own) ? own.slice(last + 1) : `/${own}`;
  return {
    kind: 'pattern',
    prefix: base,
    suffix,
    climbs: false,
    because: `what find prints for ${plain}`,
    glob: `${base}**/${own}`,
  };
}

/** What each line is when several folders are searched: a name below the folder one is in, as long as all are. */
function anyOf(values: readonly Value[]): Value | undefined {
  if (values.length <= 1) return values[0];
  const below = values.every(
    (value) =>
      value.kind === 'pattern' && !value.climbs && /^[\w.]/.test(value.prefix) && !/^\.\.(\/|$)/.test(value.prefix),
  );
  return below ? pattern('', '', 'the names that find prints', { climbs: false }) : undefined;
}

function find(call: Call): Lowering {
  const found = read(call.args);
  const here: Word = wordOf('.', { span: call.invocation.span });
  const roots = found.roots.length > 0 ? found.roots : [here];
  const matches = roots.flatMap((root) => found.names.map((name) => ({ root, value: match(root, name) })));
  const effects: EffectDraft[] = roots.map((root) => ({
    kind: 'fs.read',
    path: at(call, root),
    use: 'names',
    recursive: true,
    span: root.span,
  }));
  if (found.deletes)
    for (const { root, value } of matches)
      effects.push({
        kind: 'fs.delete',
        path: resolve(value, call.cwd),
        recursive: !found.empty,
        span: root.span,
        ...(found.empty
          ? { only: 'empty' as const }
          : found.narrowed || found.names.some((each) => each !== undefined)
            ? { only: 'matching' as const }
            : {}),
      });
  for (const output of found.outputs)
    effects.push({ kind: 'fs.write', path: at(call, output), how: 'overwrite', span: output.span });
  const runs = found.commands.flatMap(({ flag, argv, many }) =>
    matches.flatMap(({ root, value }): Run[] => {
      const run = (found: Value): Run => {
        const operand: Word = { value: found, taints: [], fields: many ? 'many' : 'one', span: root.span };
        return { kind: 'argv', argv: argv.map((word) => replaced(word, '{}', operand)), via: `find ${flag}` };
      };
      // Inside shell text a name that is not known hides the rest; the root itself is among what is found.
      const inText = SHELL.test(literal(argv[0]) ?? '') && argv.some((word) => /.{}|{}./s.test(literal(word) ?? ''));
      return inText ? [run(value), run(root.value)] : [run(value)];
    }),
  );
  const each = found.commands.length === 0 ? anyOf(matches.map(({ value }) => value)) : undefined;
  return {
    effects: [...effects, ...found.unread, inspect('find')],
    runs,
    output: { taints: [], ...(each ? { each } : {}) },
  };
}

export const finders: readonly Program[] = [
  {
    names: ['find', 'gfind', 'bfs'],
    lower: find,
    examples: {
      allow: [
        'find . -name "*.ts" -type f',
        'find src -maxdepth 2 -not -path "*/node_modules/*" | head -5',
        'find . -name "*.pyc" -delete',
        'find . -type d -empty -delete',
        'find . -type f -name "*.ts" -exec wc -l {} +',
        'find . -name __pycache__ -type d -exec rm -rf {} +',
        'find build -delete',
        'find . \\( -name "*.ts" -o -name "*.tsx" \\) -print0 | xargs -0 wc -l',
        "find . -name '*.ts' -exec grep -l TODO {} \\;",
        'find / -maxdepth 1 -type d',
        'find . -type d -name node_modules -prune -o -name "*.md" -print',
        'find . -name "*.pyc" | xargs rm -f',
      ],
      deny: [
        'find . -type f -delete',
        'find . -empty -o -delete',
        'find / -delete',
        'find ~ -type f -exec rm {} \\;',
        'find . -exec rm -rf {} +',
        'find /tmp -delete',
        "find . -exec sh -c 'rm -rf ~' \\;",
        "find . -exec sh -c 'rm -rf {}' \\;",
        'find . -fprint ~/.bashrc',
        'find ~ -name "*.jpg" -delete',
      ],
      unsettled: [
        'find src -name "*.ts" -delete',
        'find build -frobnicate -delete',
        'find . -name "*.sh" -exec {} \\;',
        'find . -mtime +7 -name "*.txt" -exec "$CMD" {} \\;',
      ],
    },
  },
];
