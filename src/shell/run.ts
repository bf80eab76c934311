// Owns what happens when a program starts: its description is asked, its effects recorded, and what it runs in turn is read.
import type { EffectBody, Span } from '../core/effect.ts';
import type { FileFact } from '../core/fact.ts';
import type { Assignment, Word } from '../core/invocation.ts';
import { basename, dirname, isWithin, resolve } from '../core/path.ts';
import type { Call, Language, Lowering, Run } from '../core/program.ts';
import {
  hasTaint,
  known,
  mergeTaints,
  show,
  type Taint,
  text,
  texts,
  unknown,
  type Value,
  why,
} from '../core/value.ts';
import { contentOf, madeFile, moveFile, taintsOfPath, writeFile } from './files.ts';
import { languageOf } from './language.ts';
import { plainIo } from './redirect.ts';
import { type Start, start } from './simple.ts';
import { innerSource } from './source.ts';
import { cloneState, initialState, type State } from './state.ts';
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
} from './trace.ts';
import { lookUp } from './variables.ts';
import { runText } from './words.ts';

/** Folders whose programs are known by their base name alone. */
const PROGRAM_FOLDERS =
  /^(\/(usr\/(local\/)?|opt\/homebrew\/|opt\/local\/|home\/linuxbrew\/\.linuxbrew\/)?s?bin|\/usr\/lib\/git-core|\/opt\/homebrew\/opt\/[^/]+\/bin|\/usr\/local\/opt\/[^/]+\/bin|\/usr\/local\/go\/bin)$/;
const HOME_PROGRAM_FOLDERS =
  /^\/\.(cargo|local|bun|deno|volta|pyenv|rbenv|asdf|nvm|npm-global|dotnet|rustup)(\/.*)?\/(bin|shims)$|^\/go\/bin$/;
const PROJECT_PROGRAM_FOLDERS = /(^|\/)(node_modules\/\.bin|\.?venv\/bin|vendor\/bin)$/;

/** Runs an external program or a script named by its path. */
export function runProgram(trace: Trace, frame: Frame, state: State, what: Start, index: number, name: string): Out {
  environmentOf(trace, frame, state, what.assignments, basename(name), what.span, index);
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
    return { text: unknown(`the output of ${name}`), taints: what.io.stdin.taints };
  }
  const call = callOf(trace, frame, state, what, index, known);
  return applyLowering(trace, frame, state, what, index, call, program.lower(call));
}

/** Base name of a program that stands where programs are installed; undefined for scripts of the project and other paths. */
function knownAs(trace: Trace, state: State, name: string): string | undefined {
  if (!name.includes('/')) return name;
  const path = text(resolve({ kind: 'known', text: name }, state.cwd));
  if (path === undefined || madeFile(state, path)) return undefined;
  const folder = dirname(path);
  const { home, projectRoot } = trace.context;
  if (PROGRAM_FOLDERS.test(folder)) return basename(path);
  if (isWithin(folder, home) && HOME_PROGRAM_FOLDERS.test(folder.slice(home.length))) return basename(path);
  if (isWithin(folder, projectRoot) && (PROJECT_PROGRAM_FOLDERS.test(folder) || WRAPPER_SCRIPTS.has(basename(path))))
    return basename(path);
  return undefined;
}

/** Scripts that projects carry so that a tool of that name runs without being installed. */
const WRAPPER_SCRIPTS = new Set(['gradlew', 'mvnw', 'rails', 'rake', 'rspec', 'artisan', 'manage.py', 'bundle']);

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
    facts: trace.facts,
    env: (variable) => environmentWord(trace, state, what.assignments, variable, frame.source.within),
  };
}

function environmentWord(
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

const isStdin = (path: string | undefined): boolean =>
  path !== undefined && /^\/(dev\/(stdin|fd\/0)|proc\/(self|thread-self)\/fd\/0)$/.test(path);

const CARRIES_READS = new Set(['body', 'copy', 'socket', 'mail', 'paste', 'message', 'query', 'dns', 'clipboard']);

function applyLowering(
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
      copied = copied === undefined ? contentOf(state, effect.path) : unknown('several files');
    }
    if (effect.kind === 'net.fetch') fetched = mergeTaints(fetched, [{ label: 'downloaded', from: show(effect.url) }]);
  }
  const flowing = mergeTaints(what.io.stdin.taints, read, fetched);
  for (const { span, place, root, ...draft } of lowering.effects) {
    let body = draft as EffectBody;
    if (body.kind === 'fs.write') {
      const taints = body.taints ?? mergeTaints(read, fetched);
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
          },
        );
    } else if (body.kind === 'net.send' && CARRIES_READS.has(body.channel))
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
    out = appendOut(out, runOne(trace, { ...frame, stdin: what.io.stdin }, state, run, index, what.span));
  const { output, runs } = lowering;
  if (
    output === undefined &&
    runs &&
    runs.length > 0 &&
    lowering.effects.every((effect) => effect.kind !== 'fs.read' && effect.kind !== 'net.fetch')
  )
    return out;
  return {
    text: output?.text ?? unknown(`the output of ${call.name}`),
    taints: mergeTaints(output?.taints ?? flowing, out.taints),
    ...(output?.each ? { each: output.each } : {}),
  };
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
    stdout: { kind: 'capture' },
    ...(run.readFrom === undefined ? {} : projectCodeOf(trace, run.readFrom)),
  };
  const child = cloneState(state);
  if (run.cwd) child.cwd = run.cwd;
  for (const { name, word } of run.env ?? [])
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
  let out = SILENT;
  for (const each of all) {
    const child = childShell(trace, state, args ?? []);
    const verbatim =
      frame.source.base === undefined
        ? undefined
        : verbatimAt(frame.source.text, each, word.span.start - frame.source.base);
    out = appendOut(out, runText(trace, { ...frame, source: innerSource(each, frame.source, span, verbatim) }, child));
    state.files = child.files;
  }
  return out;
}

/** Where a word's text stands verbatim behind its opening quote. */
function verbatimAt(text: string, inner: string, wordAt: number): number | undefined {
  for (const skip of [1, 0]) if (wordAt >= 0 && text.startsWith(inner, wordAt + skip)) return wordAt + skip;
  return undefined;
}

/** Code whose text is not known: what came over the network is named as such. */
function unread(
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
      taints,
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

interface Opened {
  readonly path: Value;
  readonly language: Language | undefined;
  readonly args: readonly Word[];
  readonly via: string;
  readonly index: number;
  readonly span: Span;
  /** Set when the file was named as the program itself. */
  readonly what: Start | undefined;
}

/** Opens a script file and reads it; what cannot be opened runs unread. */
export function runFile(trace: Trace, frame: Frame, state: State, file: Opened): Out {
  const paths = texts(file.path);
  const stdin = file.what?.io.stdin ?? frame.stdin;
  const inner: Frame = {
    ...frame,
    stdin,
    depth: frame.depth + 1,
    stdout: { kind: 'capture' },
    via: file.what ? [...frame.via, file.via] : frame.via,
  };
  if (paths === undefined)
    return unread(
      trace,
      inner,
      file.language ?? 'unknown',
      file.path,
      taintsOfPath(state, file.path),
      file.index,
      file.span,
    );
  let out = SILENT;
  for (const path of paths) out = appendOut(out, openOne(trace, inner, state, path, file));
  return out;
}

function openOne(trace: Trace, frame: Frame, state: State, path: string, file: Opened): Out {
  if (trace.opening.includes(path) || trace.opening.length > 6) {
    addOpaque(trace, frame, file.span, 'limit', `${basename(path)} is opened inside itself`, file.index);
    return SILENT;
  }
  if (isStdin(path)) {
    const word: Word = { value: frame.stdin.text, taints: frame.stdin.taints, fields: 'one', span: file.span };
    return runCode(trace, frame, state, file.language ?? 'shell', word, file.args, file.index, file.span, 'stdin');
  }
  const made = madeFile(state, path);
  let out = SILENT;
  if (made) {
    if (hasTaint(made.taints, 'downloaded') || text(made.text) === undefined)
      out = unreadFile(
        trace,
        frame,
        path,
        file,
        hasTaint(made.taints, 'downloaded') ? 'download' : originOf(trace, path),
        made.taints,
      );
    else out = readText(trace, frame, state, path, file, text(made.text) as string, NO_TAINTS);
    if (!made.maybe) return out;
  }
  const fact = trace.facts('file', { path });
  if (fact === undefined) {
    addOpaque(trace, frame, file.span, 'code', `${basename(path)} was not looked at yet`, file.index);
    return out;
  }
  if (fact.state === 'missing') {
    if (!made) addOpaque(trace, frame, file.span, 'code', `${basename(path)} is not there`, file.index);
    return out;
  }
  if (fact.state === 'unread')
    return appendOut(
      out,
      unreadFile(
        trace,
        frame,
        path,
        file,
        fact.session === 'received' ? 'download' : originOf(trace, path, fact),
        NO_TAINTS,
      ),
    );
  const taints: readonly Taint[] =
    fact.session === 'received' ? [{ label: 'downloaded', from: basename(path) }] : NO_TAINTS;
  return appendOut(
    out,
    readText(trace, { ...frame, ...trusted(trace, path, fact) }, state, path, file, fact.text, taints),
  );
}

function readText(
  trace: Trace,
  frame: Frame,
  state: State,
  path: string,
  file: Opened,
  content: string,
  taints: readonly Taint[],
): Out {
  const language = file.language ?? languageOf(path, content);
  if (hasTaint(taints, 'downloaded'))
    addEffect(
      trace,
      frame,
      file.span,
      { kind: 'code.run', origin: 'download', language, what: known(path), taints },
      file.index,
    );
  trace.opening.push(path);
  const word: Word = { value: known(content), taints, fields: 'one', span: file.span };
  const inner: Frame = { ...frame, source: { text: content, within: file.span, base: undefined } };
  const out =
    language === 'shell'
      ? runShell(
          trace,
          inner,
          state,
          word,
          [
            { value: known(path), taints: NO_TAINTS, fields: 'one', span: file.span },
            ...file.args.slice(file.what ? 1 : 0),
          ],
          file.index,
          file.span,
        )
      : runCode(
          trace,
          inner,
          state,
          language,
          word,
          file.args.slice(file.what ? 1 : 0),
          file.index,
          file.span,
          originOf(trace, path),
        );
  trace.opening.pop();
  return out;
}

function unreadFile(
  trace: Trace,
  frame: Frame,
  path: string,
  file: Opened,
  origin: Origin,
  taints: readonly Taint[],
): Out {
  addEffect(
    trace,
    frame,
    file.span,
    { kind: 'code.run', origin, language: file.language ?? languageOf(path, ''), what: known(path), taints },
    file.index,
  );
  return { text: unknown(`the output of ${basename(path)}`), taints: NO_TAINTS };
}

type Origin = Extract<EffectBody, { kind: 'code.run' }>['origin'];

/** Code of the project is what was there before the session, inside the working directory. */
function originOf(trace: Trace, path: string, fact?: FileFact): Origin {
  if (trace.context.tmp.some((folder) => isWithin(path, folder))) return 'scratch';
  if (!isWithin(path, trace.context.projectRoot)) return 'elsewhere';
  return fact !== undefined && fact.state !== 'missing' && fact.session === 'before' && fact.git !== 'untracked'
    ? 'project'
    : 'unknown';
}

const trusted = (trace: Trace, path: string, fact: FileFact): { projectCode?: string } =>
  originOf(trace, path, fact) === 'project' ? { projectCode: path } : {};

function projectCodeOf(trace: Trace, path: string): { projectCode?: string } {
  const fact = trace.facts('file', { path });
  return fact === undefined ? {} : trusted(trace, path, fact);
}

function runCode(
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
  const all = texts(word.value);
  if (all === undefined) return unread(trace, frame, language, word.value, word.taints, index, span);
  const read = trace.readers[language];
  if (read === undefined) {
    addEffect(
      trace,
      frame,
      span,
      { kind: 'code.run', origin, language, what: known('a snippet'), taints: word.taints },
      index,
    );
    addOpaque(trace, frame, span, 'code', `${language} code is not read`, index);
    return { text: unknown('the output of code that was not read'), taints: NO_TAINTS };
  }
  let out = SILENT;
  for (const each of all) {
    const lowering = read(each, {
      cwd: state.cwd,
      args,
      stdin: frame.stdin,
      context: trace.context,
      facts: trace.facts,
      env: (name) => environmentWord(trace, state, [], name, span),
    });
    const what: Start = {
      words: [],
      assignments: [],
      io: { ...plainIo(frame), stdin: frame.stdin },
      span,
      external: true,
    };
    out = appendOut(out, applyLowering(trace, frame, state, what, index, { name: language }, lowering));
  }
  return out;
}
