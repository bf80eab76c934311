// Owns the small vocabulary that program descriptions are written in. Describes no program itself.
import type { EffectBody, Span } from '../core/effect.ts';
import type { Word } from '../core/invocation.ts';
import { type OptionSpec, type ParsedArgs, parseArgs } from '../core/options.ts';
import { resolve } from '../core/path.ts';
import { resolvePhysically } from '../core/physical.ts';
import type { Call, EffectDraft, Lowering, Output, Program } from '../core/program.ts';
import { isProxyVariable, PROXY_PROPERTY, throughProxy } from '../core/proxy.ts';
import { known, text, texts, type Value, why } from '../core/value.ts';

/** The word as an absolute path value. */
export const at = (call: Call, word: Word): Value => resolvePhysically(word.value, call.cwd, call.facts);
/** A literal path, relative to where the call runs, as an absolute path value. */
export const here = (call: Call, path: string): Value => resolve(known(path), call.cwd);

export const inspect = (what: string): EffectDraft => ({ kind: 'inspect', what });
export const opaque = (because: string, span?: Span): EffectDraft => ({
  kind: 'opaque',
  layer: 'argument',
  because,
  ...(span ? { span } : {}),
});
/** What the program asks for and gets passes through the proxies that the words name. */
export const proxied = (words: readonly Word[]): EffectDraft[] =>
  words.flatMap((word) => throughProxy(word.value).map((each): EffectDraft => ({ ...each, span: word.span })));
/** The proxies among words of the form NAME=value. */
export const proxyVariables = (words: readonly Word[]): EffectDraft[] =>
  words.flatMap((word) => {
    const [name = '', value] = (literal(word) ?? '').split(/=(.*)/s);
    return value !== undefined && isProxyVariable(name) ? proxied([{ ...word, value: known(value) }]) : [];
  });
/** The proxies that Java properties among the words name. */
export const proxyProperties = (call: Call): EffectDraft[] =>
  call.args.flatMap((word) => {
    const host = PROXY_PROPERTY.exec(literal(word) ?? '')?.[1];
    return host === undefined ? [] : proxied([{ ...word, value: known(host) }]);
  });
export const reads = (
  call: Call,
  words: readonly Word[],
  use: 'content' | 'names' | 'copy' = 'content',
): EffectDraft[] =>
  words
    .filter((word) => text(word.value) !== '-')
    .map((word) => ({ kind: 'fs.read', path: at(call, word), use, span: word.span }));
export const writes = (
  call: Call,
  words: readonly Word[],
  how: Extract<EffectBody, { kind: 'fs.write' }>['how'] = 'overwrite',
): EffectDraft[] =>
  words
    .filter((word) => text(word.value) !== '-')
    .map((word) => ({ kind: 'fs.write', path: at(call, word), how, span: word.span }));

/** Nothing but harmless looking-around. */
export const harmless = (what: string, output?: Output): Lowering => ({
  effects: [inspect(what)],
  ...(output ? { output } : {}),
});

/** Code that an option of a program that looks harmless makes it start. */
export const carries = (call: Call, option: string, word: Word): EffectDraft => ({
  kind: 'code.run',
  origin: 'config',
  language: 'shell',
  what: word.value,
  taints: word.taints,
  carrier: `${call.name} ${option}`,
  span: word.span,
});

/** Programs that only pack or unpack what goes through them. */
export const COMPRESSORS =
  /^(gzip|pigz|bzip2|pbzip2|lbzip2|xz|pixz|pxz|zstd|zstdmt|pzstd|lz4|lzma|lzop|lzip|plzip|brotli|unzstd|gunzip)( -[-\w=]+)*$/;

/** Known text of a word, or undefined. */
export const literal = (word: Word | undefined): string | undefined => (word ? text(word.value) : undefined);
/** Every text a word can be, or undefined when they cannot be listed. */
export const literals = (word: Word | undefined): readonly string[] | undefined =>
  word ? texts(word.value) : undefined;

/** Opaque effects for words whose text or number is not known, in a place where that changes what the program does. */
export const mustBeKnown = (words: readonly Word[], what: string): EffectDraft[] =>
  words.flatMap((word) => {
    const because = why(word.value);
    return because === undefined ? [] : [opaque(`${what} is not known: ${because}`, word.span)];
  });

export const wantsHelp = (args: readonly Word[]): boolean =>
  args.some((word) => ['--help', '--version', '-h', '-V', '-help', 'help', 'version'].includes(literal(word) ?? '')) &&
  args.length <= 2;

/** A program that only reads: files named as operands (or standard input) and nothing else, whatever its options. */
export function reader(
  names: readonly string[],
  spec: OptionSpec & {
    /** How many leading operands are not files (a pattern, a program text). */
    readonly skip?: number | ((parsed: ParsedArgs) => number);
    /** Options whose value is a file that is read. */
    readonly fileOptions?: readonly string[];
    /** Options whose value is a file that is written. */
    readonly outputs?: readonly string[];
    /** Any of these makes the call opaque. */
    readonly refuses?: readonly string[];
    /** What is shown of a file: its content, or only names, sizes, counts. */
    readonly use?: 'content' | 'names';
    readonly output?: Output;
    readonly examples?: Program['examples'];
  },
): Program {
  const dangerous = [...(spec.outputs ?? []), ...(spec.refuses ?? [])];
  return {
    names,
    lower: (call) => {
      const parsed = parseArgs(call.args, spec);
      const skip = typeof spec.skip === 'function' ? spec.skip(parsed) : (spec.skip ?? 0);
      const effects: EffectDraft[] = [
        ...reads(call, parsed.operands.slice(skip), spec.use ?? 'content'),
        ...(spec.fileOptions ?? []).flatMap((name) => reads(call, parsed.all(name))),
        ...(spec.outputs ?? []).flatMap((name) => writes(call, parsed.all(name))),
        ...(spec.refuses ?? []).flatMap((name) =>
          parsed.has(name) ? [opaque(`${call.name} ${name} is not read`)] : [],
        ),
      ];
      if (dangerous.length > 0) effects.push(...mustBeKnown(parsed.dynamic, `an option of ${call.name}`));
      if (effects.length === 0) effects.push(inspect(call.name));
      return { effects, ...(spec.output ? { output: spec.output } : {}) };
    },
    examples: spec.examples ?? {},
  };
}
