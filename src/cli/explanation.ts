// Turns a judgement into plain data for `--json`: what would run, its effects, what was found and what was not understood.
import type { Effect } from '../core/effect.ts';
import type { Invocation, Word } from '../core/invocation.ts';
import type { Judgement } from '../judge.ts';

/** Null for a word whose text, or whose number of words, is not statically known. */
const wordText = ({ value, fields }: Word): string | null =>
  value.kind === 'known' && fields === 'one' ? value.text : null;

export function explanation({ reading, verdict }: Judgement): Readonly<Record<string, unknown>> {
  return {
    invocations: reading.invocations.map(({ argv, via, span }: Invocation) => ({
      argv: argv.map(wordText),
      via,
      span,
    })),
    effects: reading.effects,
    findings: verdict.findings.map(({ rule, tier, span, message, why, instead }) => ({
      rule,
      tier,
      span,
      message,
      why,
      instead,
    })),
    opaque: reading.effects.flatMap((effect: Effect) =>
      effect.kind === 'opaque' ? [{ layer: effect.layer, because: effect.because, span: effect.span }] : [],
    ),
  };
}
