// Owns the reading of argument lists the way getopt programs do: clusters, values, abbreviations, `--`. Knows no program.
import type { Word } from './invocation.ts';
import { prefixOf, text } from './value.ts';

/**
 * Options of one program. Each entry lists the spellings of one option, separated by spaces; the first is its name:
 * `'-o --output'`. Options that are not listed are kept in `unlisted` and taken to have no value.
 */
export interface OptionSpec {
  readonly flags?: readonly string[];
  /** Options whose value is the next word, glued (`-ofile`) or after `=` (`--output=file`). */
  readonly values?: readonly string[];
  /** Options whose value, if any, is glued (`--color=auto`, `-i.bak`). */
  readonly optional?: readonly string[];
  /** `gnu` mixes options and operands; `posix` stops at the first operand; `words` takes `-name` as one long option (find, go, terraform, java). */
  readonly style?: 'gnu' | 'posix' | 'words';
  /** Long options may be shortened while unique (getopt_long, git). Default true for `gnu`. */
  readonly abbreviations?: boolean;
}

export interface Option {
  /** First spelling in the spec, or the text itself when it is not listed. */
  readonly name: string;
  readonly value: Word | undefined;
  /** The word that holds the option. */
  readonly word: Word;
}

export interface ParsedArgs {
  readonly options: readonly Option[];
  readonly operands: readonly Word[];
  /** Options that the spec does not list. */
  readonly unlisted: readonly Option[];
  /** Words that may turn out to be options, because their beginning or their number is not known. They are in `operands` too. */
  readonly dynamic: readonly Word[];
  /** Operands after `--`; they are in `operands` too. */
  readonly afterDashes: readonly Word[];
  /** True when it is given, and not as `=false`. */
  readonly has: (...names: readonly string[]) => boolean;
  /** Value of the last occurrence. */
  readonly value: (...names: readonly string[]) => Word | undefined;
  readonly all: (...names: readonly string[]) => readonly Word[];
}

interface Table {
  readonly names: Map<string, string>;
  readonly kinds: Map<string, 'flag' | 'value' | 'optional'>;
  readonly longs: readonly string[];
}

const tables = new WeakMap<OptionSpec, Table>();

function tableOf(spec: OptionSpec): Table {
  const have = tables.get(spec);
  if (have) return have;
  const names = new Map<string, string>();
  const kinds = new Map<string, 'flag' | 'value' | 'optional'>();
  const add = (entries: readonly string[] | undefined, kind: 'flag' | 'value' | 'optional'): void => {
    for (const entry of entries ?? []) {
      const spellings = entry.split(' ');
      for (const spelling of spellings) {
        names.set(spelling, spellings[0] as string);
        kinds.set(spelling, kind);
      }
    }
  };
  add(spec.flags, 'flag');
  add(spec.values, 'value');
  add(spec.optional, 'optional');
  const table = { names, kinds, longs: [...names.keys()].filter((name) => name.startsWith('--')) };
  tables.set(spec, table);
  return table;
}

/** The part of a word from `from` on, as a word of its own. */
function tail(word: Word, whole: string, from: number): Word {
  return { ...word, value: { kind: 'known', text: whole.slice(from) } };
}

function patternTail(word: Word, from: number): Word {
  if (word.value.kind !== 'pattern') return word;
  const { shape, ...value } = word.value;
  return {
    ...word,
    value: { ...value, prefix: value.prefix.slice(from), ...(shape === undefined ? {} : { shape: shape.slice(from) }) },
  };
}

/** A number behind the name of an option (`-j$(nproc)`, `--seed=$RANDOM`) leaves no doubt what the word is. */
const onlyNumbers = ({ value, fields }: Word): boolean =>
  fields === 'one' && value.kind === 'pattern' && value.shape !== undefined && /^-?-?\w/.test(value.prefix);

/** True when the word may begin with `-` or be several words, so that it can change what the program does. */
function mayBeOption(word: Word): boolean {
  const { value } = word;
  if (value.kind === 'known' || onlyNumbers(word)) return false;
  if (value.kind === 'oneOf') return value.texts.some((each) => each.startsWith('-'));
  if (value.kind === 'pattern' && (value.prefix !== '' || value.glob !== undefined))
    return value.prefix.startsWith('-');
  if (value.kind === 'pattern' && !value.climbs && word.fields === 'one') return false;
  return word.fields === 'many' || value.kind === 'unknown' || value.prefix === '';
}

/** `--dry-run=false` is as good as no such option. */
const FALSE = /^(false|no|off|0)$/i;
/** Options that keep a program from acting: with a value nobody knows they may do the opposite. */
const HOLDS_BACK = /dry|simulat|what-?if|preview|no-act/;

const isSet = ({ name, value }: Option): boolean => {
  if (value === undefined) return true;
  const plain = text(value.value);
  return plain === undefined ? !HOLDS_BACK.test(name) : !FALSE.test(plain);
};

export function parseArgs(args: readonly Word[], spec: OptionSpec): ParsedArgs {
  const { names, kinds, longs } = tableOf(spec);
  const style = spec.style ?? 'gnu';
  const abbreviations = spec.abbreviations ?? style === 'gnu';
  const options: Option[] = [];
  const unlisted: Option[] = [];
  const operands: Word[] = [];
  const dynamic: Word[] = [];
  let dashes: readonly Word[] = [];
  let at = 0;

  const found = (spelling: string, value: Word | undefined, word: Word): void => {
    const name = names.get(spelling);
    const option = { name: name ?? spelling, value, word };
    options.push(option);
    if (name === undefined) unlisted.push(option);
  };
  const take = (): Word | undefined => args[++at];
  const long = (full: string): string => {
    if (names.has(full) || !abbreviations) return full;
    const matches = longs.filter((each) => each.startsWith(full));
    return new Set(matches.map((each) => names.get(each))).size === 1 ? (matches[0] as string) : full;
  };

  for (; at < args.length; at++) {
    const word = args[at] as Word;
    const plain = text(word.value);
    const head = plain ?? prefixOf(word.value);
    if (plain === '--') {
      dashes = args.slice(at + 1);
      operands.push(...dashes);
      break;
    }
    if (mayBeOption(word)) dynamic.push(word);
    if (head === '-' || !head.startsWith('-')) {
      if (style === 'posix') {
        operands.push(...args.slice(at));
        break;
      }
      operands.push(word);
      continue;
    }
    const equals = head.indexOf('=');
    if (head.startsWith('--') || style === 'words') {
      const spelling = long(equals < 0 ? head : head.slice(0, equals));
      const glued =
        equals < 0 ? undefined : plain === undefined ? patternTail(word, equals + 1) : tail(word, plain, equals + 1);
      if (plain === undefined && equals < 0) dynamic.push(word);
      found(spelling, glued ?? (kinds.get(spelling) === 'value' ? take() : undefined), word);
      continue;
    }
    if (names.has(head) && head.length > 2) {
      found(head, kinds.get(head) === 'value' ? take() : undefined, word);
      continue;
    }
    for (let index = 1; index < head.length; index++) {
      const spelling = `-${head[index]}`;
      const kind = kinds.get(spelling);
      const rest = index + 1 < head.length || plain === undefined;
      if (kind === undefined || kind === 'flag') {
        found(spelling, undefined, word);
        continue;
      }
      const glued = plain === undefined ? patternTail(word, index + 1) : tail(word, plain, index + 1);
      found(spelling, rest ? glued : kind === 'value' ? take() : undefined, word);
      break;
    }
    if (plain === undefined && !onlyNumbers(word)) dynamic.push(word);
  }

  const matching = (wanted: readonly string[]): Option[] => {
    const ids = wanted.map((name) => names.get(name) ?? name);
    return options.filter((option) => ids.includes(option.name));
  };
  return {
    options,
    operands,
    unlisted,
    dynamic,
    afterDashes: dashes,
    has: (...wanted) => matching(wanted).some(isSet),
    value: (...wanted) => matching(wanted).at(-1)?.value,
    all: (...wanted) => matching(wanted).flatMap((option) => (option.value ? [option.value] : [])),
  };
}
