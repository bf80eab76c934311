// Runs the commands inside words: `$()` and backquotes, `<()` and `>()`; each becomes what it prints or a name.
import { known, oneOf, shapeOf, unknown, type Value } from '../core/value.ts';
import { type Ast, parseStrict } from './parse.ts';
import { innerSource, spanOf } from './source.ts';
import { cloneState, type State } from './state.ts';
import { runScript } from './statements.ts';
import { addOpaque, type Frame, NO_TAINTS, type Out, SILENT, type Trace } from './trace.ts';
import type { Piece } from './words.ts';

/** Runs a command substitution in a subshell; its value is what it prints, without newlines at the end. */
export function substitution(
  trace: Trace,
  frame: Frame,
  state: State,
  part: Ast.CommandExpansionPart | Ast.ArithmeticCommandExpansion,
  inQuotes = false,
): Piece {
  const span = spanOf(frame.source, part);
  const inner: Frame = { ...frame, via: [...frame.via, '$()'], depth: frame.depth + 1, stdout: { kind: 'capture' } };
  if (part.text.startsWith('`') && part.text.includes('\\')) {
    const text = part.text.slice(1, -1).replace(inQuotes ? /\\([$`\\"])/g : /\\([$`\\])/g, '$1');
    return withoutNewlines(
      runText(trace, { ...inner, source: innerSource(text, frame.source, span) }, cloneState(state)),
    );
  }
  if (part.script === undefined) {
    addOpaque(trace, frame, span, 'shell', 'a substitution that cannot be parsed');
    return withoutNewlines({ text: unknown('a substitution that cannot be parsed'), taints: NO_TAINTS });
  }
  return withoutNewlines(runScript(trace, inner, cloneState(state), part.script));
}

/** Parses and runs text that is a script of its own; what is in doubt makes it opaque. */
export function runText(trace: Trace, frame: Frame, state: State): Out {
  const { script, problems } = parseStrict(frame.source.text);
  for (const problem of problems) addOpaque(trace, frame, spanOf(frame.source, problem), 'shell', problem.because);
  return script ? runScript(trace, frame, state, script) : SILENT;
}

function withoutNewlines(out: Out): Piece {
  const strip = (text: string): string => text.replace(/\n+$/, '');
  const value: Value =
    out.text.kind === 'known'
      ? known(strip(out.text.text))
      : out.text.kind === 'oneOf'
        ? oneOf(out.text.texts.map(strip))
        : numeric(out);
  return { value, taints: out.taints, how: 'quoted', ...(out.each ? { each: out.each } : {}) };
}

/** Lines of numbers are a number for whoever takes them as one word; its trailing newline goes as any does. */
function numeric({ text, each }: Out): Value {
  const value = text.kind === 'unknown' && each !== undefined && shapeOf(each) === '0' ? each : text;
  if (value.kind !== 'pattern' || value.shape === undefined || !value.shape.endsWith('\n')) return value;
  const shape = value.shape.replace(/\n+$/, '');
  return { ...value, suffix: value.suffix.replace(/\n+$/, ''), shape };
}

/** `<(…)` is a file that holds what the command prints; `>(…)` is one whose writers feed the command. */
export function processSubstitution(
  trace: Trace,
  frame: Frame,
  state: State,
  part: Ast.ProcessSubstitutionPart,
): Value {
  const name = `/dev/fd/${63 - trace.pipes++}`;
  if (part.operator === '>') {
    trace.sinks.set(name, { part, frame: { ...frame, via: [...frame.via, '>()'], depth: frame.depth + 1 } });
    return known(name);
  }
  if (part.script === undefined) {
    addOpaque(trace, frame, spanOf(frame.source, part), 'shell', 'a substitution that cannot be parsed');
    return known(name);
  }
  const inner: Frame = { ...frame, via: [...frame.via, '<()'], depth: frame.depth + 1, stdout: { kind: 'capture' } };
  const out = runScript(trace, inner, cloneState(state), part.script);
  state.files.set(name, { text: out.text, taints: out.taints, folder: false, maybe: false });
  return known(name);
}
