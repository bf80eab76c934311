// Owns where a piece of shell text stands in the text the host handed over, so that findings can mark it.
import type { Span } from '../core/effect.ts';

/** Text being read. With `base` its offsets are those of the host's text plus `base`; otherwise every span is `within`. */
export interface Source {
  readonly text: string;
  readonly within: Span;
  readonly base: number | undefined;
}

export const topSource = (text: string): Source => ({ text, within: { start: 0, end: text.length }, base: 0 });

/** Text that came out of a word of `outer` at `within`; keeps exact offsets when the word holds the text verbatim. */
export function innerSource(text: string, outer: Source, within: Span, verbatimAt?: number): Source {
  if (verbatimAt !== undefined && outer.base !== undefined && outer.text.startsWith(text, verbatimAt))
    return { text, within, base: outer.base + verbatimAt };
  return { text, within, base: undefined };
}

export const spanOf = (source: Source, node: { readonly pos: number; readonly end: number }): Span =>
  source.base === undefined ? source.within : { start: source.base + node.pos, end: source.base + node.end };
