// Owns redirections: which file, socket or text each standard stream is joined to, and the effects of opening it.
import type { Span } from '../core/effect.ts';
import type { Redirect, Stream } from '../core/invocation.ts';
import { resolvePhysically } from '../core/physical.ts';
import {
  concat,
  hasTaint,
  known,
  mergeTaints,
  number,
  oneOf,
  show,
  text,
  texts,
  unknown,
  type Value,
} from '../core/value.ts';
import { contentOf, taintsOfPath, writeFile } from './files.ts';
import { joinPieces } from './parameter.ts';
import type { Ast } from './parse.ts';
import { spanOf } from './source.ts';
import { cloneState, type Descriptor, type State } from './state.ts';
import { runScript } from './statements.ts';
import { addEffect, addOpaque, CLOSED, type Frame, NO_TAINTS, type Out, SILENT, type Trace } from './trace.ts';
import { setVariable } from './variables.ts';
import { expandSingle, insideDouble } from './words.ts';

/** The streams of one command after its redirections. */
export interface Io {
  readonly stdin: Stream;
  readonly stdout: Descriptor;
  readonly stderr: Descriptor;
  readonly redirects: readonly Redirect[];
  /** Descriptors beyond the first three, for `exec`. */
  readonly opened: ReadonlyMap<number, Descriptor>;
}

export const plainIo = (frame: Frame): Io => ({
  stdin: frame.stdin,
  stdout: frame.stdout,
  stderr: { kind: 'reader' },
  redirects: [],
  opened: new Map(),
});

export function openRedirects(trace: Trace, frame: Frame, state: State, nodes: readonly Ast.Redirection[]): Io {
  if (nodes.length === 0) return plainIo(frame);
  const table = new Map<number, Descriptor>([...state.descriptors, [1, frame.stdout], [2, { kind: 'reader' }]]);
  const opened = new Map<number, Descriptor>();
  const redirects: Redirect[] = [];
  let stdin = frame.stdin;
  const put = (fd: number, descriptor: Descriptor): void => {
    table.set(fd, descriptor);
    if (fd > 2) opened.set(fd, descriptor);
  };
  for (const node of nodes) {
    const span = spanOf(frame.source, node);
    if (node.type === 'HereDoc' || node.type === 'HereString') {
      const stream =
        node.type === 'HereDoc' ? hereDocument(trace, frame, state, node) : hereString(trace, frame, state, node);
      const fd = node.descriptor?.type === 'FileDescriptor' ? node.descriptor.value : 0;
      if (fd === 0) stdin = stream;
      redirects.push({ fd, mode: 'text', target: stream.text, span });
      continue;
    }
    if (node.target === undefined) continue;
    const word = expandSingle(trace, frame, state, node.target);
    const input = node.operator.startsWith('<');
    const fd = descriptorOf(state, node, input ? 0 : 1);
    if (node.operator === '>&' || node.operator === '<&') {
      const target = text(word.value);
      if (target === undefined) {
        addOpaque(trace, frame, span, 'shell', 'a descriptor that is not known');
        continue;
      }
      if (/^\d*-?$/.test(target) && target !== '') {
        const source = target === '-' ? undefined : table.get(Number.parseInt(target, 10));
        redirects.push({ fd, mode: target === '-' ? 'close' : 'duplicate', target: word.value, span });
        if (target === '-') put(fd, { kind: 'null' });
        else if (source) put(fd, source);
        if (fd === 0) stdin = source ? streamOf(source) : target === '-' ? CLOSED : stdin;
        continue;
      }
    }
    const path = resolvePhysically(word.value, state.cwd, trace.facts);
    const socket = socketAddress(word.value);
    const both = node.operator.startsWith('&>') || node.operator === '>&';
    const append = node.operator.endsWith('>>');
    if (input && node.operator !== '<>') {
      const stream = openForReading(trace, frame, state, path, socket, span);
      if (fd === 0) stdin = stream;
      else put(fd, socket ? { kind: 'socket', address: socket } : { kind: 'source', stream });
      redirects.push({ fd, mode: 'read', target: path, span });
      continue;
    }
    const descriptor = openForWriting(trace, frame, path, socket, append, span);
    put(fd, descriptor);
    if (both) put(2, descriptor);
    if (node.operator === '<>' && fd === 0) stdin = openForReading(trace, frame, state, path, socket, span);
    redirects.push({ fd, mode: node.operator === '<>' ? 'both' : append ? 'append' : 'write', target: path, span });
  }
  return { stdin, stdout: table.get(1) ?? frame.stdout, stderr: table.get(2) ?? { kind: 'reader' }, redirects, opened };
}

/** `{name}>` opens a descriptor of the shell's choice and puts its number into the variable. */
function descriptorOf(state: State, node: Ast.Redirect, usual: number): number {
  if (node.descriptor === undefined) return usual;
  if (node.descriptor.type === 'FileDescriptor') return node.descriptor.value;
  const fd = 10 + state.descriptors.size;
  setVariable(state, node.descriptor.name, known(String(fd)), NO_TAINTS);
  return fd;
}

function hereDocument(trace: Trace, frame: Frame, state: State, node: Ast.HereDoc): Stream {
  const { body } = node;
  if (node.delimiter?.quoted || body.parts === undefined || body.parts.length === 0) {
    const raw = body.text;
    const plain = node.delimiter?.quoted
      ? raw
      : raw.replace(/\\([$`\\\n])/g, (_, char: string) => (char === '\n' ? '' : char));
    return {
      from: 'text',
      text: known(node.operator === '<<-' ? plain.replace(/^\t+/gm, '') : plain),
      taints: NO_TAINTS,
    };
  }
  const pieces = insideDouble(trace, frame, state, body.parts, body.pos, body.end, false);
  return { from: 'text', text: joinPieces(pieces), taints: mergeTaints(...pieces.map((piece) => piece.taints)) };
}

function hereString(trace: Trace, frame: Frame, state: State, node: Ast.HereString): Stream {
  if (node.target === undefined) return CLOSED;
  const word = expandSingle(trace, frame, state, node.target);
  return { from: 'text', text: concat(word.value, known('\n')), taints: word.taints };
}

/** bash opens network connections for these paths itself (bash manual 3.6). */
function socketAddress(value: Value): Value | undefined {
  const shown = texts(value) ?? [value.kind === 'pattern' ? value.prefix : ''];
  const addresses = shown.flatMap((each) => SOCKET.exec(each)?.[1] ?? []);
  if (addresses.length === 0) return undefined;
  return texts(value) && addresses.length === shown.length
    ? oneOf(addresses.map((each) => each.replace('/', ':')))
    : unknown('an address that is not known');
}

const SOCKET = /^\/dev\/(?:tcp|udp)\/(.*)$/;

function openForReading(
  trace: Trace,
  frame: Frame,
  state: State,
  path: Value,
  socket: Value | undefined,
  span: Span,
): Stream {
  if (socket) {
    addEffect(trace, frame, span, { kind: 'net.fetch', url: socket });
    return {
      from: 'file',
      text: unknown(`what ${show(socket)} sends`),
      taints: [{ label: 'downloaded', from: show(socket) }],
      path,
    };
  }
  addEffect(trace, frame, span, { kind: 'fs.read', path, use: 'content' });
  return { from: 'file', text: contentOf(state, path), taints: taintsOfPath(state, path), path };
}

function openForWriting(
  trace: Trace,
  frame: Frame,
  path: Value,
  socket: Value | undefined,
  append: boolean,
  span: Span,
): Descriptor {
  if (socket) {
    addEffect(trace, frame, span, { kind: 'net.send', to: socket, channel: 'socket', taints: NO_TAINTS });
    return { kind: 'socket', address: socket };
  }
  const plain = text(path);
  if (plain !== undefined && trace.sinks.has(plain)) return { kind: 'sink', name: plain };
  if (plain === '/dev/null') return { kind: 'null' };
  if (plain !== undefined && /^\/dev\/(stdout|stderr|tty|fd\/[12])$/.test(plain)) return { kind: 'reader' };
  return { kind: 'file', path, append };
}

/** What reading from an open descriptor gives. */
export function streamOf(descriptor: Descriptor): Stream {
  if (descriptor.kind === 'source') return descriptor.stream;
  if (descriptor.kind === 'socket') {
    const from = show(descriptor.address);
    return { from: 'file', text: unknown(`what ${from} sends`), taints: [{ label: 'downloaded', from }] };
  }
  return { from: 'inherit', text: unknown('what another descriptor holds'), taints: NO_TAINTS };
}

/** Hands what a command printed to where its standard output goes; returns what is left for the surrounding command. */
export function deliver(
  trace: Trace,
  frame: Frame,
  state: State,
  io: Io,
  out: Out,
  span: Span,
  what: string,
  invocation = -1,
): Out {
  if (io.stderr.kind === 'file' && io.stderr !== io.stdout)
    writeOut(trace, frame, state, io.stderr, { text: unknown('error messages'), taints: NO_TAINTS }, span, invocation);
  const target = io.stdout;
  switch (target.kind) {
    case 'capture':
      return out;
    case 'null':
    case 'source':
      return SILENT;
    case 'reader':
      if (!out.shown && hasTaint(out.taints, 'secret'))
        addEffect(trace, frame, span, { kind: 'print', taints: out.taints, what }, invocation);
      return out;
    case 'socket':
      addEffect(
        trace,
        frame,
        span,
        { kind: 'net.send', to: target.address, channel: 'socket', taints: out.taints },
        invocation,
      );
      return SILENT;
    case 'sink':
      feedSink(trace, state, target.name, out);
      return SILENT;
    case 'file':
      writeOut(trace, frame, state, target, out, span, invocation);
      return SILENT;
  }
}

function writeOut(
  trace: Trace,
  frame: Frame,
  state: State,
  target: Descriptor & { kind: 'file' },
  out: Out,
  span: Span,
  invocation: number,
): void {
  writeFile(state, target.path, out.text, out.taints, { append: target.append });
  addEffect(
    trace,
    frame,
    span,
    {
      kind: 'fs.write',
      path: target.path,
      how: target.append ? 'append' : 'overwrite',
      content: out.text,
      taints: out.taints,
    },
    invocation,
  );
}

/** Runs the command of a `>(…)` on what was written to it. */
export function feedSink(trace: Trace, state: State, name: string, out: Out): void {
  const sink = trace.sinks.get(name);
  if (sink?.part.script === undefined) return;
  trace.fed.add(name);
  const frame: Frame = { ...sink.frame, stdin: { from: 'pipe', text: out.text, taints: out.taints } };
  runScript(trace, frame, cloneState(state), sink.part.script);
}

/** Sinks that nothing wrote to run all the same, on empty input. */
export function runUnfedSinks(trace: Trace, state: State): void {
  for (const name of trace.sinks.keys())
    if (!trace.fed.has(name))
      feedSink(trace, state, name, { text: number('nothing that is known'), taints: NO_TAINTS });
}
