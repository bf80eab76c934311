// Owns lexical work on POSIX paths and path values. Touches no disk.
import { concat, known, pattern, prefixOf, text, texts, unknown, type Value } from './value.ts';

/** Removes `.`, `..` and doubled slashes. `/..` is `/`; a leading `..` of a relative path stays. */
export function normalize(path: string): string {
  const absolute = path.startsWith('/');
  const kept: string[] = [];
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..') kept.push(part);
    else if (kept.length > 0 && kept.at(-1) !== '..') kept.pop();
    else if (!absolute) kept.push('..');
  }
  return absolute ? `/${kept.join('/')}` : kept.join('/') || '.';
}

export const joinPath = (base: string, path: string): string =>
  normalize(path.startsWith('/') ? path : `${base}/${path}`);

export const basename = (path: string): string =>
  path.slice(path.replace(/\/+$/, '').lastIndexOf('/') + 1).replace(/\/+$/, '');
export const dirname = (path: string): string => {
  const trimmed = path.replace(/\/+$/, '');
  const at = trimmed.lastIndexOf('/');
  if (at < 0) return path.startsWith('/') ? '/' : '.';
  return at === 0 ? '/' : trimmed.slice(0, at);
};

/** True when `path` is `folder` or below it; both normalised. */
export const isWithin = (path: string, folder: string): boolean =>
  folder === '/' ? path.startsWith('/') : path === folder || path.startsWith(`${folder}/`);

/** Makes a path value absolute against `cwd`. A value that may climb keeps only what is certain. */
export function resolve(path: Value, cwd: Value): Value {
  const all = texts(path);
  const bases = texts(cwd);
  if (all && bases && all.length * bases.length <= 32) {
    const results = all.flatMap((each) => bases.map((base) => joinPath(base, each)));
    return results.length === 1 ? known(results[0] as string) : { kind: 'oneOf', texts: [...new Set(results)] };
  }
  if (all && all.length === 1) {
    const only = all[0] as string;
    if (only.startsWith('/')) return known(normalize(only));
    return joinUnknownBase(cwd, only);
  }
  if (path.kind === 'pattern') {
    if (path.prefix.startsWith('/')) return normalizePattern(path);
    if (path.prefix === '' && path.climbs) return pattern('', path.suffix, path.because);
    const base = text(cwd);
    if (base === undefined) return pattern('', path.suffix, path.because);
    return normalizePattern(concat(known(base === '/' ? '/' : `${base}/`), path));
  }
  return path.kind === 'unknown' ? path : unknown('too many possible values');
}

function joinUnknownBase(cwd: Value, relative: string): Value {
  if (relative.split('/').includes('..')) return unknown('a path above a folder that is not known');
  const tail = normalize(relative);
  return concat(cwd, known(tail === '.' ? '' : `/${tail}`));
}

function normalizePattern(value: Value): Value {
  if (value.kind !== 'pattern') return value;
  const cut = value.prefix.lastIndexOf('/') + 1;
  const folder = normalize(value.prefix.slice(0, cut) || '/');
  const prefix = (folder === '/' ? '/' : `${folder}/`) + value.prefix.slice(cut);
  const climbs = value.climbs || value.suffix.split('/').includes('..');
  const glob = value.glob === undefined ? undefined : normalize(value.glob);
  const ifEmpty = value.ifEmpty?.startsWith('/') ? normalize(value.ifEmpty) : undefined;
  return pattern(prefix, value.suffix, value.because, { climbs, glob, ifEmpty });
}

/** The deepest folder that certainly contains every path the value can be; undefined when none is certain. */
export function certainFolder(path: Value): string | undefined {
  if (path.kind === 'known') return dirname(path.text);
  if (path.kind === 'pattern' && path.climbs) return undefined;
  const prefix = prefixOf(path);
  return prefix.startsWith('/') ? normalize(prefix.slice(0, prefix.lastIndexOf('/') + 1)) : undefined;
}

/** True when every path the value can be is inside `folder` (the folder itself counts). */
export function certainlyWithin(path: Value, folder: string): boolean {
  const all = texts(path);
  if (all) return all.every((each) => isWithin(each, folder));
  const certain = certainFolder(path);
  return certain !== undefined && isWithin(certain, folder);
}
