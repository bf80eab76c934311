// Owns what happens when a program starts: its description is asked, its effects recorded, and what it runs in turn is read.
import type { EffectBody, Span } from '../core/effect.ts';
import type { Assignment, Word } from '../core/invocation.ts';
import { basename, resolve } from '../core/path.ts';
import type { Call, Lowering, Run } from '../core/program.ts';
import { mergeTaints, show, text, unknown, type Value } from '../core/value.ts';
import { runCode, runShell } from './code.ts';
import { contentOf, moveFile, taintsOfPath, writeFile } from './files.ts';
import { supposed } from './guess.ts';
import { knownAs, shadowing } from './installed.ts';
import { factsOf, fetchedCode } from './made.ts';
import { projectCodeOf, runFile } from './open.ts';
import { plainIo } from './redirect.ts';
import { type Start, start } from './simple.ts';
import { cloneState, type State } from './state.ts';
import { appendOut } from './statements.ts';
import {
  addEffect,
  addOpaque,
  exhaust,
  type Frame,
  MAX_DEPTH,
  NO_TAINTS,
  type Out,
  SILENT,
  type Trace,
  through,
} from './trace.ts';
import { lookUp } from './variables.ts';

/** Runs an external program or a script named by its path. */
export function runProgram(trace: Trace, frame: Frame, state: State, what: Start, index: number, name: string): Out {
  environmentOf(trace, frame, state, what.assignments, basename(name), what.span, index);
  const searched = environmentWord(trace, state, what.assignments, 'PATH', what.span)?.value;
  const before = shadowing(trace, state, searched, name);
  if (before !== undefined)
    return runFile(trace, frame, state, {
      path: { kind: 'known', text: before },
      language: undefined,
      args: what.words,
      via: name,
      index,
      span: what.span,
      what,
    });
  const known = knownAs(trace, state, name);
  const program = known === undefined ? undefined : trace.catalogue.find(known);
  if (program === undefined || known === undefined) {
    if (name.includes('/'))
      return runFile(trace, frame, state, {
        path: resolve({ kind: 'known', text: name }, state.cwd),
        language: undefined,
        args: what.words,
        via: basename(name),
        index,
        span: what.span,
        what,
      });
    addOpaque(
      trace,
      frame,
      what.span,
      'program',
      `${show(what.words[0]?.value ?? unknown(''))} is not a program that is known`,
      index,
    );
    suppose(trace, frame, state, what, index, name);
    return { text: unknown(`the output of ${name}`), taints: what.io.stdin.taints };
  }
  const call = callOf(trace, frame, state, what, index, known);
  const lowering = program.lower(call);
  const unread = (lowering.runs ?? []).length === 0 && lowering.effects.some(({ kind }) => kind === 'opaque');
  if (unread) suppose(trace, frame, state, what, index, name);
  return applyLowering(trace, frame, state, what, index, call, lowering);
}

/** Adds the effects of what a call that is not read most likely starts. */
function suppose(trace: Trace, frame: Frame, state: State, what: Start, index: number, name: string): void {
  const inner = { ...frame, stdin: what.io.stdin, stdout: what.io.stdout };
  for (const run of supposed(what.words, name)) runOne(trace, inner, state, run, index, what.span);
}

function callOf(trace: Trace, frame: Frame, state: State, what: Start, index: number, name: string): Call {
  const invocation = trace.invocations[index];
  if (invocation === undefined) throw new RangeError('no such invocation');
  return {
    invocation,
    name,
    args: what.words.slice(1),
    cwd: state.cwd,
    stdin: what.io.stdin,
    context: trace.context,
    facts: factsOf(trace, state),
    env: (variable) => environmentWord(trace, state, what.assignments, variable, frame.source.within),
  };
}

export function environmentWord(
  trace: Trace,
  state: State,
  assignments: readonly Assignment[],
  name: string,
  span: Span,
): Word | undefined {
  const given = assignments.findLast((assignment) => assignment.name === name);
  if (given) return given.word;
  const set = state.vars.get(name);
  if (set ? !set.exported && trace.context.env[name] === undefined : trace.context.env[name] === undefined)
    return undefined;
  const { value, taints } = lookUp(trace, state, name);
  return { value, taints, fields: 'one', span };
}

/** Effects of variables that make programs run or load something. */
export function environmentOf(
  trace: Trace,
  frame: Frame,
  state: State,
  assignments: readonly Assignment[],
  name: string,
  span: Span,
  index = -1,
): void {
  if (assignments.length === 0 || trace.environment === undefined) return;
  const { effects, runs } = trace.environment(assignments, { cwd: state.cwd, context: trace.context, name });
  for (const { span: at, place, root, ...body } of effects)
    addEffect(trace, frame, at ?? span, body as EffectBody, index, override(place, root));
  for (const run of runs) runOne(trace, frame, state, run, index, span);
}

const override = (
  place: Frame['place'] | undefined,
  root: boolean | undefined,
): { place?: Frame['place']; root?: boolean } => ({
  ...(place === undefined ? {} : { place }),
  ...(root === undefined ? {} : { root }),
});

export const isStdin = (path: string | undefined): boolean =>
  path !== undefined && /^\/(dev\/(stdin|fd\/0)|proc\/(self|thread-self)\/fd\/0)$/.test(path);

const CARRIES_READS = new Set(['body', 'copy', 'socket', 'mail', 'paste', 'message', 'query', 'dns', 'clipboard']);

export function applyLowering(
  trace: Trace,
  frame: Frame,
  state: State,
  what: Start,
  index: number,
  call: Pick<Call, 'name'>,
  lowering: Lowering,
): Out {
  let read = NO_TAINTS;
  let fetched = NO_TAINTS;
  let copied: Value | undefined;
  for (const effect of lowering.effects) {
    if (effect.kind === 'fs.read' && effect.use !== 'names') {
      read = mergeTaints(read, isStdin(text(effect.path)) ? what.io.stdin.taints : taintsOfPath(state, effect.path));
      const content = isStdin(text(effect.path)) ? what.io.stdin.text : contentOf(state, effect.path);
      copied = copied === undefined ? content : unknown('several files');
    }
    if (effect.kind === 'net.fetch') fetched = mergeTaints(fetched, [{ label: 'downloaded', from: show(effect.url) }]);
  }
  const flowing = mergeTaints(what.io.stdin.taints, read, fetched);
  for (const { span, place, root, ...draft } of lowering.effects) {
    let body = draft as EffectBody;
    if (body.kind === 'fs.write') {
      const taints = body.taints ?? flowing;
      const content = body.content ?? (body.how === 'overwrite' || body.how === 'create' ? copied : undefined);
      body = { ...body, taints, ...(content ? { content } : {}) };
      if (body.how !== 'mkdir' && body.how !== 'touch')
        writeFile(
          state,
          body.path,
          content ?? unknown(`what ${call.name} writes`),
          body.how === 'link' && body.target ? mergeTaints(taints, taintsOfPath(state, body.target)) : taints,
          {
            append: body.how === 'append' || body.how === 'edit',
            folder: body.how === 'extract',
            built: body.built === true,
          },
        );
    } else if (body.kind === 'code.run' && body.origin === 'project' && fetchedCode(trace, state))
      body = { ...body, origin: 'unknown' };
    else if (body.kind === 'net.send' && CARRIES_READS.has(body.channel))
      body = { ...body, taints: mergeTaints(body.taints, read) };
    else if (body.kind === 'net.fetch' && body.to)
      writeFile(state, body.to, unknown(`what ${show(body.url)} sends`), [
        { label: 'downloaded', from: show(body.url) },
      ]);
    else if (body.kind === 'fs.move') moveFile(state, body.from, body.to);
    addEffect(trace, frame, span ?? what.span, body, index, override(place, root));
  }
  let out: Out = SILENT;
  for (const run of lowering.runs ?? [])
    out = appendOut(
      out,
      runOne(trace, { ...frame, stdin: what.io.stdin, stdout: what.io.stdout }, state, run, index, what.span),
    );
  const { output, runs } = lowering;
  if (
    output === undefined &&
    runs &&
    runs.length > 0 &&
    lowering.effects.every((effect) => effect.kind !== 'fs.read' && effect.kind !== 'net.fetch')
  )
    return { ...out, shown: what.io.stdout.kind === 'reader' };
  return {
    text:
      output?.text ??
      (output?.copies ? contentRead(state, lowering) : undefined) ??
      unknown(`the output of ${call.name}`),
    taints: mergeTaints(
      output?.taints ?? flowing,
      output?.adds ?? NO_TAINTS,
      what.io.stdout.kind === 'reader' ? NO_TAINTS : out.taints,
    ),
    ...(output?.each ? { each: output.each } : {}),
  };
}

/** Content of the one file that is read, as far as this command wrote it. */
function contentRead(state: State, { effects }: Lowering): Value | undefined {
  const [only] = effects;
  return only?.kind === 'fs.read' && text(only.path) !== undefined ? contentOf(state, only.path) : undefined;
}

/** Reads what a program runs in turn. */
function runOne(trace: Trace, outer: Frame, state: State, run: Run, index: number, span: Span): Out {
  const at = run.span ?? span;
  if (outer.depth >= MAX_DEPTH) {
    exhaust(trace, outer, 'it is nested too deeply');
    return SILENT;
  }
  const frame: Frame = {
    ...outer,
    via: [...outer.via, run.via],
    place: run.place ?? outer.place,
    root: run.root ?? outer.root,
    depth: outer.depth + 1,
    stdin: run.stdin ?? outer.stdin,
    stdout: through(outer.stdout),
    ...(run.readFrom === undefined ? {} : projectCodeOf(trace, run.readFrom)),
  };
  const child = cloneState(state);
  if (run.cwd) child.cwd = run.cwd;
  for (const { name, word } of [...(trace.invocations[index]?.assignments ?? []), ...(run.env ?? [])])
    child.vars.set(name, { value: word.value, taints: word.taints, exported: true });
  const out = runKind(trace, frame, child, run, index, at);
  state.files = child.files;
  return out;
}

function runKind(trace: Trace, frame: Frame, state: State, run: Run, index: number, span: Span): Out {
  switch (run.kind) {
    case 'argv': {
      const assignments = (run.env ?? []).map(({ name, word }) => ({ name, word }));
      return start(trace, frame, state, {
        words: run.argv,
        assignments,
        io: plainIo(frame),
        span: run.span ?? spanOfWords(run.argv) ?? span,
        external: true,
      });
    }
    case 'shell':
      return runShell(trace, frame, state, run.text, run.args, index, run.span ?? run.text.span);
    case 'file':
      return runFile(trace, frame, state, {
        path: run.path,
        language: run.language,
        args: run.args ?? [],
        via: run.via,
        index,
        span,
        what: undefined,
      });
    case 'code':
      return runCode(
        trace,
        frame,
        state,
        run.language,
        run.text,
        run.args ?? [],
        index,
        run.span ?? run.text.span,
        'inline',
      );
  }
}

function spanOfWords(words: readonly Word[]): Span | undefined {
  const first = words[0]?.span;
  const last = words.at(-1)?.span;
  return first && last && last.end >= first.start ? { start: first.start, end: last.end } : undefined;
}
