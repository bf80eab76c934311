// Says what Python's network functions fetch and send; one row per function.
import { throughProxy } from '../../core/proxy.ts';
import { concat, known, text as knownText, mergeTaints, type Taint, unknown, type Value } from '../../core/value.ts';
import { argument, fetchUrl, pure, refuses, send } from '../action.ts';
import { allTaints } from '../call.ts';
import { asValue, data, handle, type ObjectThing, type Thing, taintsOf, textOf } from '../thing.ts';
import { type Action, absolute, type Called, emit, giveUp, type World } from '../world.ts';

const READING = new Set(['get', 'head', 'options']);
const BODY = ['data', 'json', 'files', 'content', 'body'];

/** One HTTP request: reading methods fetch; a body is sent. */
function request(
  called: Called,
  method: string | undefined,
  url: Thing | undefined,
  bodyAt: number,
  base?: ObjectThing,
): Thing {
  const { world } = called;
  const full = base ? addressOf(base, url) : url;
  const bodies = [...BODY.map((name) => called.named.get(name)), called.args[bodyAt]].filter(
    (each) => each !== undefined,
  );
  const headers = mergeTaints(
    ...['headers', 'auth', 'cookies', 'params', 'cert'].map((name) => taintsOf(called.named.get(name))),
    base ? taintsOf(base) : [],
  );
  if (called.named.has('verify') && /^(False|0)$/.test(knownText(asValue(called.named.get('verify'))) ?? ''))
    emit(world, { kind: 'weaken', what: 'the TLS certificate check of a request' });
  for (const name of ['proxies', 'proxy']) proxies(called.named.get(name), world);
  if (called.more) giveUp(world, 'a request is made with arguments that are not known');
  const reading = method !== undefined && READING.has(method.toLowerCase());
  if (reading && bodies.length === 0) return fetchUrl(world, full, headers);
  const target = asValue(full);
  send(
    world,
    target,
    mergeTaints(...bodies.map((each) => taintsOf(each)), headers, taintsOf(full)),
    'body',
    method?.toUpperCase(),
  );
  return handle('response', target, [{ label: 'downloaded', from: knownText(target) ?? 'a reply' }]);
}

/** One proxy, or one for each scheme. */
function proxies(given: Thing | undefined, world: World): void {
  if (given === undefined) return;
  const each = given.kind === 'dict' && given.rest === undefined ? [...given.entries.values()] : [given];
  for (const one of each) for (const effect of throughProxy(asValue(one))) emit(world, effect);
}

/** A URL relative to the base of a client. */
function addressOf(base: ObjectThing, url: Thing | undefined): Thing {
  const written = knownText(asValue(url));
  const start = knownText(base.value);
  if (start === undefined || (written !== undefined && /^[a-z]+:/i.test(written))) return url ?? data();
  return textOf(concat(base.value, asValue(url)), taintsOf(url));
}

const method =
  (name: string): Action =>
  (called) =>
    request(called, name, argument(called, [0, 'url']), name === 'get' ? 9 : 1);

const anyMethod: Action = (called) =>
  request(called, knownText(asValue(argument(called, [0, 'method']))), argument(called, [1, 'url']), 9);

const METHODS = ['get', 'head', 'options', 'post', 'put', 'patch', 'delete'];
const clientModules = ['requests', 'httpx', 'requests.api'];

const open: Action = (called) => {
  const given = argument(called, [0, 'url']);
  const body = argument(called, [1, 'data']);
  const prepared = given?.kind === 'object' && given.type === 'request' ? given : undefined;
  const sent = prepared?.attributes.get('data') ?? body;
  const headers = mergeTaints(taintsOf(prepared?.attributes.get('headers')));
  if (called.named.has('context')) emit(called.world, { kind: 'weaken', what: 'the TLS settings of a request' });
  const url = prepared ? textOf(prepared.value, prepared.taints) : given;
  if (sent === undefined || (sent.kind === 'data' && sent.taints.length === 0 && prepared?.attributes.has('get')))
    return fetchUrl(called.world, url, headers);
  send(called.world, asValue(url), mergeTaints(taintsOf(sent), headers), 'body', 'POST');
  return handle('response', asValue(url), [{ label: 'downloaded', from: knownText(asValue(url)) ?? 'a reply' }]);
};

const prepare: Action = (called) => {
  const made = handle('request', asValue(argument(called, [0, 'url'])), taintsOf(argument(called, [0, 'url'])));
  const body = argument(called, [1, 'data']);
  const headers = argument(called, [2, 'headers']);
  const verb = knownText(asValue(called.named.get('method'))) ?? 'GET';
  if (body) made.attributes.set('data', body);
  else if (called.named.has('method') && !READING.has(verb.toLowerCase())) made.attributes.set('data', data());
  if (headers) made.attributes.set('headers', headers);
  return made;
};

const hostOf = (called: Called): Value => {
  const host = asValue(argument(called, [0, 'host']));
  return host;
};

const socketTo = (world: World, address: Thing | undefined): Thing => {
  const host =
    address?.kind === 'list' ? asValue(address.items?.[0] ?? address.element) : unknown('an address that is not known');
  send(world, host, [], 'socket');
  return handle('socket', host);
};

const server =
  (what: 'server'): Action =>
  (called) => {
    const address = called.args[0];
    const host = address?.kind === 'list' ? asValue(address.items?.[0] ?? address.element) : asValue(address);
    emit(called.world, { kind: 'net.listen', what, address: host });
    return handle('server', host);
  };

export const NETWORK: Readonly<Record<string, Action>> = {
  ...Object.fromEntries(clientModules.flatMap((module) => METHODS.map((name) => [`${module}.${name}`, method(name)]))),
  'requests.request': anyMethod,
  'httpx.request': anyMethod,
  'requests.Session': () => handle('client'),
  'requests.session': () => handle('client'),
  'requests.auth.HTTPBasicAuth': pure,
  'httpx.Client': client,
  'httpx.AsyncClient': client,
  'aiohttp.ClientSession': client,
  'urllib.request.urlopen': open,
  'urllib.request.Request': prepare,
  'urllib.request.urlretrieve': (called) => {
    const to = argument(called, [1, 'filename']);
    const path = to ? absolute(called.world, asValue(to)) : undefined;
    const reply = fetchUrl(called.world, called.args[0], [], path);
    if (path) emit(called.world, { kind: 'fs.write', path, how: 'overwrite', taints: reply.taints });
    return data(reply.taints);
  },
  'http.client.HTTPSConnection': (called) => handle('connection', concat(known('https://'), hostOf(called))),
  'http.client.HTTPConnection': (called) => handle('connection', concat(known('http://'), hostOf(called))),
  'http.server.HTTPServer': server('server'),
  'http.server.ThreadingHTTPServer': server('server'),
  'socketserver.TCPServer': server('server'),
  'socket.socket': () => handle('socket'),
  'socket.create_connection': (called) => socketTo(called.world, called.args[0]),
  'socket.gethostname': pure,
  'socket.getfqdn': pure,
  'socket.inet_aton': pure,
  ...Object.fromEntries(
    ['gethostbyname', 'getaddrinfo', 'gethostbyname_ex'].map((name) => [
      `socket.${name}`,
      (called: Called): Thing => {
        send(called.world, asValue(called.args[0]), allTaints(called), 'dns');
        return data();
      },
    ]),
  ),
  'smtplib.SMTP': (called) => handle('mail', hostOf(called)),
  'smtplib.SMTP_SSL': (called) => handle('mail', hostOf(called)),
  'ssl.create_default_context': pure,
  'ssl._create_unverified_context': (called) => {
    emit(called.world, { kind: 'weaken', what: 'the TLS certificate check' });
    return data();
  },
  'ftplib.FTP': refuses('an FTP connection is not read'),
  'telnetlib.Telnet': refuses('a telnet connection is not read'),
};

function client(called: Called): Thing {
  const base = called.named.get('base_url') ?? called.args[0];
  const labels: readonly Taint[] = mergeTaints(
    ...['headers', 'auth', 'cookies'].map((name) => taintsOf(called.named.get(name))),
  );
  return handle('client', base ? asValue(base) : unknown('any address'), labels);
}

/** Methods of clients, connections, sockets and mail servers. */
export function useConnection(self: ObjectThing, name: string, called: Called): Thing | undefined {
  const { world } = called;
  if (
    [
      'close',
      '__enter__',
      'settimeout',
      'setsockopt',
      'starttls',
      'quit',
      'ehlo',
      'set_debuglevel',
      'mount',
      'server_close',
      'shutdown',
      'aclose',
    ].includes(name)
  )
    return name === '__enter__' ? self : data();
  if (self.type === 'client') {
    if (METHODS.includes(name)) return request(called, name, argument(called, [0, 'url']), 1, self);
    return name === 'request'
      ? request(called, knownText(asValue(called.args[0])), argument(called, [1, 'url']), 9, self)
      : undefined;
  }
  if (self.type === 'connection') {
    if (name === 'getresponse')
      return handle('response', self.value, [{ label: 'downloaded', from: knownText(self.value) ?? 'a reply' }]);
    if (name !== 'request') return undefined;
    const url = textOf(concat(self.value, asValue(called.args[1])), taintsOf(called.args[1]));
    return request(
      { ...called, args: [data(), url, ...called.args.slice(2)] },
      knownText(asValue(called.args[0])),
      url,
      2,
    );
  }
  if (self.type === 'socket') {
    if (name === 'connect' || name === 'connect_ex') return socketTo(world, called.args[0]);
    if (['recv', 'recvfrom', 'makefile'].includes(name)) return data([{ label: 'downloaded', from: 'a socket' }]);
    if (name === 'bind') return server('server')(called);
    if (['send', 'sendall', 'sendto'].includes(name)) {
      send(world, name === 'sendto' ? unknown('a socket') : self.value, allTaints(called), 'socket');
      return data();
    }
    return ['listen', 'accept', 'getsockname', 'fileno'].includes(name)
      ? name === 'accept'
        ? giveUp(world, 'a socket accepts connections')
        : data()
      : undefined;
  }
  if (self.type === 'server') return name === 'serve_forever' || name === 'handle_request' ? data() : undefined;
  if (self.type === 'mail') {
    if (name === 'login') return data();
    if (name !== 'sendmail' && name !== 'send_message') return undefined;
    send(world, self.value, allTaints(called), 'mail');
    return data();
  }
  return undefined;
}
