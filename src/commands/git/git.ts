// Turns git argv into effects: reads the global options and hands the rest to the subcommand's description.
import { settingKey } from '../../core/git-settings.ts';
import type { Word } from '../../core/invocation.ts';
import { parseArgs } from '../../core/options.ts';
import { certainlyWithin, resolve } from '../../core/path.ts';
import {
  type Call,
  defineProgram,
  type EffectDraft,
  type Lowering,
  type Program,
  type Run,
} from '../../core/program.ts';
import { hasTaint, known, prefixOf, text } from '../../core/value.ts';
import { harmless, literal, mustBeKnown, opaque } from '../kit.ts';
import { entries } from '../table.ts';
import { wordOf } from '../words.ts';
import { commandSetting, config } from './configure.ts';
import * as lose from './discard.ts';
import { examples } from './examples.ts';
import { hookToolPrograms } from './hook-tools.ts';
import * as large from './large.ts';
import * as own from './local.ts';
import * as view from './look.ts';
import { push } from './push.ts';
import * as far from './remote.ts';
import { local, type Verb } from './verb.ts';

const GLOBAL = {
  style: 'posix',
  abbreviations: false,
  values: ['-C', '-c', '--git-dir', '--work-tree', '--namespace', '--super-prefix', '--config-env', '--attr-source'],
  optional: ['--exec-path', '--list-cmds'],
  flags: [
    '-p --paginate',
    '-P --no-pager',
    '--bare',
    '--no-replace-objects',
    '--literal-pathspecs',
    '--glob-pathspecs',
    '--noglob-pathspecs',
    '--icase-pathspecs',
    '--no-optional-locks',
    '--no-lazy-fetch',
    '--no-advice',
    '-h --help',
    '-v --version',
    '--html-path',
    '--man-path',
    '--info-path',
  ],
} as const;

const LOOKS = entries(
  'status|log|diff|show|blame|annotate|shortlog|describe|rev-parse|rev-list|ls-files|ls-tree|cat-file|merge-base|name-rev|for-each-ref|show-ref|whatchanged|count-objects|check-ignore|check-attr|check-mailmap|check-ref-format|cherry|diff-files|diff-index|diff-tree|diff-pairs|fsck|range-diff|var|version|help|get-tar-commit-id|verify-commit|verify-tag|verify-pack|show-branch|show-index|stripspace|column|patch-id|fmt-merge-msg|merge-tree|request-pull|last-modified|for-each-repo-list|mailinfo|mailsplit|sh-i18n|diagnose-list|survey|repo',
);
const CHANGES = entries(
  'notes|rerere|pack-refs|repack|commit-graph|multi-pack-index|write-tree|commit-tree|mktag|mktree|update-server-info|unpack-objects|index-pack|pack-objects|prune-packed|hash-object|merge-file|merge-index|merge-one-file|merge-recursive|merge-ours|unpack-file|sparse-checkout|interpret-trailers|backfill|refs|fast-export|update-index|subtree-list|absorb|instaweb-stop',
);

/** `git credential` and the programs that keep what it stores; all speak one protocol. */
const CREDENTIALS = entries(
  'credential|credential-store|credential-cache|credential-osxkeychain|credential-libsecret|credential-manager|credential-manager-core|credential-wincred|credential-netrc',
);

const credential: Verb = ({ call }) => {
  const verb = literal(call.args.find((word) => !/^-/.test(literal(word) ?? '')));
  if (verb === 'exit' || verb === 'capability') return { effects: [local('credential exit')] };
  return {
    effects: [
      verb === 'fill' || verb === 'get'
        ? { kind: 'secret.read', what: 'the stored credential of a git server', shown: !call.invocation.captured }
        : opaque('git credential changes what is stored'),
    ],
    output: { taints: [{ label: 'secret', from: 'git credential' }] },
  };
};

const VERBS: Readonly<Record<string, Verb>> = {
  push,
  config,
  ...Object.fromEntries(LOOKS.map((name) => [name, view.look])),
  ...Object.fromEntries(
    CHANGES.map((name): [string, Verb] => [name, () => ({ effects: [local(name)], output: { taints: [] } })]),
  ),
  add: own.stage,
  stage: own.stage,
  reset: lose.reset,
  checkout: lose.checkout,
  switch: lose.switchTo,
  restore: lose.restore,
  clean: lose.clean,
  stash: lose.stash,
  branch: lose.branch,
  tag: lose.tag,
  reflog: lose.reflog,
  gc: lose.collect,
  prune: lose.collect,
  'update-ref': lose.updateRef,
  'filter-branch': lose.rewriteHistory,
  'filter-repo': lose.rewriteHistory,
  clone: far.clone,
  fetch: far.fetch,
  pull: far.fetch,
  'ls-remote': far.listRemote,
  remote: far.remote,
  submodule: far.submodule,
  archive: far.archive,
  bundle: large.bundle,
  lfs: large.lfs,
  commit: own.commit,
  merge: own.commit,
  'cherry-pick': own.commit,
  revert: own.commit,
  rebase: own.rebase,
  bisect: own.bisect,
  rm: own.remove,
  mv: own.move,
  apply: own.apply,
  am: own.apply,
  init: own.init,
  'init-db': own.init,
  worktree: own.worktree,
  grep: view.grep,
  difftool: view.difftool,
  mergetool: view.difftool,
  'format-patch': view.formatPatch,
  'symbolic-ref': (git) =>
    parseArgs(git.call.args, { flags: ['-d --delete'] }).has('-d')
      ? { effects: [lose.discard(git.call, 'refs', [], false)] }
      : git.call.args.filter((word) => !prefixOf(word.value).startsWith('-')).length > 1
        ? { effects: [own.movesHead(git.call)] }
        : view.look(git),
  'read-tree': ({ call }) => ({
    effects: [
      call.args.some((word) => literal(word) === '--reset')
        ? lose.discard(call, 'worktree', [], true)
        : local('read-tree'),
    ],
  }),
  'checkout-index': ({ call }) => ({
    effects: [
      parseArgs(call.args, { flags: ['-f --force', '-a --all', '-u', '-q'], values: ['--prefix'] }).has('--force')
        ? lose.discard(call, 'worktree', [], true)
        : local('checkout-index'),
    ],
  }),
  replace: ({ call }) => ({
    effects: [
      call.args.some((word) => /^(-d|--delete|--graft|--edit)$/.test(literal(word) ?? ''))
        ? lose.discard(call, 'refs', [], false)
        : local('replace'),
    ],
  }),
  maintenance: ({ call }) => {
    const verb = literal(call.args[0]);
    if (verb === 'run' || verb === 'unregister' || verb === 'stop') return { effects: [local(`maintenance ${verb}`)] };
    return { effects: [{ kind: 'persist', how: 'cron', what: known('git maintenance') }] };
  },
  ...Object.fromEntries(CREDENTIALS.map((name) => [name, credential])),
  'send-email': ({ call }) => ({
    effects: [
      {
        kind: 'net.send',
        to: call.args.at(-1)?.value ?? known('mail'),
        channel: 'mail',
        taints: call.args.flatMap((word) => word.taints),
      },
    ],
  }),
  daemon: () => ({
    effects: [{ kind: 'net.listen', what: 'server', address: known('0.0.0.0:9418'), exposes: 'the repository' }],
  }),
  instaweb: () => ({
    effects: [{ kind: 'net.listen', what: 'server', address: known('0.0.0.0:1234'), exposes: 'the repository' }],
  }),
  flow: ({ call }) => ({
    effects: [
      ['finish', 'publish', 'delete'].includes(literal(call.args[1]) ?? '')
        ? opaque(`git flow ${literal(call.args[1])} merges, pushes or deletes branches`)
        : local('flow'),
    ],
  }),
  hook: ({ call }) => ({
    effects: [
      {
        kind: 'code.run',
        origin: 'project',
        language: 'shell',
        what: known(`git hook ${literal(call.args[1]) ?? ''}`),
        taints: [],
      },
    ],
  }),
};

const MAX_ALIASES = 5;

function lower(call: Call): Lowering {
  return lowerWith(call, new Map(), MAX_ALIASES);
}

function lowerWith(call: Call, inherited: ReadonlyMap<string, Word>, aliases: number): Lowering {
  const parsed = parseArgs(call.args, GLOBAL);
  const effects: EffectDraft[] = [];
  const runs: Run[] = [];
  const settings = new Map(inherited);
  for (const option of parsed.unlisted) effects.push(opaque(`git ${option.name} is not known`, option.word.span));
  for (const word of parsed.all('-c')) {
    const head = prefixOf(word.value);
    const equals = head.indexOf('=');
    const whole = text(word.value);
    const key = settingKey(equals < 0 ? (whole ?? '') : head.slice(0, equals));
    if (key === '') {
      effects.push(opaque('a setting of git is not known', word.span));
      continue;
    }
    const value: Word =
      whole !== undefined
        ? { ...word, value: known(equals < 0 ? 'true' : whole.slice(equals + 1)) }
        : word.value.kind === 'pattern'
          ? { ...word, value: { ...word.value, prefix: head.slice(equals + 1) } }
          : { ...word, value: { kind: 'unknown', because: 'a setting of git' } };
    settings.set(key, value);
    const set = commandSetting(call, key, value);
    effects.push(...set.effects);
    runs.push(...set.runs);
  }
  for (const word of parsed.all('--config-env')) {
    const set = commandSetting(call, prefixOf(word.value).split('=')[0] ?? '', {
      ...word,
      value: { kind: 'unknown', because: 'an environment variable' },
    });
    effects.push(...set.effects);
    runs.push(...set.runs);
  }
  const programs = parsed.value('--exec-path');
  if (programs)
    effects.push(
      opaque(`git takes its subcommands from ${text(programs.value) ?? 'a folder that is not known'}`, programs.span),
    );
  const [verbWord, ...args] = parsed.operands;
  if (
    parsed.has('--version', '--help', '--html-path', '--man-path', '--info-path', '--exec-path', '--list-cmds') ||
    verbWord === undefined
  )
    return { effects: [...effects, ...harmless('git').effects], runs };
  const verb = literal(verbWord);
  if (verb === undefined)
    return {
      effects: [
        ...effects,
        ...mustBeKnown([verbWord], 'what git does'),
        opaque('what git does is not known', verbWord.span),
      ],
      runs,
    };
  const folders = [...parsed.all('-C'), ...parsed.all('--work-tree')];
  const cwd = folders.reduce((folder, word) => resolve(word.value, folder), call.cwd);
  const elsewhere = parsed
    .all('--git-dir')
    .filter((word) => !certainlyWithin(resolve(word.value, cwd), call.context.projectRoot));
  const here: Call = { ...call, cwd, args };
  const asksHelp = args.length === 1 && /^(--help|-h)$/.test(literal(args[0]) ?? '');
  const described = Object.hasOwn(VERBS, verb) ? VERBS[verb] : undefined;
  const lowered =
    asksHelp && described
      ? harmless(`git ${verb} --help`)
      : described
        ? described({ call: here, verb, settings })
        : alias(here, verb, verbWord, settings, aliases);
  if (
    elsewhere.length > 0 &&
    lowered.effects.some((effect) => effect.kind.startsWith('git.') && effect.kind !== 'git.push')
  )
    effects.push(opaque('git works on a repository outside the project', elsewhere[0]?.span));
  const told = WRITES_TEXT.test(verb) ? here.args.flatMap((word) => word.taints) : [];
  if (hasTaint(told, 'secret')) effects.push({ kind: 'print', taints: told, what: `git ${verb}` });
  return { ...lowered, effects: [...effects, ...lowered.effects], runs: [...runs, ...(lowered.runs ?? [])] };
}

/** Subcommands whose arguments become part of the history, for everyone to read. */
const WRITES_TEXT = /^(commit|tag|notes|merge|stash|commit-tree|branch)$/;

/** Programs that git starts as a subcommand of their own, `git cliff` for git-cliff. */
const COMPANIONS = new Set(['cliff']);

/** A subcommand that git does not have: an alias of this command line, or something that is configured elsewhere. */
function alias(call: Call, verb: string, verbWord: Word, settings: ReadonlyMap<string, Word>, left: number): Lowering {
  const value = settings.get(`alias.${verb}`);
  const whole = value && text(value.value);
  if (value === undefined && COMPANIONS.has(verb))
    return { effects: [], runs: [{ kind: 'argv', argv: [wordOf(`git-${verb}`, verbWord), ...call.args], via: 'git' }] };
  if (value === undefined || left === 0)
    return { effects: [opaque(`git ${verb} is neither a subcommand nor an alias that is known`, verbWord.span)] };
  if (whole === undefined) return { effects: [opaque(`what git ${verb} does is not known`, value.span)] };
  if (whole.startsWith('!')) {
    const line = wordOf(`${whole.slice(1)} "$@"`, value);
    return {
      effects: [],
      runs: [{ kind: 'shell', text: line, via: `git ${verb}`, args: [wordOf('git', value), ...call.args] }],
    };
  }
  const words = whole.split(/\s+/).filter((word) => word !== '');
  return lowerWith({ ...call, args: [...words.map((word) => wordOf(word, value)), ...call.args] }, settings, left - 1);
}

export const gitPrograms: readonly Program[] = [
  ...hookToolPrograms,
  defineProgram({ names: ['git'], lower, examples }),
  defineProgram({
    names: ['git-filter-repo', 'bfg'],
    lower: (call) => lose.rewriteHistory({ call, verb: 'filter-repo', settings: new Map() }),
    examples: { deny: ['git-filter-repo --path src', 'bfg --delete-files secrets.txt'] },
  }),
];
