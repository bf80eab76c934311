// Turns what an HTTP client was told into fetches, sends and writes; knows no client's options.
import { isLoopback } from '../../core/host.ts';
import type { Word } from '../../core/invocation.ts';
import type { Call, EffectDraft, Output } from '../../core/program.ts';
import { secretText } from '../../core/providers.ts';
import { secretIn } from '../../core/sensitive.ts';
import { certainHost } from '../../core/settle.ts';
import { hasTaint, known, mergeTaints, prefixOf, show, type Taint, text, texts, type Value } from '../../core/value.ts';
import { at, opaque } from '../kit.ts';
import { serviceEffects } from './service-api.ts';

export interface Part {
  readonly channel: 'body' | 'query' | 'header';
  readonly content?: Value;
  readonly taints: readonly Taint[];
}

export interface Request {
  readonly url: Word;
  /** Upper case; undefined: GET, or POST where there is a body. */
  readonly method: string | undefined;
  readonly parts: readonly Part[];
  /** Absolute path of the file the reply goes to; undefined: standard output. */
  readonly to?: Value;
}

const READING = new Set(['GET', 'HEAD', 'OPTIONS']);

/** A word as part of a request. */
export const part = (channel: Part['channel'], word: Word): Part => ({
  channel,
  content: word.value,
  taints: mergeTaints(word.taints, literalTaints(word.value)),
});

/** A live key written out in the command itself. */
function literalTaints(value: Value): readonly Taint[] {
  const what = (texts(value) ?? []).map(secretText).find((each) => each !== undefined);
  return what === undefined ? [] : [{ label: 'secret', from: what }];
}

/** Labels that the content of a file is known to have by its path. */
export function fileTaints(path: Value): readonly Taint[] {
  return secretIn(path) === undefined ? [] : [{ label: 'secret', from: show(path) }];
}

/** A local file sent along: it is read, and what it holds leaves. */
export function filePart(
  call: Call,
  word: Word,
  channel: Part['channel'] = 'body',
): { part: Part; read: EffectDraft[] } {
  const path = at(call, word);
  if (text(word.value) === '-')
    return { part: { channel, content: call.stdin.text, taints: call.stdin.taints }, read: [] };
  return {
    part: { channel, taints: mergeTaints(word.taints, fileTaints(path)) },
    read: [{ kind: 'fs.read', path, use: 'copy', span: word.span }],
  };
}

/** The request as effects. A URL without a scheme is http, as every client takes it. */
export function requestEffects(request: Request): EffectDraft[] {
  const { url, parts, to } = request;
  const method = request.method ?? (parts.some((each) => each.channel === 'body') ? 'POST' : 'GET');
  const place = url.value;
  const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(prefixOf(place))?.[1]?.toLowerCase();
  if (scheme === 'file') return localFile(place, url, to);
  if (scheme !== undefined && /^(gopher|dict|ldaps?|smbs?|telnet|mqtt)$/.test(scheme))
    return [opaque(`${scheme} requests are not read`, url.span)];
  const effects: EffectDraft[] = [{ kind: 'net.fetch', url: place, ...(to ? { to } : {}), span: url.span }];
  // A whole address out of a secret variable (a webhook's) goes nowhere but to itself.
  const leaving = certainHost(place) === undefined ? parts : [...parts, part('query', url)];
  for (const channel of ['header', 'query', 'body'] as const) {
    const of = leaving.filter((each) => each.channel === channel);
    const taints = mergeTaints(...of.map((each) => each.taints));
    const changes = channel === 'body' && !READING.has(method);
    if (!changes && (channel === 'body' ? of.length === 0 : !hasTaint(taints, 'secret'))) continue;
    const only = of.length === 1 ? of[0]?.content : of.length === 0 ? known('') : undefined;
    effects.push({
      kind: 'net.send',
      to: place,
      channel,
      taints,
      ...(only ? { content: only } : {}),
      method,
      span: url.span,
    });
  }
  if (to) effects.push({ kind: 'fs.write', path: to, how: 'overwrite', taints: [downloaded(url)], span: url.span });
  const body = parts.filter((each) => each.channel === 'body').map((each) => (each.content ? show(each.content) : ''));
  return [
    ...effects,
    ...serviceEffects(place, method, body.join('&')).map((effect) => ({ ...effect, span: url.span })),
  ];
}

function localFile(place: Value, url: Word, to: Value | undefined): EffectDraft[] {
  const full = text(place);
  if (full === undefined) return [opaque('the file behind the URL is not known', url.span)];
  const path = known(full.replace(/^file:\/\/(localhost)?/i, '') || '/');
  return [
    { kind: 'fs.read', path, use: 'content', span: url.span },
    ...(to ? [{ kind: 'fs.write' as const, path: to, how: 'overwrite' as const, span: url.span }] : []),
  ];
}

const downloaded = (url: Word): Taint => ({ label: 'downloaded', from: show(url.value) });

/** What the client prints: the replies that go to no file. */
export const replies = (requests: readonly Request[]): Output => ({
  taints: mergeTaints(...requests.filter((each) => each.to === undefined).map((each) => [downloaded(each.url)])),
});

/** Checks of the server's certificate are off; on this machine that is common and harmless. */
export function unverified(urls: readonly Word[], option: string, keeps: boolean): EffectDraft[] {
  const remote = urls.some((url) => {
    const host = certainHost(url.value);
    return host === undefined || !isLoopback(host);
  });
  return remote
    ? [{ kind: 'weaken', what: `TLS certificate checks (${option})`, ...(keeps ? {} : { once: true }) }]
    : [];
}

/** The last segment of a URL's path, as clients name the file they save. */
export function remoteName(url: Word): string | undefined {
  const full = text(url.value);
  if (full === undefined) return undefined;
  const path = full.replace(/^[a-z][a-z0-9+.-]*:\/\//i, '').replace(/[?#].*$/, '');
  const slash = path.indexOf('/');
  return slash < 0 ? '' : path.slice(path.lastIndexOf('/') + 1);
}
