// Owns the rules about removing what is not the agent's or is not named: everything, the project, what lies outside it.
import { FROM_INPUT } from '../core/protected.ts';
import { regenerable } from '../core/regenerable.ts';
import { defineRule, type Hit, type Rule } from '../core/rule.ts';
import { isLocal, onlyEmpty, removed, verb } from './removal.ts';
import { targetsOf, textOf } from './targets.ts';

const everything = defineRule({
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

const wholeProject = defineRule({
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

const outsideProject = defineRule({
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

const unverifiable = defineRule({
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
    hit: [
      'T=$(mktemp -d); rm -rf "$T/"',
      'rm -rf "$UNSET_FOLDER"/*',
      'cat list.txt | xargs rm -rf',
      'cat list.txt | xargs rm',
    ],
    miss: [
      'T=$(mktemp -d) && rm -rf "$T/"',
      'T=$(mktemp -d) || exit 1; rm -rf "$T/"',
      'T=$(mktemp -d); rm -rf "$T"',
      'rm -rf dist/*',
      'D=dist; rm -rf "$D"',
      'echo dist | xargs rm -rf',
      'T=$(mktemp -d) && rm -rf "$T"',
    ],
  },
});

export const fileDeleteRules: readonly Rule[] = [everything, wholeProject, outsideProject, unverifiable];
