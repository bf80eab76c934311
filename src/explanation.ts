// Turns a judgement into plain data for `--json`: what would run, its effects, what was found and what was not understood.
import type { Effect, Span } from './core/effect.ts';
import type { Invocation, Word } from './core/invocation.ts';
import type { Finding } from './core/rule.ts';
import type { Judgement } from './judge.ts';

/** Null for a word whose text, or whose number of words, is not statically known. */
const wordText = ({ value, fields }: Word): string | null =>
  value.kind === 'known' && fields === 'one' ? value.text : null;

export interface Explanation {
  readonly invocations: readonly {
    readonly argv: readonly (string | null)[];
    readonly via: readonly string[];
    readonly span: Span;
  }[];
  readonly effects: readonly Effect[];
  readonly findings: readonly Omit<Finding, 'effect'>[];
  readonly opaque: readonly { readonly layer: string; readonly because: string; readonly span: Span }[];
}

export function explanation({ reading, verdict }: Judgement): Explanation {
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
