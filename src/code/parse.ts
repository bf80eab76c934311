// Owns parsing with a grammar that must fit all of the text; a text that does not fit has no tree.
import type { Tree } from '@lezer/common';
import type { LRParser } from '@lezer/lr';

/** Steps of the parser per character; ordinary code needs less than ten. */
const STEPS_PER_CHARACTER = 60;

/** The tree of the whole text, or undefined. `strict` grammars throw at the first error, before slow recovery. */
export function parseStrictly(grammar: LRParser, text: string): Tree | undefined {
  try {
    const parse = grammar.startParse(text);
    for (let steps = STEPS_PER_CHARACTER * (text.length + 100); steps > 0; steps--) {
      const tree = parse.advance();
      if (tree) return tree;
    }
    return undefined;
  } catch {
    return undefined;
  }
}
