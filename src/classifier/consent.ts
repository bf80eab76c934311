// Checks that consent quoted by a model stands in the user's own words and names what is at stake. Trusts no model.
import type { Effect } from '../core/effect.ts';
import { basename } from '../core/path.ts';
import type { Finding } from '../core/rule.ts';
import { known, text, type Value } from '../core/value.ts';
import { visible } from './escape.ts';
import type { Turn } from './request.ts';

export interface Consent {
  readonly turn: number;
  readonly quote: string;
}

const MIN_QUOTE = 8;
/** A shorter last part of a path (`src`, `dev`) occurs in too many sentences to mean that path. */
const MIN_NAME = 5;
/** With these a sentence forbids, limits, postpones, wonders or reports; it does not plainly ask. */
const NOT_PLAIN = new RegExp(
  `\\b(${[
    "don['’]?t|do not|does not|doesn['’]?t|never|not|no|without|avoid|refrain|stop|leave|keep",
    "isn['’]?t|can['’]?t|cannot|won['’]?t|shouldn['’]?t|mustn['’]?t",
    'instead of|rather than|unless|except|if|when|once|after|before|until|later|tomorrow',
    'would|could|might|maybe|perhaps|consider|wonder|suggest(?:s|ed)?|said|says|told|example',
  ].join('|')})\\b`,
  'i',
);

/** Why the quote is no consent to what is `atStake` (each entry: spellings of which one must be named); undefined when it is. */
export function consentProblem(
  consent: Consent,
  turns: readonly Turn[],
  atStake: readonly (readonly string[])[],
): string | undefined {
  const turn = turns.find((each) => each.id === consent.turn);
  if (turn === undefined) return 'the quoted turn does not exist';
  if (!turn.byUser) return 'the quoted turn is not the user’s';
  const quote = squeeze(consent.quote);
  if (quote.length < MIN_QUOTE) return 'the quote is too short to mean anything';
  const whole = sentencesAround(turn.text, quote);
  if (whole.length === 0) return 'the quote is not in the user’s words';
  if (whole.some((each) => each.endsWith('?'))) return 'the quote is a question';
  if (whole.some((each) => NOT_PLAIN.test(each))) return 'the quoted sentence forbids or limits something';
  if (atStake.length === 0) return 'it is not known what is at stake';
  const missing = atStake.find((spellings) => !spellings.some((name) => names(quote, name)));
  if (missing !== undefined) return 'the quote does not name what is at stake';
  const takenBack = turns.some(
    (later) =>
      later.byUser &&
      later.id > turn.id &&
      sentencesOf(later.text).sentences.some(
        ({ text: each }) => NOT_PLAIN.test(each) && atStake.flat().some((name) => names(each, name)),
      ),
  );
  return takenBack ? 'a later turn takes it back' : undefined;
}

/** True when some turn of the user names all that is at stake; without one no reply could clear anything. */
export const mayHaveConsented = (turns: readonly Turn[], atStake: readonly (readonly string[])[]): boolean =>
  atStake.length > 0 &&
  turns.some((turn) => {
    if (!turn.byUser) return false;
    const { line } = sentencesOf(turn.text);
    return atStake.every((spellings) => spellings.some((name) => names(line, name)));
  });

/** What all the findings' effects name; nothing when one of them names nothing. */
export function stakesOfAll(findings: readonly Finding[]): readonly (readonly string[])[] {
  const each = findings.map(({ effect }) => stakes(effect));
  return each.some((names) => names.length === 0) ? [] : each.flat();
}

/** Spellings of which the user has to name one before the effect counts as asked for; empty when the effect names nothing. */
export function stakes(effect: Effect): readonly (readonly string[])[] {
  switch (effect.kind) {
    case 'git.push':
      return effect.refs.length > 0 ? every(effect.refs.map(({ dst }) => branch(dst))) : every([effect.remote]);
    case 'git.discard':
      return every(effect.scope);
    case 'git.remote':
      return every(effect.url === undefined ? [effect.name] : [effect.name, effect.url]);
    case 'git.configure':
      return every([effect.key]);
    case 'fs.read':
    case 'fs.write':
    case 'fs.delete':
    case 'fs.mode':
      return every([effect.path]);
    case 'fs.move':
      return every([effect.from]);
    case 'net.send':
      return every([effect.to]);
    case 'net.fetch':
      return every([effect.url]);
    case 'net.listen':
      return every([effect.address]);
    case 'code.run':
      return every([effect.what]);
    case 'pkg.install':
      return every(effect.names);
    case 'pkg.run':
      return every([effect.name]);
    case 'cloud':
    case 'db':
    case 'device':
      return every([effect.target]);
    case 'proc.kill':
      return every([effect.name]);
    case 'grant':
      return every([effect.to]);
    case 'deploy':
      return effect.environment === 'unknown' ? [[effect.platform]] : [[effect.environment, effect.platform]];
    case 'forge':
      return [[effect.subject]];
    default:
      return [];
  }
}

/** The spellings of each value; none at all when one of them is not known. */
function every(values: readonly (Value | undefined)[]): readonly (readonly string[])[] {
  const all = values.map(spellings);
  return all.some((each) => each.length === 0) ? [] : all;
}

/** A branch goes by its whole name only: `login` may be another one than `feature/login`. */
const branch = (ref: Value): Value =>
  ref.kind === 'known' ? known(ref.text.replace(/^refs\/(heads|tags)\//, '')) : ref;

/** How a person may write a path, URL or name: whole, its last part, its host. */
function spellings(value: Value | undefined): string[] {
  const whole = value === undefined ? undefined : text(value);
  if (!whole) return [];
  const host = /^[a-z][a-z0-9+.-]*:\/\/(?:[^@/]*@)?([^/:?#]+)/i.exec(whole)?.[1];
  const last = whole.startsWith('/') ? basename(whole) : undefined;
  return [whole, host, last !== undefined && last.length >= MIN_NAME ? last : undefined].filter(
    (each) => each !== undefined,
  );
}

const squeeze = (words: string): string => visible(words).normalize('NFC').replace(/\s+/g, ' ').trim();

/** What a user pastes they do not say: fenced blocks, quoted lines and indented listings are left out. */
function spoken(words: string): string {
  const kept: string[] = [];
  let fence: string | undefined;
  for (const line of visible(words).split('\n')) {
    const mark = /^\s*(```|~~~)/.exec(line)?.[1];
    if (fence === undefined && mark === undefined) kept.push(/^(\s*>| {4}|\t)/.test(line) ? '' : line);
    else kept.push('');
    if (mark !== undefined) fence = fence === undefined ? mark : fence === mark ? undefined : fence;
  }
  return kept.join('\n');
}

interface Sentence {
  readonly start: number;
  readonly text: string;
}

/** The spoken words on one line, and its sentences; a blank line and a list item end a sentence. */
function sentencesOf(words: string): { readonly line: string; readonly sentences: readonly Sentence[] } {
  const line = squeeze(spoken(words).replace(/\n{2,}|\n(?=\s*[-*\d])/g, '. '));
  const sentences = [...line.matchAll(/\S.*?(?:[.!?]+(?=\s|$)|$)/g)].map((match) => ({
    start: match.index,
    text: match[0],
  }));
  return { line, sentences };
}

/** Every whole sentence that a place of the quote touches, so that no quote can leave a "not" or a "?" out. */
function sentencesAround(words: string, quote: string): string[] {
  const { line, sentences } = sentencesOf(words);
  const touched: string[] = [];
  for (let at = line.indexOf(quote); at >= 0; at = line.indexOf(quote, at + 1))
    for (const { start, text } of sentences)
      if (start < at + quote.length && start + text.length > at) touched.push(text);
  return touched;
}

/** The name stands in the text as a word of its own. */
function names(words: string, name: string): boolean {
  const at = squeeze(words).toLowerCase();
  const wanted = squeeze(name).toLowerCase();
  for (let from = at.indexOf(wanted); from >= 0; from = at.indexOf(wanted, from + 1)) {
    const before = at[from - 1] ?? ' ';
    const after = at.slice(from + wanted.length);
    if (!/[\p{L}\p{N}_/.-]/u.test(before) && /^([.]?(\s|$)|[^\p{L}\p{N}_/.-])/u.test(after)) return true;
  }
  return false;
}
