// Owns code given as text: another shell's, or a language that a reader knows; text that is not known runs unread.
import type { Span } from '../core/effect.ts';
import type { Word } from '../core/invocation.ts';
import type { Language, Lowering, ReadCode } from '../core/program.ts';
import { hasTaint, known, shapeOf, type Taint, texts, unknown, type Value, why } from '../core/value.ts';
import type { Origin } from './open.ts';
import { deliver, plainIo } from './redirect.ts';
import { applyLowering, environmentWord } from './run.ts';
import type { Start } from './simple.ts';
import { innerSource } from './source.ts';
import { initialState, type State } from './state.ts';
import { appendOut } from './statements.ts';
import { runText } from './substitution.ts';
import { addEffect, addOpaque, type Frame, NO_TAINTS, type Out, SILENT, type Trace } from './trace.ts';
import { runTraps } from './traps.ts';

/** A new shell sees exported variables and files, not functions or positional parameters. */
function childShell(trace: Trace, state: State, args: readonly Word[] | undefined): State {
  const child = initialState(trace.context);
  for (const [name, variable] of state.vars)
    if (variable.exported || trace.context.env[name] !== undefined) child.vars.set(name, variable);
  child.functions = new Map(state.exportedFunctions ? state.functions : []);
  child.cwd = state.cwd;
  child.files = state.files;
  child.positional = args ?? [];
  child.positionalUnknown = args === undefined || args.some((word) => word.fields === 'many');
  return child;
}

/** Shell text run by another shell. */
export function runShell(
  trace: Trace,
  frame: Frame,
  state: State,
  word: Word,
  args: readonly Word[] | undefined,
  index: number,
  span: Span,
): Out {
  const all = texts(word.value);
  if (all === undefined) return unread(trace, frame, 'shell', word.value, word.taints, index, span);
  noteDecoded(trace, frame, 'shell', word, index, span);
  let out = SILENT;
  for (const each of all) {
    const child = childShell(trace, state, args ?? []);
    const verbatim =
      frame.source.base === undefined
        ? undefined
        : verbatimAt(frame.source.text, each, word.span.start - frame.source.base);
    const inner: Frame = { ...frame, source: innerSource(each, frame.source, span, verbatim) };
    out = appendOut(out, runText(trace, inner, child));
    runTraps(trace, inner, child);
    state.files = child.files;
  }
  return out;
}

/** Where a word's text stands verbatim behind its opening quote. */
function verbatimAt(text: string, inner: string, wordAt: number): number | undefined {
  for (const skip of [1, 0]) if (wordAt >= 0 && text.startsWith(inner, wordAt + skip)) return wordAt + skip;
  return undefined;
}

/** Code that came out of a decoder is named as such, even where its text is known. */
export function noteDecoded(trace: Trace, frame: Frame, language: string, word: Word, index: number, span: Span): void {
  if (!hasTaint(word.taints, 'decoded')) return;
  addEffect(
    trace,
    frame,
    span,
    { kind: 'code.run', origin: 'inline', language, what: known('encoded text'), taints: word.taints },
    index,
  );
}

/** Code whose text is not known: what came over the network is named as such. */
export function unread(
  trace: Trace,
  frame: Frame,
  language: string,
  value: Value,
  taints: readonly Taint[],
  index: number,
  span: Span,
): Out {
  addEffect(
    trace,
    frame,
    span,
    {
      kind: 'code.run',
      origin: hasTaint(taints, 'downloaded') ? 'download' : 'unknown',
      language,
      what: value,
      // A packed dump is how databases are handed around.
      taints: language === 'sql' ? taints.filter(({ label }) => label !== 'decoded') : taints,
    },
    index,
  );
  addOpaque(
    trace,
    frame,
    span,
    language === 'shell' ? 'shell' : 'code',
    `${language} code that is not known: ${why(value) ?? 'its text'}`,
    index,
  );
  return { text: unknown('the output of code that was not read'), taints };
}

export function runCode(
  trace: Trace,
  frame: Frame,
  state: State,
  language: Language,
  word: Word,
  args: readonly Word[],
  index: number,
  span: Span,
  origin: Origin,
): Out {
  if (language === 'shell') return runShell(trace, frame, state, word, args, index, span);
  if (language !== 'sql') noteDecoded(trace, frame, language, word, index, span);
  const read = trace.readers[language];
  const setting = {
    cwd: state.cwd,
    args,
    stdin: frame.stdin,
    context: trace.context,
    facts: trace.facts,
    env: (name: string) => environmentWord(trace, state, [], name, span),
  };
  const shape = texts(word.value) === undefined ? shapeOf(word.value) : undefined;
  const all =
    shape !== undefined && read !== undefined && onlyLooks(safely(read, shape, setting)) ? [shape] : texts(word.value);
  if (all === undefined) return unread(trace, frame, language, word.value, word.taints, index, span);
  if (read === undefined || language === 'unknown')
    addEffect(
      trace,
      frame,
      span,
      { kind: 'code.run', origin, language, what: known('a snippet'), taints: word.taints },
      index,
    );
  if (read === undefined) {
    addOpaque(trace, frame, span, 'code', `${language} code is not read`, index);
    return { text: unknown('the output of code that was not read'), taints: NO_TAINTS };
  }
  let out = SILENT;
  for (const each of all) {
    const lowering = withCalls(trace, language, each, setting, safely(read, each, setting));
    const what: Start = {
      words: [],
      assignments: [],
      io: { ...plainIo(frame), stdin: frame.stdin },
      span,
      external: true,
    };
    const printed = applyLowering(trace, frame, state, what, index, { name: language }, lowering);
    out = appendOut(out, deliver(trace, frame, state, what.io, printed, span, language, index));
  }
  return out;
}

/** Languages whose forms are many; where one is not read, its plain calls still say what they start. */
const LOOSE: ReadonlySet<Language> = new Set(['perl', 'ruby', 'php', 'lua']);

function withCalls(
  trace: Trace,
  language: Language,
  code: string,
  setting: Parameters<ReadCode>[1],
  found: Lowering,
): Lowering {
  const plain = trace.readers.unknown;
  if (plain === undefined || !LOOSE.has(language) || found.effects.every(({ kind }) => kind !== 'opaque')) return found;
  return { ...found, runs: [...(found.runs ?? []), ...(safely(plain, code, setting).runs ?? [])] };
}

/** Code in which numbers are not known is taken for what it is with others, where it does nothing but look. */
const onlyLooks = ({ effects, runs }: Lowering): boolean =>
  (runs ?? []).length === 0 &&
  effects.every(({ kind, ...effect }) =>
    kind === 'db' ? 'action' in effect && effect.action === 'read' : ['inspect', 'print', 'fs.read'].includes(kind),
  );

/** A reader that gives up on deep or strange input must not take the whole reading with it. */
function safely(read: ReadCode, ...given: Parameters<ReadCode>): Lowering {
  try {
    return read(...given);
  } catch (error) {
    return {
      effects: [{ kind: 'opaque', layer: 'limit', because: `the code could not be read (${(error as Error).name})` }],
    };
  }
}
