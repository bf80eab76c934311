// Finds in a call's effects what exists only because of it: files made, files brought in, branches. Judges nothing.
import type { Effect } from '../core/effect.ts';
import { isWithin } from '../core/path.ts';
import { hasTaint, texts, type Value } from '../core/value.ts';

export interface Provenance {
  /** Absolute paths. */
  readonly makes: readonly string[];
  readonly receives: readonly string[];
  readonly branches: readonly string[];
}

const MAX_PATHS = 60;

/** `isNew`: nothing is at the path yet; a file that is already there is not made by the call. `received`: what came from outside so far. */
export function provenanceOf(
  effects: readonly Effect[],
  isNew: (path: string) => boolean,
  received: readonly string[],
): Provenance {
  const makes = new Set<string>();
  const receives = new Set<string>();
  const branches = new Set<string>();
  const textsOf = (value: Value | undefined): readonly string[] => (value && texts(value)) ?? [];
  const note = (value: Value | undefined, into: Set<string>): void => {
    for (const path of textsOf(value)) if (into.size < MAX_PATHS && path.startsWith('/') && isNew(path)) into.add(path);
  };
  const isForeign = (value: Value): boolean =>
    textsOf(value).some((path) => [...received, ...receives].some((folder) => isWithin(path, folder)));
  for (const effect of effects) {
    if (effect.place.kind !== 'local') continue;
    if (effect.kind === 'fs.write') {
      const foreign = effect.how === 'extract' || hasTaint(effect.taints ?? [], 'downloaded');
      note(effect.path, foreign ? receives : makes);
      // What was there before keeps its age under a new name; only what came from outside stays marked.
    } else if (effect.kind === 'fs.move' && isForeign(effect.from)) note(effect.to, receives);
    else if (effect.kind === 'net.fetch') note(effect.to, receives);
    else if (effect.kind === 'git.local') for (const name of textsOf(effect.makesBranch)) branches.add(name);
  }
  return { makes: [...makes], receives: [...receives], branches: [...branches].slice(0, MAX_PATHS) };
}
