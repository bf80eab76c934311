// Owns the making of words out of other words: literals, joins, placeholders, globs. Knows no program.
import type { Stream, Word } from '../core/invocation.ts';
import { concat, known, mergeTaints, pattern, text, type Value } from '../core/value.ts';

/** A literal word that stands where `like` stands. */
export const wordOf = (literal: string, like: Pick<Word, 'span'>): Word => ({
  value: known(literal),
  taints: [],
  fields: 'one',
  span: like.span,
});

/** Words with spaces between them, the way `watch` and `ssh` hand their operands to a shell. */
export function spaced(words: readonly Word[]): Word | undefined {
  const [first, ...rest] = words;
  if (first === undefined) return undefined;
  return rest.reduce<Word>(
    (line, word) => ({
      value: concat(concat(line.value, known(' ')), word.value),
      taints: mergeTaints(line.taints, word.taints),
      fields: 'one',
      span: { start: line.span.start, end: Math.max(line.span.end, word.span.end) },
    }),
    first,
  );
}

/** Every `mark` in the word replaced; words without it stay as they are. */
export function replaced(word: Word, mark: string, by: Word): Word {
  const whole = text(word.value);
  if (whole === undefined || mark === '' || !whole.includes(mark)) return word;
  if (whole === mark) return { ...by, span: word.span };
  const value = whole
    .split(mark)
    .map((part): Value => known(part))
    .reduce((left, right) => concat(concat(left, by.value), right));
  return { value, taints: mergeTaints(word.taints, by.taints), fields: 'one', span: word.span };
}

const GLOB = /[*?[{]/;

/** A pattern that a program expands by itself (`find -name`, rimraf, zip -x), as the paths it can stand for. */
export function globbed(value: Value): Value {
  const whole = text(value);
  const first = whole?.search(GLOB) ?? -1;
  if (whole === undefined || first < 0) return value;
  const last = Math.max(...['*', '?', ']', '}'].map((mark) => whole.lastIndexOf(mark)));
  return pattern(whole.slice(0, first), whole.slice(Math.max(last, first) + 1), 'a file name pattern', {
    climbs: whole.split('/').includes('..'),
    glob: whole,
  });
}

/** The whole of standard input as a word. */
export const streamWord = (stream: Stream, like: Pick<Word, 'span'>): Word => ({
  value: stream.text,
  taints: stream.taints,
  fields: 'one',
  span: like.span,
});
