// Turns the subcommands that can lose work (reset, checkout, restore, switch, clean, stash, branch, tag, reflog, gc ...) into effects.
import type { EffectBody } from '../../core/effect.ts';
import { settingKey } from '../../core/git-settings.ts';
import type { Word } from '../../core/invocation.ts';
import { type ParsedArgs, parseArgs } from '../../core/options.ts';
import type { Call, EffectDraft, Lowering } from '../../core/program.ts';
import { known, text, type Value } from '../../core/value.ts';
import { at, harmless, literal, mustBeKnown, opaque } from '../kit.ts';
import { type GitCall, local, type Verb } from './verb.ts';

type What = Extract<EffectBody, { kind: 'git.discard' }>['what'];

export const discard = (call: Call, what: What, scope: readonly Value[], whole: boolean): EffectDraft => ({
  kind: 'git.discard',
  cwd: call.cwd,
  what,
  scope,
  whole,
});

/** Words that may be options or several words, in a subcommand where an option can lose work. */
const unclear = (call: Call, parsed: ParsedArgs, verb: string): EffectDraft[] =>
  mustBeKnown(
    parsed.dynamic.filter((word) => word.fields === 'many' || !parsed.operands.includes(word)),
    `an option of git ${verb}`,
  ).concat(call.args.length === 0 ? [] : []);

const paths = (call: Call, words: readonly Word[]): Value[] => words.map((word) => at(call, word));
/** The whole tree, or a folder above it. */
const isWhole = (words: readonly Word[]): boolean =>
  words.some((word) => /^(:\/?|:\(top\).*|(\.\.?\/?)+|\*|\.git\/\.\.)$/.test(literal(word) ?? '')) ||
  words.length === 0;

export const reset: Verb = ({ call }) => {
  const parsed = parseArgs(call.args, {
    flags: [
      '--hard',
      '--soft',
      '--mixed',
      '--merge',
      '--keep',
      '-q --quiet',
      '-p --patch',
      '-N --intent-to-add',
      '--no-refresh',
      '--refresh',
    ],
    optional: ['--recurse-submodules'],
    values: ['--pathspec-from-file'],
  });
  const effects = unclear(call, parsed, 'reset');
  if (parsed.has('--hard', '--merge', '--keep')) {
    const targets = parsed.operands.map((word) => word.value);
    // --keep refuses to lose changes; --merge drops what is staged.
    effects.push(parsed.has('--hard', '--merge') ? discard(call, 'worktree', [], true) : local('reset --keep'));
    if (parsed.has('--hard') && targets.length > 0 && text(targets[0] as Value) !== 'HEAD')
      effects.push(discard(call, 'commits', targets, true));
  } else effects.push(local('reset'));
  return { effects };
};

const CHECKOUT = {
  flags: [
    '-f --force',
    '-q --quiet',
    '--detach',
    '-d',
    '--ours -2',
    '--theirs -3',
    '-m --merge',
    '-p --patch',
    '-l',
    '--progress',
    '--no-progress',
    '--guess',
    '--no-guess',
    '--no-track',
    '--ignore-skip-worktree-bits',
    '--overlay',
    '--no-overlay',
    '--ignore-other-worktrees',
    '--overwrite-ignore',
    '--no-overwrite-ignore',
    '--pathspec-file-nul',
    '--discard-changes',
  ],
  values: ['-b', '-B', '--orphan', '--conflict', '--pathspec-from-file', '-c --create', '-C --force-create'],
  optional: ['-t --track', '--recurse-submodules'],
};
/** Looks like a file or a pathspec and not like a branch, tag or commit. */
const LOOKS_LIKE_PATH = /^(\.{1,2}\/?|:.*|\.?\/.*|\.\.?\/.*|.*[*?].*|.*\/|.*\.[a-z][a-z0-9]{0,5})$/i;

export const checkout: Verb = ({ call }) => {
  const parsed = parseArgs(call.args, CHECKOUT);
  const effects = unclear(call, parsed, 'checkout');
  const made = parsed.value('-b', '-B', '--orphan');
  if (parsed.has('-B')) effects.push(discard(call, 'branch', [made?.value ?? known('')], false));
  if (parsed.has('--force') && parsed.afterDashes.length === 0) effects.push(discard(call, 'worktree', [], true));
  if (made) return { effects: [...effects, branchMade(call, made)] };
  // Of a path without a conflict it takes what the index has, as without the option.
  if (parsed.has('--ours', '--theirs') && !isWhole(parsed.operands))
    return { effects: [...effects, local('checkout of one side of a conflict')] };
  const separated = parsed.afterDashes.length > 0;
  const operands = parsed.operands;
  const files = separated
    ? parsed.afterDashes
    : operands.length > 1
      ? operands.slice(LOOKS_LIKE_PATH.test(literal(operands[0]) ?? '') ? 0 : 1)
      : operands.filter((word) => LOOKS_LIKE_PATH.test(literal(word) ?? ''));
  const fromFile = parsed.value('--pathspec-from-file');
  if (files.length > 0 || fromFile || parsed.has('--patch'))
    effects.push(discard(call, 'worktree', paths(call, files), files.length > 0 && isWhole(files)));
  else effects.push(checkedOut(call, 'checkout', parsed));
  return { effects };
};

const branchMade = (call: Call, name: Word): EffectDraft => ({
  kind: 'git.local',
  action: 'makes a branch',
  makesBranch: name.value,
  checksOut: { branch: name.value, cwd: call.cwd },
});

const checkedOut = (call: Call, action: string, parsed: ParsedArgs): EffectDraft => {
  const [branch] = parsed.operands;
  const { value } = branch ?? {};
  return value === undefined || parsed.has('--detach', '-d')
    ? local(action)
    : { kind: 'git.local', action, checksOut: { branch: text(value) === '@{-1}' ? known('-') : value, cwd: call.cwd } };
};

export const switchTo: Verb = ({ call }) => {
  const parsed = parseArgs(call.args, CHECKOUT);
  const effects = unclear(call, parsed, 'switch');
  if (parsed.has('--force', '--discard-changes')) effects.push(discard(call, 'worktree', [], true));
  if (parsed.has('-C')) effects.push(discard(call, 'branch', [parsed.value('-C')?.value ?? known('')], false));
  const made = parsed.value('-c', '-C', '--orphan');
  effects.push(made ? branchMade(call, made) : checkedOut(call, 'switch', parsed));
  return { effects };
};

export const restore: Verb = ({ call }) => {
  const parsed = parseArgs(call.args, {
    flags: [
      '-S --staged',
      '-W --worktree',
      '-p --patch',
      '-q --quiet',
      '--ours',
      '--theirs',
      '-m --merge',
      '--ignore-unmerged',
      '--overlay',
      '--no-overlay',
      '--progress',
      '--no-progress',
      '--ignore-skip-worktree-bits',
      '--pathspec-file-nul',
    ],
    values: ['-s --source', '--conflict', '--pathspec-from-file'],
    optional: ['--recurse-submodules'],
  });
  const effects = unclear(call, parsed, 'restore');
  const onlyIndex = parsed.has('--staged') && !parsed.has('--worktree');
  effects.push(
    onlyIndex || (parsed.has('--ours', '--theirs') && !isWhole(parsed.operands))
      ? local('restore --staged')
      : discard(call, 'worktree', paths(call, parsed.operands), parsed.operands.length > 0 && isWhole(parsed.operands)),
  );
  return { effects };
};

export const clean: Verb = ({ call, settings }) => {
  const parsed = parseArgs(call.args, {
    flags: ['-n --dry-run', '-f --force', '-i --interactive', '-d', '-x', '-X', '-q --quiet'],
    values: ['-e --exclude'],
  });
  const effects = unclear(call, parsed, 'clean');
  const required = text(
    [...settings].find(([key]) => settingKey(key) === 'clean.requireforce')?.[1].value ?? known('true'),
  );
  if (effects.length === 0 && parsed.has('--dry-run')) return harmless('git clean --dry-run');
  if (effects.length === 0 && !parsed.has('--force', '--interactive') && required !== 'false')
    return harmless('git clean without --force');
  effects.push(
    discard(call, 'untracked', paths(call, parsed.operands), isWhole(parsed.operands) && !parsed.has('--exclude')),
  );
  return { effects };
};

export const stash: Verb = ({ call }) => {
  const [verb] = call.args;
  const name = literal(verb);
  if (verb !== undefined && name === undefined) return { effects: mustBeKnown([verb], 'what git stash does') };
  if (name === 'list' || name === 'show') return harmless(`git stash ${name}`);
  if (name === 'drop')
    return {
      effects: [
        discard(
          call,
          'stash',
          call.args.slice(1).map((word) => word.value),
          false,
        ),
      ],
    };
  if (name === 'clear') return { effects: [discard(call, 'stash', [], true)] };
  const keeps =
    name === undefined ||
    name.startsWith('-') ||
    ['push', 'save', 'create', 'store', 'apply', 'pop', 'branch', 'export', 'import'].includes(name);
  return { effects: [keeps ? local(`stash ${name ?? 'push'}`) : opaque(`git stash ${name} is not known`)] };
};

export const branch: Verb = ({ call }) => {
  const parsed = parseArgs(call.args, {
    flags: [
      '-d --delete',
      '-D',
      '-m --move',
      '-M',
      '-c --copy',
      '-C',
      '-f --force',
      '-a --all',
      '-r --remotes',
      '-l --list',
      '-v --verbose',
      '-q --quiet',
      '--show-current',
      '--unset-upstream',
      '--edit-description',
      '-i --ignore-case',
      '--no-column',
      '--no-abbrev',
      '--no-color',
      '--omit-empty',
      '--no-track',
      '--create-reflog',
    ],
    values: ['-u --set-upstream-to', '--sort', '--format', '--points-at'],
    optional: [
      '-t --track',
      '--contains',
      '--no-contains',
      '--merged',
      '--no-merged',
      '--color',
      '--abbrev',
      '--column',
      '--recurse-submodules',
    ],
  });
  const effects = unclear(call, parsed, 'branch');
  const names = parsed.operands.map((word) => word.value);
  if (parsed.has('-D') || (parsed.has('--delete') && parsed.has('--force')))
    effects.push(discard(call, 'branch', names, false));
  else if (parsed.has('--delete')) effects.push(local('branch --delete, refused when not merged'));
  else if (parsed.has('-M', '-C') || (parsed.has('--force') && names.length > 0))
    effects.push(
      names.length < 3 && parsed.has('-M', '-C')
        ? local('branch --move')
        : discard(call, 'branch', names.slice(0, 1), false),
    );
  else effects.push(local('branch'));
  const output = parsed.has('--show-current') ? currentBranch(call) : undefined;
  return { effects, output: { taints: [], ...(output === undefined ? {} : { text: known(output) }) } };
};

/** The branch that is checked out, when it was looked up. */
export function currentBranch(call: Call): string | undefined {
  const cwd = text(call.cwd);
  return cwd === undefined ? undefined : call.facts('git', { cwd })?.branch;
}

export const tag: Verb = ({ call }) => {
  const parsed = parseArgs(call.args, {
    flags: [
      '-d --delete',
      '-f --force',
      '-l --list',
      '-a --annotate',
      '-s --sign',
      '--no-sign',
      '-v --verify',
      '-e --edit',
      '-i --ignore-case',
    ],
    values: [
      '-m --message',
      '-F --file',
      '-u --local-user',
      '--sort',
      '--format',
      '--points-at',
      '--cleanup',
      '--trailer',
    ],
    optional: ['-n', '--contains', '--no-contains', '--merged', '--no-merged', '--color', '--column'],
  });
  const effects = unclear(call, parsed, 'tag');
  const names = parsed.operands.map((word) => word.value);
  effects.push(parsed.has('--delete', '--force') ? discard(call, 'tag', names, false) : local('tag'));
  return { effects, output: { taints: [] } };
};

const NOW = /^(now|all|0|0\.seconds?.*|1\.seconds?.*|never-not)$/;

export const reflog: Verb = ({ call }) => {
  const name = literal(call.args[0]);
  if (name === 'delete')
    return {
      effects: [
        discard(
          call,
          'reflog',
          call.args.slice(1).map((word) => word.value),
          false,
        ),
      ],
    };
  if (name === 'expire') {
    const dry = call.args.some((word) => /^(-n|--dry-run)$/.test(literal(word) ?? ''));
    return dry ? harmless('git reflog expire --dry-run') : { effects: [discard(call, 'reflog', [], true)] };
  }
  return call.args[0] !== undefined && name === undefined
    ? { effects: [opaque('what git reflog does is not known')] }
    : harmless('git reflog');
};

export const collect: Verb = (git: GitCall): Lowering => {
  const { call, verb, settings } = git;
  const parsed = parseArgs(call.args, {
    flags: [
      '--auto',
      '-q --quiet',
      '--no-prune',
      '--force',
      '--keep-largest-pack',
      '--detach',
      '--no-detach',
      '--cruft',
      '--no-cruft',
      '--aggressive',
      '-n --dry-run',
      '-v --verbose',
      '--progress',
      '--no-progress',
    ],
    values: verb === 'prune' ? ['--expire'] : ['--max-cruft-size', '--expire-to'],
    optional: ['--prune'],
  });
  const effects = unclear(call, parsed, verb);
  if (parsed.has('--dry-run')) return harmless(`git ${verb} --dry-run`);
  const when = parsed.has('--prune') ? text(parsed.value('--prune')?.value ?? known('2.weeks.ago')) : undefined;
  const configured = [...settings].some(
    ([key, word]) =>
      /^gc\.(pruneexpire|reflogexpire(unreachable)?)$/.test(settingKey(key)) && NOW.test(text(word.value) ?? 'now'),
  );
  const loses = verb === 'prune' || configured || (parsed.has('--prune') && (when === undefined || NOW.test(when)));
  effects.push(loses && !parsed.has('--no-prune') ? discard(call, 'objects', [], true) : local(verb));
  return { effects };
};

export const updateRef: Verb = ({ call }) => {
  const parsed = parseArgs(call.args, {
    flags: ['-d', '--stdin', '-z', '--no-deref', '--create-reflog', '--batch-updates'],
    values: ['-m'],
  });
  const [name] = parsed.operands;
  if (parsed.has('--stdin')) return { effects: [opaque('git update-ref reads what it changes from standard input')] };
  return { effects: [...unclear(call, parsed, 'update-ref'), discard(call, 'refs', name ? [name.value] : [], false)] };
};

/** History is written anew: every commit id changes and the old ones are dropped. */
export const rewriteHistory: Verb = ({ call, verb }) => {
  const only = call.args.length === 1 ? literal(call.args[0]) : undefined;
  if (only !== undefined && /^(--help|-h|--version|--analyze)$/.test(only)) return harmless(`git ${verb} ${only}`);
  return { effects: [discard(call, 'history', [], true)] };
};
