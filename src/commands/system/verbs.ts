// Owns the shape of programs whose words say whether they look or change something. Describes no program itself.
import type { Call, EffectDraft, Lowering, Program } from '../../core/program.ts';
import type { Value } from '../../core/value.ts';
import { harmless, literal, mustBeKnown } from '../kit.ts';

/** Words as text; `''` where one is not known. */
export const wordsOf = (call: Call): string[] => call.args.map((word) => literal(word) ?? '');
/** Words that are not options. */
export const operandsOf = (words: readonly string[]): string[] => words.filter((word) => !/^[-+]./.test(word));
/** Nothing but a question about the program itself. */
export const asksAbout = (words: readonly string[]): boolean =>
  words.length > 0 && words.every((word) => /^(-{1,2}(version|help|usage)|-h|-V|help|version)$/.test(word));

/** A program that looks when `looks` says so, and otherwise does what `changes` says. */
export function lookOrChange(
  names: readonly string[],
  looks: (words: readonly string[], call: Call) => boolean,
  changes: (words: readonly string[], call: Call) => readonly EffectDraft[] | Lowering,
  examples: Program['examples'],
  shows: (words: readonly string[]) => Value | undefined = () => undefined,
): Program {
  return {
    names,
    lower: (call) => {
      const words = wordsOf(call);
      const dynamic = mustBeKnown(
        call.args.filter((word, index) => index === 0 || word.fields === 'many'),
        `what ${call.name} does`,
      );
      const shown = shows(words);
      if (dynamic.length === 0 && (asksAbout(words) || looks(words, call)))
        return harmless(call.name, { taints: [], ...(shown ? { text: shown } : {}) });
      const changed = changes(words, call);
      if ('effects' in changed) return { ...changed, effects: [...dynamic, ...changed.effects] };
      return { effects: [...dynamic, ...changed] };
    },
    examples,
  };
}

/** A change of the system that needs no more detail than its own words. */
export const system = (
  action: Extract<EffectDraft, { kind: 'system' }>['action'],
  call: Call,
  words: readonly string[],
): EffectDraft => ({ kind: 'system', action, what: [call.name, ...words].join(' ').trim().slice(0, 120) });
