// Turns the subcommands that change only the repository itself (commit, merge, rebase, rm, mv, apply, worktree) into effects.

import type { Word } from '../../core/invocation.ts';
import { parseArgs } from '../../core/options.ts';
import type { Call, EffectDraft } from '../../core/program.ts';
import { hasTaint, known, mergeTaints, type Taint, text, texts, unknown } from '../../core/value.ts';
import { at, harmless, here, literal, mustBeKnown, opaque, reads, writes } from '../kit.ts';
import { discard } from './discard.ts';
import { local, shellRun, type Verb } from './verb.ts';

/** Messages by which the common CI services leave a commit out. */
const SKIPS_CI = /\[(skip ci|ci skip|no ci|skip actions|actions skip|skip-ci|ci-skip)\]|\*\*\*NO_CI\*\*\*/i;

const COMMIT = {
  flags: [
    '-a --all',
    '-p --patch',
    '--amend',
    '-n --no-verify',
    '--verify',
    '--allow-empty',
    '--allow-empty-message',
    '--no-edit',
    '-e --edit',
    '-q --quiet',
    '-v --verbose',
    '-s --signoff',
    '--no-signoff',
    '-i --include',
    '-o --only',
    '--dry-run',
    '--short',
    '--branch',
    '--porcelain',
    '--long',
    '-z --null',
    '--reset-author',
    '--no-gpg-sign',
    '--status',
    '--no-status',
    '--no-post-rewrite',
    '--pathspec-file-nul',
  ],
  values: [
    '-m --message',
    '-F --file',
    '-C --reuse-message',
    '-c --reedit-message',
    '--fixup',
    '--squash',
    '--author',
    '--date',
    '-t --template',
    '--cleanup',
    '--trailer',
    '--pathspec-from-file',
  ],
  optional: ['-S --gpg-sign', '-u --untracked-files'],
};

/** What is staged becomes part of the history. Ignored files are left out unless they are forced in. */
export const stage: Verb = ({ call, verb }) => {
  const parsed = parseArgs(call.args, { values: ['--chmod', '--pathspec-from-file'] });
  const forced = parsed.has('-f', '--force');
  const taken = parsed.operands.filter((word) => {
    const path = literal(word) === undefined ? undefined : text(at(call, word));
    const fact = path === undefined ? undefined : call.facts('path', { path });
    return fact?.exists === true && (forced || fact.git !== 'ignored');
  });
  return {
    effects: [local(verb), ...reads(call, parsed.has('-n', '--dry-run') ? [] : taken, 'copy')],
    output: { taints: [] },
  };
};

/** Subcommands that make commits and run the hooks: commit, merge, cherry-pick, revert. */
export const commit: Verb = ({ call, verb }) => {
  const parsed = parseArgs(
    call.args,
    verb === 'commit'
      ? COMMIT
      : {
          flags: [
            '--no-verify',
            '--verify',
            '--abort',
            '--continue',
            '--quit',
            '--skip',
            '--no-ff',
            '--ff-only',
            '--ff',
            '--squash',
            '--no-commit',
            '--no-edit',
            '-n',
            '-e --edit',
            '-x',
            '-q',
            '--stat',
            '--signoff',
            '-s',
            '--autostash',
            '--no-autostash',
            '--allow-unrelated-histories',
            '--allow-empty',
          ],
          values: ['-m', '-F --file', '--into-name', '-X --strategy-option', '--strategy', '--cleanup'],
          optional: ['-S --gpg-sign', '--log'],
        },
  );
  const effects: EffectDraft[] = [local(verb), ...reads(call, parsed.all('--file'))];
  if (parsed.has('--no-verify')) effects.push({ kind: 'bypass', what: 'hooks', detail: `git ${verb} --no-verify` });
  // pre-commit leaves out the hooks that SKIP names.
  if (call.env('SKIP') !== undefined) effects.push({ kind: 'bypass', what: 'hooks', detail: 'SKIP' });
  if (parsed.has('--no-gpg-sign'))
    effects.push({ kind: 'bypass', what: 'signing', detail: `git ${verb} --no-gpg-sign` });
  if (verb === 'commit')
    effects.push(
      ...parsed.all('--message').flatMap((word): EffectDraft[] =>
        (texts(word.value) ?? []).some((each) => SKIPS_CI.test(each))
          ? [
              {
                kind: 'bypass',
                what: 'ci',
                detail: 'the commit message tells CI to leave the commit out',
                span: word.span,
              },
            ]
          : [],
      ),
      ...mustBeKnown(
        parsed.dynamic.filter(
          (word) => word.fields === 'many' && !parsed.afterDashes.includes(word) && word.value.kind !== 'pattern',
        ),
        'an option of git commit',
      ),
    );
  return { effects };
};

export const rebase: Verb = ({ call }) => {
  const parsed = parseArgs(call.args, {
    flags: [
      '-i --interactive',
      '--abort',
      '--continue',
      '--skip',
      '--quit',
      '--edit-todo',
      '--show-current-patch',
      '--autosquash',
      '--no-autosquash',
      '--autostash',
      '--no-autostash',
      '--root',
      '--no-verify',
      '-q --quiet',
      '-v --verbose',
      '--no-ff',
      '-f --force-rebase',
      '--keep-empty',
      '--update-refs',
      '--no-update-refs',
      '--fork-point',
      '--no-fork-point',
      '-m --merge',
      '--signoff',
      '--reapply-cherry-picks',
      '--no-reapply-cherry-picks',
      '--committer-date-is-author-date',
      '--reset-author-date',
      '--apply',
    ],
    values: ['-x --exec', '--onto', '-s --strategy', '-X --strategy-option', '--whitespace', '-C', '--empty'],
    optional: ['-r --rebase-merges', '-S --gpg-sign'],
  });
  const effects: EffectDraft[] = [
    local('rebase'),
    ...mustBeKnown(
      parsed.dynamic.filter((word) => word.fields === 'many'),
      'an option of git rebase',
    ),
  ];
  if (parsed.has('--no-verify')) effects.push({ kind: 'bypass', what: 'hooks', detail: 'git rebase --no-verify' });
  return { effects, runs: parsed.all('--exec').map((word) => shellRun(word, 'git rebase --exec')) };
};

export const bisect: Verb = ({ call }) => {
  const [verb, ...rest] = call.args;
  if (literal(verb) === 'run')
    return rest.length === 0
      ? harmless('git bisect run')
      : { effects: [local('bisect')], runs: [{ kind: 'argv', argv: rest, via: 'git bisect run' }] };
  return {
    effects:
      verb !== undefined && literal(verb) === undefined
        ? mustBeKnown([verb], 'what git bisect does')
        : [local('bisect')],
  };
};

export const remove: Verb = ({ call }) => {
  const parsed = parseArgs(call.args, {
    flags: [
      '-r',
      '-f --force',
      '-n --dry-run',
      '--cached',
      '-q --quiet',
      '--ignore-unmatch',
      '--sparse',
      '--pathspec-file-nul',
    ],
    values: ['--pathspec-from-file'],
  });
  if (parsed.has('--dry-run', '--cached') && parsed.dynamic.length === 0) return { effects: [local('rm --cached')] };
  // Without --force git refuses to remove what differs from the last commit, so that it can be had back from there.
  const unknownPaths = parsed.has('--force') ? [] : parsed.dynamic.filter((word) => word.value.kind === 'unknown');
  const removed = parsed.operands.filter((word) => !unknownPaths.includes(word));
  return {
    effects: [
      local('rm'),
      ...mustBeKnown(unknownPaths, 'what git rm removes'),
      ...removed.map(
        (word): EffectDraft => ({
          kind: 'fs.delete',
          path: at(call, word),
          recursive: parsed.has('-r'),
          span: word.span,
        }),
      ),
    ],
  };
};

export const move: Verb = ({ call }) => {
  const parsed = parseArgs(call.args, { flags: ['-f --force', '-k', '-n --dry-run', '-v --verbose', '--sparse'] });
  const target = parsed.operands.at(-1);
  if (target === undefined || parsed.operands.length < 2) return harmless('git mv');
  return {
    effects: parsed.operands
      .slice(0, -1)
      .map((word) => ({ kind: 'fs.move', from: at(call, word), to: at(call, target), span: word.span })),
  };
};

/** Patches are applied to the folder git runs in; git refuses paths outside and inside `.git`. */
export const apply: Verb = ({ call, verb }) => {
  const parsed = parseArgs(call.args, {
    flags: [
      '--check',
      '--stat',
      '--numstat',
      '--summary',
      '--unsafe-paths',
      '--abort',
      '--continue',
      '--skip',
      '--quit',
      '-3 --3way',
      '-R --reverse',
      '--index',
      '--cached',
      '--reject',
      '--no-verify',
      '-s --signoff',
      '-k',
      '-i --interactive',
    ],
    values: ['-p', '-C', '--directory', '--include', '--exclude', '--build-fake-ancestor'],
    optional: ['--whitespace', '--patch-format'],
  });
  if (parsed.has('--check', '--stat', '--numstat', '--summary'))
    return { effects: [{ kind: 'inspect', what: `git ${verb} --check` }, ...reads(call, parsed.operands)] };
  const effects: EffectDraft[] = [...reads(call, parsed.operands), local(verb)];
  const piped = parsed.operands.length === 0 && call.stdin.from !== 'inherit';
  const taints = mergeTaints(piped ? call.stdin.taints : [], ...parsed.operands.map((word) => received(call, word)));
  if (hasTaint(taints, 'downloaded')) effects.push({ kind: 'fs.write', path: call.cwd, how: 'extract', taints });
  else if (piped) effects.push({ kind: 'fs.write', path: call.cwd, how: 'edit', taints });
  if (parsed.has('--unsafe-paths')) effects.push(opaque('git apply --unsafe-paths writes anywhere'));
  if (parsed.has('--no-verify')) effects.push({ kind: 'bypass', what: 'hooks', detail: `git ${verb} --no-verify` });
  return { effects };
};

/** Labels of a patch: those it is handed on with, and that of a file from the network. */
function received(call: Call, word: Word): readonly Taint[] {
  const path = text(at(call, word));
  const file = path === undefined ? undefined : call.facts('file', { path });
  const isNew = file !== undefined && file.state !== 'missing' && file.session === 'received';
  return isNew ? [{ label: 'downloaded', from: path ?? 'a patch' }] : word.taints;
}

export const init: Verb = ({ call }) => {
  const parsed = parseArgs(call.args, {
    flags: ['-q --quiet', '--bare'],
    values: ['--template', '--separate-git-dir', '-b --initial-branch', '--object-format', '--ref-format'],
    optional: ['--shared'],
  });
  const [folder] = parsed.operands;
  const effects: EffectDraft[] = [
    { kind: 'fs.write', path: folder ? at(call, folder) : here(call, '.'), how: 'mkdir' },
  ];
  for (const word of parsed.all('--template'))
    if (literal(word) !== '')
      effects.push({ kind: 'git.configure', key: known('init.templatedir'), value: at(call, word), scope: 'command' });
  return { effects };
};

export const worktree: Verb = ({ call }) => {
  const [verb, ...rest] = call.args;
  const name = literal(verb);
  const parsed = parseArgs(rest, {
    flags: [
      '-f --force',
      '--detach -d',
      '--no-checkout',
      '--lock',
      '-q --quiet',
      '--orphan',
      '-n --dry-run',
      '-v --verbose',
      '--porcelain',
      '--guess-remote',
      '--track',
    ],
    values: ['-b', '-B', '--reason', '--expire'],
  });
  if (name === 'list') return harmless('git worktree list', { taints: [] });
  if (name === 'add') {
    const branch = parsed.value('-b', '-B');
    const [place, start] = parsed.operands;
    const out = branch ?? start;
    return {
      effects: [
        {
          kind: 'git.local',
          action: 'worktree add',
          ...(branch ? { makesBranch: branch.value } : {}),
          ...(out && place ? { checksOut: { branch: out.value, cwd: at(call, place) } } : {}),
        },
        ...writes(call, parsed.operands.slice(0, 1), 'mkdir'),
      ],
    };
  }
  if (name === 'remove' && parsed.has('--force'))
    return {
      effects: [
        discard(
          call,
          'worktree',
          parsed.operands.map((word) => at(call, word)),
          true,
        ),
      ],
    };
  const plain = ['remove', 'prune', 'lock', 'unlock', 'move', 'repair'].includes(name ?? '');
  return { effects: [plain ? local(`worktree ${name}`) : opaque('what git worktree does is not known')] };
};

/** `git symbolic-ref HEAD refs/heads/x` makes x the current branch and leaves the files as they are. */
export function movesHead(call: Call): EffectDraft {
  const [name, target] = call.args.filter((word) => !/^-/.test(literal(word) ?? ''));
  const branch = literal(target)?.replace(/^refs\/heads\//, '');
  if (literal(name) !== 'HEAD') return { kind: 'git.local', action: 'symbolic-ref' };
  const value = branch === undefined ? unknown('the branch that HEAD is moved to') : known(branch);
  return { kind: 'git.local', action: 'symbolic-ref', checksOut: { branch: value, cwd: call.cwd } };
}
