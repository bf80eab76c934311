// Owns the look at options that make a program load code or configuration from outside the project. Knows no program.
import type { Word } from '../core/invocation.ts';
import { certainlyWithin } from '../core/path.ts';
import type { Call, EffectDraft } from '../core/program.ts';
import { show, text } from '../core/value.ts';
import { at, opaque } from './kit.ts';

/** Opaque effects for the words that name something neither in the project nor in a folder for temporary files. */
export const handsOver = (call: Call, words: readonly Word[], what: string): EffectDraft[] =>
  words
    .filter(
      (word) =>
        ![call.context.projectRoot, ...call.context.tmp].some((folder) => certainlyWithin(at(call, word), folder)),
    )
    .map((word) => opaque(`${what} gets ${show(word.value)}, which is outside the project`, word.span));

/** Opaque effects for the words that are neither inside the project nor plain names. */
export const loadsFromElsewhere = (call: Call, words: readonly Word[]): EffectDraft[] =>
  words
    .filter((word) => {
      const spelled = text(word.value);
      if (spelled !== undefined && /^[\w.:@-]+$/.test(spelled) && !spelled.startsWith('.')) return false;
      return (
        (spelled !== undefined && /^[a-z][a-z0-9+.-]*:\/\//i.test(spelled)) ||
        !certainlyWithin(at(call, word), call.context.projectRoot)
      );
    })
    .map((word) => opaque(`${call.name} loads ${show(word.value)}, which is outside the project`, word.span));
