// Says what child_process runs and what the HTTP and socket functions of Node.js fetch and send; one row per function.
import type { Stream } from '../../core/invocation.ts';
import type { Run } from '../../core/program.ts';
import { concat, known, text as knownText, mergeTaints, type Taint } from '../../core/value.ts';
import { fetchUrl, refuses, runArgv, runShell, send, wordOf } from '../action.ts';
import { allTaints, call, handOverAll } from '../call.ts';
import { asValue, data, handle, listOf, type ObjectThing, type Thing, taintsOf, textOf } from '../thing.ts';
import { type Action, absolute, type Called, emit, emitRun, giveUp } from '../world.ts';
import { isOn, option } from './files.ts';

function settings(called: Called, options: Thing | undefined, via: string): Partial<Run> {
  const { world } = called;
  const cwd = option(options, 'cwd');
  const env = option(options, 'env');
  const input = option(options, 'input');
  const shown = env?.kind === 'dict' ? [...env.entries].map(([name, thing]) => ({ name, word: wordOf(thing) })) : [];
  if (env && env.kind !== 'dict' && !(env.kind === 'object' && env.type === 'environment'))
    giveUp(world, `${via} runs with an environment that is not known`);
  const stdin: Stream | undefined = input && { from: 'text', text: asValue(input), taints: taintsOf(input) };
  return {
    ...(cwd ? { cwd: absolute(world, asValue(cwd)) } : {}),
    ...(shown.length > 0 ? { env: shown } : {}),
    ...(stdin ? { stdin } : {}),
  };
}

function finish(called: Called, result: ObjectThing): Thing {
  const last = called.args.at(-1);
  const output = data(result.taints);
  if (last?.kind === 'closure' || last?.kind === 'ref') call(last, { ...called, args: [data(), output, output] });
  return result;
}

const isOptions = (thing: Thing | undefined): boolean =>
  thing !== undefined && thing.kind !== 'list' && thing.kind !== 'closure';

const shell =
  (via: string): Action =>
  (called) =>
    finish(
      called,
      runShell(
        called.world,
        via,
        called.args[0],
        settings(called, isOptions(called.args[1]) ? called.args[1] : undefined, via),
      ),
    );

const program =
  (via: string): Action =>
  (called) => {
    const [name, list] = called.args;
    const options = called.args.slice(1).find(isOptions);
    const words =
      called.more || !name
        ? undefined
        : list?.kind === 'list'
          ? list.items
            ? listOf([name, ...list.items])
            : undefined
          : !list || isOptions(list) || list.kind === 'closure'
            ? listOf([name])
            : undefined;
    const extra = settings(called, options, via);
    const inShell = option(options, 'shell');
    if (!isOn(inShell)) return finish(called, runArgv(called.world, via, words, extra));
    const items = words?.kind === 'list' ? words.items : undefined;
    if (!items || knownText(asValue(inShell)) !== 'true')
      return giveUp(called.world, `${via} runs a shell in a way that is not read`);
    // With a shell the words are joined by spaces and read as shell text.
    const text = items.map(asValue).reduce((left, right) => concat(concat(left, known(' ')), right));
    return finish(
      called,
      runShell(called.world, via, textOf(text, mergeTaints(...items.map((each) => taintsOf(each)))), extra),
    );
  };

const fork: Action = (called) => {
  const path = absolute(called.world, asValue(called.args[0]));
  emitRun(called.world, {
    kind: 'file',
    via: 'child_process.fork',
    cwd: called.world.cwd,
    path,
    language: 'javascript',
  });
  return handle('process');
};

export const PROGRAMS: Readonly<Record<string, Action>> = {
  'child_process.exec': shell('child_process.exec'),
  'child_process.execSync': shell('child_process.execSync'),
  'child_process.spawn': program('child_process.spawn'),
  'child_process.spawnSync': program('child_process.spawnSync'),
  'child_process.execFile': program('child_process.execFile'),
  'child_process.execFileSync': program('child_process.execFileSync'),
  'child_process.fork': fork,
  fetch: (called) => request(called, called.args[0], called.args[1]),
  'undici.fetch': (called) => request(called, called.args[0], called.args[1]),
  'http.get': connect,
  'https.get': connect,
  'http.request': connect,
  'https.request': connect,
  'http.createServer': serve,
  'https.createServer': serve,
  'net.createServer': serve,
  'net.connect': socket,
  'net.createConnection': socket,
  WebSocket: socket,
  'dns.lookup': lookUp,
  'dns.resolve': lookUp,
  'dns.promises.lookup': lookUp,
  'dns.promises.resolve': lookUp,
  XMLHttpRequest: refuses('XMLHttpRequest is not read'),
  ...Object.fromEntries(
    ['get', 'head', 'options', 'post', 'put', 'patch', 'delete'].map((name): [string, Action] => [
      `axios.${name}`,
      (called) => {
        const bodied = /^p/.test(name);
        const body = bodied ? called.args[1] : undefined;
        return makeRequest(
          called,
          called.args[0],
          name,
          body,
          taintsOf(option(called.args[bodied ? 2 : 1], 'headers')),
        );
      },
    ]),
  ),
};

/** `fetch(url, { method, headers, body })`. */
function request(called: Called, url: Thing | undefined, options: Thing | undefined): Thing {
  const method = option(options, 'method');
  const name = method === undefined ? 'GET' : knownText(asValue(method));
  return makeRequest(called, url, name, option(options, 'body'), taintsOf(option(options, 'headers')));
}

function makeRequest(
  called: Called,
  url: Thing | undefined,
  method: string | undefined,
  body: Thing | undefined,
  headers: readonly Taint[],
): Thing {
  const { world } = called;
  if (/^(get|head|options)$/i.test(method ?? '') && body === undefined) return fetchUrl(world, url, headers);
  const target = asValue(url);
  send(world, target, mergeTaints(taintsOf(body), headers, taintsOf(url)), 'body', method?.toUpperCase());
  return handle('response', target, [{ label: 'downloaded', from: knownText(target) ?? 'a reply' }]);
}

/** `https.get(url | options, [options], [callback])`; what is written to the request is its body. */
function connect(called: Called): Thing {
  const [first, second] = called.args;
  const options = first?.kind === 'dict' ? first : second?.kind === 'dict' ? second : undefined;
  const host =
    option(first?.kind === 'dict' ? first : undefined, 'hostname') ??
    option(first?.kind === 'dict' ? first : undefined, 'host');
  const path = option(options, 'path');
  const url = host
    ? textOf(
        concat(concat(known('https://'), asValue(host)), asValue(path ?? textOf(known('/')))),
        mergeTaints(taintsOf(host), taintsOf(path)),
      )
    : first;
  const reply = request(called, url, options);
  const callback = called.args.at(-1);
  if (callback?.kind === 'closure') call(callback, { ...called, args: [reply] });
  return handle('request', asValue(url), taintsOf(reply));
}

function serve(called: Called): Thing {
  handOverAll(called);
  return handle('server');
}

function socket(called: Called): Thing {
  const [first, second] = called.args;
  const host =
    option(first?.kind === 'dict' ? first : undefined, 'host') ??
    (first?.kind === 'text' && !first.number ? first : second);
  send(called.world, asValue(host), [], 'socket');
  handOverAll(called);
  return handle('socket', asValue(host));
}

function lookUp(called: Called): Thing {
  send(called.world, asValue(called.args[0]), allTaints(called), 'dns');
  handOverAll(called);
  return data();
}

/** Methods of processes, requests, responses, servers and sockets. */
export function useConnection(self: ObjectThing, name: string, called: Called): Thing | undefined {
  const { world } = called;
  if (name === 'on' || name === 'once') {
    const callback = called.args[1];
    const given =
      self.type === 'process' || self.type === 'response' || self.type === 'lines'
        ? data(self.taints)
        : handle('response', self.value, self.taints);
    if (callback) call(callback, { ...called, args: [given, given] });
    return self;
  }
  switch (self.type) {
    case 'process':
      if (name === 'kill') {
        emit(world, { kind: 'proc.kill', target: 'own', name: known('a process of this code'), signal: 'TERM' });
        return data();
      }
      if (name === 'write' || name === 'end')
        return allTaints(called).length === 0 ? data() : giveUp(world, 'labelled data is written to a process');
      return ['toString', 'trim', 'split', 'unref', 'ref', 'pipe', 'slice', 'replace', 'match', 'setEncoding'].includes(
        name,
      )
        ? data(self.taints)
        : undefined;
    case 'request':
      if (name === 'write' || name === 'end') {
        if (called.args.some((each) => each.kind !== 'closure'))
          send(world, self.value, allTaints(called), 'body', 'POST');
        return data();
      }
      return ['setTimeout', 'destroy', 'setHeader', 'abort', 'flushHeaders'].includes(name)
        ? name === 'setHeader' && allTaints(called).length > 0
          ? giveUp(world, 'labelled data is sent in a header')
          : data()
        : undefined;
    case 'server':
      if (name !== 'listen') return ['close', 'unref', 'address'].includes(name) ? data() : undefined;
      emit(world, {
        kind: 'net.listen',
        what: 'server',
        address: known(called.args[1]?.kind === 'text' ? (knownText(asValue(called.args[1])) ?? '') : ''),
      });
      handOverAll(called);
      return self;
    case 'socket':
      if (name === 'write' || name === 'end' || name === 'send') {
        send(world, self.value, allTaints(called), 'socket');
        return data();
      }
      return ['setTimeout', 'destroy', 'close', 'setEncoding'].includes(name) ? data() : undefined;
    case 'response':
      if (
        [
          'json',
          'text',
          'arrayBuffer',
          'blob',
          'bytes',
          'setEncoding',
          'resume',
          'getReader',
          '[]',
          'toString',
        ].includes(name)
      )
        return data(self.taints);
      if (name === 'pipe') {
        const [to] = called.args;
        if (to?.kind === 'object' && to.type === 'file') {
          emit(world, { kind: 'fs.write', path: to.value, how: 'overwrite', taints: self.taints });
          return to;
        }
        return to?.kind === 'object' && to.type === 'stdout'
          ? to
          : giveUp(world, 'a reply is piped into something that is not known');
      }
      return undefined;
    case 'lines':
      handOverAll(called, [data(self.taints)]);
      return ['close', 'question', 'prompt', '[]'].includes(name) ? data(self.taints) : undefined;
    default:
      return undefined;
  }
}
