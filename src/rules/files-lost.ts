// Owns the rules about removing what cannot be brought back: shared scratch space, work without a commit, protected folders.
import { isWithin } from '../core/path.ts';
import { protectedBelow, protectedPath } from '../core/protected.ts';
import { regenerable } from '../core/regenerable.ts';
import { defineRule, type Rule, type Scope } from '../core/rule.ts';
import { isLocal, onlyEmpty, removed, verb } from './removal.ts';
import { isFresh, loss, targetsOf, textOf } from './targets.ts';

const scratch = defineRule({
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

const unrecoverable = defineRule({
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

/** Folders of build output by their usual names: ignored, or tracked and so restorable. */
const BUILT = /\/(dist|build|out|target|coverage|\.next|\.turbo|storybook-static)$/;

/** A pattern names more than can be looked up: fine when its names are made by tools, or when git holds the whole folder. */
function globLoss(
  glob: string,
  wide: boolean,
  scope: Scope,
): { readonly what: string; readonly grave: boolean } | undefined {
  const { projectRoot } = scope.context;
  if (!isWithin(glob, projectRoot) || isWithin(glob, `${projectRoot}/.git`)) return undefined;
  const relative = glob.slice(projectRoot.length);
  if (
    regenerable(relative.replace(/\*/g, 'x')) === 'always' ||
    regenerable(relative.replace(/\/[^/]*$/, '')) === 'always'
  )
    return undefined;
  if (BUILT.test(relative) && !glob.includes('**')) return undefined;
  const head = glob.search(/[*?[{]/);
  const folder = (head < 0 ? glob : glob.slice(0, head).replace(/\/[^/]*$/, '')) || projectRoot;
  const fact = scope.facts('path', { path: folder });
  if (fact === undefined || !fact.exists) return undefined;
  if (fact.git === 'ignored' && regenerable(folder.slice(projectRoot.length)) !== 'no' && folder !== projectRoot)
    return undefined;
  if (fact.git === 'tracked' && !wide && !glob.includes('**')) return undefined;
  return { what: `${relative.slice(1)} may match files that no commit holds`, grave: false };
}

const protectedRemoval = defineRule({
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

export const fileLostRules: readonly Rule[] = [scratch, unrecoverable, protectedRemoval];
