// Owns the rules about removing files: what cannot be brought back, what is not the agent's, what cannot be verified.
import type { EffectOf } from '../core/effect.ts';
import { isWithin } from '../core/path.ts';
import { FROM_INPUT, protectedBelow, protectedPath } from '../core/protected.ts';
import { regenerable } from '../core/regenerable.ts';
import { defineRule, type Hit, type Rule, type Scope } from '../core/rule.ts';
import type { Value } from '../core/value.ts';
import { isFresh, loss, targetsOf, textOf } from './targets.ts';

type Removal = EffectOf<'fs.delete'> | EffectOf<'fs.move'>;

/** Moving something away removes it from where it was. */
const removed = (effect: Removal): Value => (effect.kind === 'fs.delete' ? effect.path : effect.from);
const isLocal = (effect: Removal): boolean => effect.place.kind === 'local';
const onlyEmpty = (effect: Removal): boolean => effect.kind === 'fs.delete' && effect.only === 'empty';
const verb = (effect: Removal): string => (effect.kind === 'fs.delete' ? 'deletes' : 'moves away');

export const everything = defineRule({
  id: 'files/everything',
  tier: 'hard',
  on: ['fs.delete', 'fs.move'],
  since: '0.1.0',
  summary: 'Removal of the file system, a home, a personal folder or what is above the project',
  why: 'Nothing brings it back.',
  instead: 'Name the one file or folder inside the project that should go.',
  match: (effect, { context }) => {
    if (onlyEmpty(effect)) return undefined;
    const target = targetsOf(removed(effect), context).find(({ kind }) => kind === 'everything');
    return target?.kind === 'everything' ? `This ${verb(effect)} ${target.path} or all it holds` : undefined;
  },
  examples: {
    hit: [
      'rm -rf /',
      'rm -rf ~/*',
      'rm -rf "$HOME"',
      'cd .. && rm -rf ..',
      'find / -delete',
      'mv ~ /tmp/x',
      'rm -rf {src,/home}',
      'rm -rf ~/Documents',
      "sh -c 'rm -rf /*'",
    ],
    miss: ['rm -rf dist', "git commit -m 'never rm -rf /'", 'rm -rf ~/photos/one.jpg', 'echo "rm -rf ~"', 'ls /'],
  },
});

export const wholeProject = defineRule({
  id: 'files/whole-project',
  tier: 'soft',
  on: ['fs.delete', 'fs.move'],
  since: '0.1.0',
  summary: 'Removal of the whole project or of its git history',
  why: 'Commits that are not pushed and files that are not committed are lost.',
  instead: 'Name the files that should go; to start afresh, use a new folder or a git worktree.',
  match: (effect, { context }) => {
    if (onlyEmpty(effect)) return undefined;
    const target = targetsOf(removed(effect), context).find(({ kind }) => kind === 'project');
    return target?.kind === 'project'
      ? `This ${verb(effect)} ${target.path}${target.path === context.projectRoot ? ', the whole project' : ', part of the git history'}`
      : undefined;
  },
  examples: {
    hit: [
      'rm -rf .',
      'rm -rf ./*',
      'rm -rf .git',
      'find . -type f -delete',
      'mv .git /tmp/x',
      'rm -rf "$PWD"',
      'rm -rf .git/objects',
    ],
    miss: ['rm -f .git/index.lock', 'rm -rf src', 'find . -name "*.pyc" -delete', 'find . -type d -empty -delete'],
  },
});

export const outsideProject = defineRule({
  id: 'files/outside-project',
  tier: 'soft',
  on: ['fs.delete', 'fs.move'],
  since: '0.1.0',
  summary: 'Removal of files outside the project and the folders for temporary files',
  why: 'It was there before this session and belongs to something else.',
  instead: 'Leave it, or ask the user to remove it.',
  match: (effect, { context }) => {
    if (!isLocal(effect) || onlyEmpty(effect)) return undefined;
    const path = removed(effect);
    const target = targetsOf(path, context).find(({ kind }) => kind === 'outside');
    if (target?.kind !== 'outside') return undefined;
    // A move can be undone, and a single file of the user's own is a smaller loss than a folder.
    const mild =
      effect.kind === 'fs.move' ||
      (OWN.test(target.path) && (!effect.recursive || regenerable(target.path) === 'always'));
    return {
      message: `This ${verb(effect)} ${textOf(path)}, outside the project`,
      ...(mild ? { tier: 'ask' as const } : {}),
    };
  },
  examples: {
    hit: [
      'rm -rf ~/photos',
      'rm ~/notes.txt',
      'find ~/work -name "*.jpg" -delete',
      'rm -f /etc/hosts.bak',
      'rm -rf ../sibling',
      'mv ~/a.txt .',
    ],
    miss: ['rm -rf src/a', 'rm -rf /tmp/run-1', 'rmdir ~/empty'],
  },
});

/** Inside somebody's home, as opposed to the system's folders. */
const OWN = /^\/(home|Users)\/[^/]+\//;

export const unverifiable = defineRule({
  id: 'files/unverifiable',
  tier: 'ask',
  on: ['fs.delete', 'fs.move'],
  since: '0.1.0',
  summary: 'Removal of something that the command does not name',
  why: 'An unset variable or an unseen list can turn this into the removal of anything.',
  instead:
    'Look at the list first, then name the paths; for a variable, write ${NAME:?} with a literal folder in front.',
  match: (effect, { context }): Hit | undefined => {
    if (effect.kind === 'fs.move' || onlyEmpty(effect)) return undefined;
    const target = targetsOf(effect.path, context).find(({ kind }) => kind === 'unknown');
    if (target?.kind !== 'unknown') return undefined;
    const unseen = target.because === FROM_INPUT && effect.recursive;
    return { message: `What is deleted is not known: ${target.because}`, ...(unseen ? { tier: 'soft' as const } : {}) };
  },
  examples: {
    hit: ['rm -rf "$UNSET_FOLDER"/*', 'cat list.txt | xargs rm -rf', 'cat list.txt | xargs rm'],
    miss: ['rm -rf dist/*', 'D=dist; rm -rf "$D"', 'echo dist | xargs rm -rf', 'T=$(mktemp -d) && rm -rf "$T"'],
  },
});

export const scratch = defineRule({
  id: 'files/shared-scratch',
  tier: 'soft',
  on: ['fs.delete', 'fs.move'],
  since: '0.1.0',
  summary: 'A sweep of a shared folder for temporary files',
  why: 'Other programs and sessions keep their sockets, locks and work there.',
  instead: 'Remove the entries that this session made, by name.',
  match: (effect, { context }) => {
    const path = removed(effect);
    for (const target of targetsOf(path, context)) {
      if (target.kind === 'scratch' && !onlyEmpty(effect)) return `This ${verb(effect)} everything in ${target.path}`;
      if (
        target.kind === 'inside' &&
        target.glob &&
        !isWithin(target.path, context.projectRoot) &&
        isShared(target.path, context.tmp)
      )
        return { message: `${textOf(path)} may match what others keep in a shared folder`, tier: 'ask' };
    }
    return undefined;
  },
  examples: {
    hit: [
      'rm -rf /tmp/*',
      'rm -rf "$TMPDIR"',
      'find /tmp -delete',
      'rm -rf /tmp/build-*',
      'find /var/tmp -mtime +3 -delete',
    ],
    miss: ['rm -rf /tmp/my-run', 'rm -f /tmp/my-run/*.log', 'rm -rf "$(mktemp -d)"'],
  },
});

/** Directly in a shared folder, not in a folder of its own below it. */
const isShared = (path: string, tmp: readonly string[]): boolean =>
  tmp.some((folder) => path.startsWith(`${folder}/`) && !path.slice(folder.length + 1).includes('/'));

export const unrecoverable = defineRule({
  id: 'files/unrecoverable',
  tier: 'ask',
  on: ['fs.delete', 'fs.move'],
  since: '0.1.0',
  summary: 'Removal of work that git cannot bring back',
  why: 'It was there before this session and no commit holds it.',
  instead: 'Commit or stash it first, or move it aside under another name.',
  match: (effect, scope) => {
    if (effect.kind === 'fs.move' || onlyEmpty(effect) || !isLocal(effect)) return undefined;
    if (isFresh(effect.path)) return undefined;
    for (const target of targetsOf(effect.path, scope.context)) {
      if (target.kind !== 'inside') continue;
      const hit = target.glob
        ? globLoss(target.path, effect.recursive || effect.only === 'matching', scope)
        : loss(target.path, scope);
      if (hit) return { message: hit.what, tier: hit.grave && effect.recursive ? 'soft' : 'ask' };
    }
    return undefined;
  },
  examples: {
    hit: ['rm .env', 'rm -f local.sqlite', 'rm -rf src/*.so', 'find src -name "*.ts" -delete'],
    miss: ['rm src/a.ts', 'rm -rf node_modules', 'rm -f src/*.pyc', 'rm src/*.ts', 'rm -rf dist/*', 'mv .env .env.old'],
  },
});

/** A pattern names more than can be looked up: fine when its names are made by tools, or when git holds the whole folder. */
function globLoss(
  glob: string,
  wide: boolean,
  scope: Scope,
): { readonly what: string; readonly grave: boolean } | undefined {
  const { projectRoot } = scope.context;
  if (!isWithin(glob, projectRoot)) return undefined;
  const relative = glob.slice(projectRoot.length);
  if (
    regenerable(relative.replace(/\*/g, 'x')) === 'always' ||
    regenerable(relative.replace(/\/[^/]*$/, '')) === 'always'
  )
    return undefined;
  const head = glob.search(/[*?[{]/);
  const folder = (head < 0 ? glob : glob.slice(0, head).replace(/\/[^/]*$/, '')) || projectRoot;
  const fact = scope.facts('path', { path: folder });
  if (fact === undefined || !fact.exists) return undefined;
  if (fact.git === 'ignored' && regenerable(folder.slice(projectRoot.length)) !== 'no' && folder !== projectRoot)
    return undefined;
  if (fact.git === 'tracked' && !wide && !glob.includes('**')) return undefined;
  return { what: `${relative.slice(1)} may match files that no commit holds`, grave: false };
}

export const protectedRemoval = defineRule({
  id: 'files/protected-folder',
  tier: 'soft',
  on: ['fs.delete', 'fs.move'],
  since: '0.1.0',
  summary: 'Removal of a folder that holds settings, keys or start-up files',
  why: 'Agents, shells and services read them at every start.',
  instead: 'Leave the folder alone, or ask the user.',
  match: (effect, { context }) => {
    const path = removed(effect);
    if (onlyEmpty(effect) || protectedPath(path, context)) return undefined;
    for (const target of targetsOf(path, context)) {
      const below =
        target.kind === 'outside' || target.kind === 'inside' ? protectedBelow(target.path, context) : undefined;
      if (below) return `${textOf(path)} holds ${below.path}`;
    }
    return undefined;
  },
  examples: {
    hit: ['rm -rf ~/.config/systemd', 'rm -rf ~/.local/bin', 'mv ~/.cargo /tmp/x'],
    miss: ['rm -rf src', 'rm -rf ~/photos'],
  },
});

export const fileDeleteRules: readonly Rule[] = [
  everything,
  wholeProject,
  outsideProject,
  unverifiable,
  scratch,
  unrecoverable,
  protectedRemoval,
];
