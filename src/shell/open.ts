// Owns script files: what this command wrote, what is on disk, whose code it is, and what of it can be read.
import type { EffectBody, Span } from '../core/effect.ts';
import type { FileFact } from '../core/fact.ts';
import type { Word } from '../core/invocation.ts';
import { basename, isWithin } from '../core/path.ts';
import type { Language } from '../core/program.ts';
import { hasTaint, known, type Taint, text, texts, unknown, type Value } from '../core/value.ts';
import { runCode, runShell, unread } from './code.ts';
import { madeFile, taintsOfPath } from './files.ts';
import { languageOf } from './language.ts';
import { isStdin } from './run.ts';
import type { Start } from './simple.ts';
import type { State } from './state.ts';
import { appendOut } from './statements.ts';
import { addEffect, addOpaque, type Frame, NO_TAINTS, type Out, SILENT, type Trace, through } from './trace.ts';

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
  const stdout = through(file.what?.io.stdout ?? frame.stdout);
  const inner: Frame = {
    ...frame,
    stdin,
    depth: frame.depth + 1,
    stdout,
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
  // A relative name after a `cd` that may have failed: where this command wrote no such file, none may be.
  const written = paths.some((path) => madeFile(state, path) !== undefined);
  for (const path of paths) out = appendOut(out, openOne(trace, inner, state, path, file, written));
  return out;
}

function openOne(trace: Trace, frame: Frame, state: State, path: string, file: Opened, written: boolean): Out {
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
        hasTaint(made.taints, 'downloaded') ? 'download' : made.built ? 'project' : originOf(trace, path),
        made.taints,
      );
    else out = readText(trace, frame, state, path, file, text(made.text) as string, made.taints);
    if (!made.maybe) return out;
  }
  const fact = trace.facts('file', { path });
  if (fact === undefined) {
    addOpaque(trace, frame, file.span, 'code', `${basename(path)} was not looked at yet`, file.index);
    return out;
  }
  if (fact.state === 'missing') {
    if (!written && !(trace.choices > 0 && nothingMade(trace, path)))
      addOpaque(trace, frame, file.span, 'code', `${basename(path)} is not there`, file.index);
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

/** Where a `cd` failed, what follows may name a file that is not there; it fails unless something before could have made it. */
const nothingMade = (trace: Trace, path: string): boolean =>
  trace.effects.every(
    (effect) =>
      effect.kind === 'inspect' ||
      effect.kind === 'fs.read' ||
      (effect.kind === 'fs.write' && effect.how !== 'extract' && !(texts(effect.path) ?? [path]).includes(path)),
  );

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

export type Origin = Extract<EffectBody, { kind: 'code.run' }>['origin'];

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

export function projectCodeOf(trace: Trace, path: string): { projectCode?: string } {
  const fact = trace.facts('file', { path });
  return fact === undefined ? {} : trusted(trace, path, fact);
}
