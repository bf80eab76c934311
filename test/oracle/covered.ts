// Owns the comparison: is a start that bash made among those that the reading predicts?
import type { Invocation, Word } from '../../src/core/invocation.ts';
import { texts } from '../../src/core/value.ts';
import type { Reading } from '../../src/shell/interpret.ts';

/** True when the call is opaque for reasons of shell, so that nothing is claimed about it. */
export const isOpaque = (reading: Reading): boolean =>
  reading.effects.some((effect) => effect.kind === 'opaque' && (effect.layer === 'shell' || effect.layer === 'limit'));

/** Argument lists that no predicted start covers. */
export function uncovered(reading: Reading, starts: readonly (readonly string[])[]): readonly (readonly string[])[] {
  if (isOpaque(reading)) return [];
  return starts.filter((argv) => !reading.invocations.some((invocation) => covers(invocation, argv)));
}

/** A word that is not known matches any number of words; so do globs and words of several fields. */
function covers(invocation: Invocation, argv: readonly string[]): boolean {
  const pattern = invocation.argv;
  const reach = new Set([0]);
  for (const word of pattern) {
    const next = new Set<number>();
    for (const at of reach) {
      if (isWild(word)) for (let to = at; to <= argv.length; to++) next.add(to);
      else if (texts(word.value)?.includes(argv[at] ?? '\0')) next.add(at + 1);
    }
    if (next.size === 0) return false;
    reach.clear();
    for (const at of next) reach.add(at);
  }
  return reach.has(argv.length);
}

const isWild = (word: Word): boolean =>
  word.fields === 'many' ||
  texts(word.value) === undefined ||
  (texts(word.value)?.some((text) => text.startsWith('/dev/fd/')) ?? false);
