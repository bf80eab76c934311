// Owns the judgement of what a path is to the user: the whole home, the project, work that cannot be brought back. Shared by the file rules.
import type { Context } from '../core/context.ts';
import type { PathFact } from '../core/fact.ts';
import { FRESH_NAME, OWN_PROCESS } from '../core/invocation.ts';
import { certainFolder, isWithin } from '../core/path.ts';
import { isForPeople } from '../core/protected.ts';
import { regenerable } from '../core/regenerable.ts';
import type { Scope } from '../core/rule.ts';
import { text, texts, type Value } from '../core/value.ts';

/** Folders whose loss is the loss of a machine or of everything a person has. */
const ROOTS =
  /^\/$|^\/(home|Users|root|etc|usr|bin|sbin|boot|lib|lib64|opt|var|srv|sys|proc|dev|mnt|media|Volumes|System|Library|Applications|private|nix|snap)$/;
const HOMES = /^\/(home|Users)\/[^/]+$|^\/root$/;
/** Folders of a home that hold a person's things. */
const PERSONAL =
  /^(Desktop|Documents|Downloads|Pictures|Music|Movies|Videos|Library|\.config|\.local|\.local\/share|\.ssh|\.gnupg|\.aws|\.kube)$/;

export type Target =
  /** `/`, a home, a folder above the project, a personal folder. */
  | { readonly kind: 'everything'; readonly path: string }
  /** The project itself or its `.git`. */
  | { readonly kind: 'project'; readonly path: string }
  /** A shared folder for temporary files as a whole. */
  | { readonly kind: 'scratch'; readonly path: string }
  | { readonly kind: 'outside'; readonly path: string }
  | { readonly kind: 'unknown'; readonly because: string }
  | { readonly kind: 'inside'; readonly path: string; readonly glob: boolean };

/** What git cannot do without. */
const HISTORY = /\/\.git(\/(objects|refs|HEAD|packed-refs|logs|modules|worktrees|config)(\/.*)?)?$/;

/** `*`, `.*`, `{*,.*}` and such: everything in a folder. */
const ALL = /^(\*+|\.\*|\.\?\?\*|\.\[!\.\]\*|\.\[\^\.\]\*|\*\.\*|\?\*|\*\*\/\*|\*\*)$/;

function classifyPath(path: string, context: Context): Target {
  const { projectRoot, tmp, home } = context;
  const inTmp = tmp.some((folder) => isWithin(path, folder));
  if (ROOTS.test(path) || HOMES.test(path) || path === home) return { kind: 'everything', path };
  if (isWithin(home, path) || (isWithin(projectRoot, path) && path !== projectRoot))
    return { kind: 'everything', path };
  if (isWithin(path, home) && PERSONAL.test(path.slice(home.length + 1))) return { kind: 'everything', path };
  if (tmp.includes(path)) return { kind: 'scratch', path };
  if (path === projectRoot) return { kind: 'project', path };
  if (isWithin(path, `${projectRoot}/.git`) && HISTORY.test(path) && !isForPeople(path))
    return { kind: 'project', path };
  if (isWithin(path, projectRoot) || inTmp) return { kind: 'inside', path, glob: false };
  return { kind: 'outside', path };
}

/** Every target the value can be, worst first is not implied. */
export function targetsOf(value: Value, context: Context): readonly Target[] {
  const all = texts(value);
  if (all) return all.map((path) => classifyPath(path, context));
  // `T=$(mktemp -d); rm -rf "$T/"` removes / when the name could not be made.
  const empty = value.kind === 'pattern' ? value.ifEmpty : undefined;
  if (empty !== undefined && classifyPath(empty.replace(/\/\*+$/, '') || '/', context).kind === 'everything')
    return [{ kind: 'unknown', because: `it is ${empty} when the temporary name could not be made` }];
  const folder = certainFolder(value);
  if (value.kind !== 'pattern' || folder === undefined)
    return [{ kind: 'unknown', because: 'because' in value ? value.because : 'its text is not known' }];
  if (value.glob !== undefined) {
    const tail = value.glob.slice(folder === '/' ? 1 : folder.length + 1);
    if (tail === '' || ALL.test(tail)) {
      const whole = classifyPath(folder, context);
      return [whole.kind === 'inside' ? { ...whole, glob: true } : whole];
    }
    const below = classifyPath(`${folder === '/' ? '' : folder}/${tail}`, context);
    return [below.kind === 'inside' ? { ...below, glob: true } : below];
  }
  const below = classifyPath(`${value.prefix}x`, context);
  if (below.kind !== 'inside') return [below];
  return [
    isFresh(value) ? { ...below, path: folder } : { ...below, path: `${value.prefix}*${value.suffix}`, glob: true },
  ];
}

/** What is known of a path in the project or a scratch folder that something wants to remove or replace. */
export function loss(path: string, scope: Scope): { readonly what: string; readonly grave: boolean } | undefined {
  const fact: PathFact | undefined = scope.facts('path', { path });
  if (fact === undefined || !fact.exists || fact.session !== 'before') return undefined;
  const { projectRoot, tmp } = scope.context;
  const relative = path.slice(projectRoot.length);
  if (isWithin(path, `${projectRoot}/.git`)) return undefined;
  if (!fact.inProject && isWithin(path, projectRoot))
    return { what: `${path} leads out of the project (to ${fact.real})`, grave: true };
  if (!isWithin(path, projectRoot))
    return tmp.some((folder) => isWithin(path, folder))
      ? { what: `${path} was there before this session`, grave: false }
      : undefined;
  const again = regenerable(relative);
  if (fact.git === 'tracked' || again === 'always') return undefined;
  if (fact.git === 'ignored')
    return again === 'no'
      ? { what: `${relative.slice(1)} is ignored by git, so nothing can restore it`, grave: fact.type === 'dir' }
      : undefined;
  const state =
    fact.git === 'none'
      ? 'is not under version control'
      : fact.git === 'modified'
        ? 'has changes that are not committed'
        : 'is not committed';
  return { what: `${relative.slice(1)} ${state}`, grave: fact.type === 'dir' && fact.git !== 'none' };
}

/** A name that mktemp made or that holds the id of this very process, or something below it: certain to be new. */
export const isFresh = (value: Value): boolean =>
  value.kind === 'pattern' && !value.climbs && (value.because === FRESH_NAME || value.because === OWN_PROCESS);

export const textOf = (value: Value): string =>
  text(value) ??
  (value.kind === 'pattern' ? (value.glob ?? `${value.prefix}…${value.suffix}`) : 'a path that is not known');
