// Owns what is known of files inside one command: those it wrote or fetched, and the labels that reading a path brings.
import { isWithin, normalize } from '../core/path.ts';
import { secretIn } from '../core/sensitive.ts';
import { concat, mergeTaints, type Taint, texts, unknown, type Value } from '../core/value.ts';
import type { MadeFile, State } from './state.ts';

const NONE: readonly Taint[] = [];

/** The file this command made at `path`, or the folder it made that holds it. */
export function madeFile(state: State, path: string): MadeFile | undefined {
  const exact = state.files.get(path);
  if (exact) return exact;
  let found: MadeFile | undefined;
  for (const [folder, file] of state.files)
    if (file.folder && isWithin(path, folder)) found = { ...file, text: unknown(`a file in ${folder}`), folder: false };
  return found;
}

/** Labels that come with the content of whatever `path` may be. */
export function taintsOfPath(state: State, path: Value): readonly Taint[] {
  let taints = NONE;
  const secret = secretIn(path);
  if (secret !== undefined) taints = [{ label: 'secret', from: secret.what }];
  for (const each of candidates(path)) {
    const made = madeFile(state, each);
    if (made) taints = mergeTaints(taints, made.taints);
  }
  if (path.kind === 'pattern')
    for (const [each, file] of state.files) if (mayBe(path, each)) taints = mergeTaints(taints, file.taints);
  return taints;
}

/** Paths that stand for what a value can be: all of them, or samples of a pattern. */
function candidates(path: Value): readonly string[] {
  const all = texts(path);
  if (all) return all;
  if (path.kind !== 'pattern') return [];
  return [normalize(path.prefix + path.suffix || '.'), normalize(`${path.prefix}x${path.suffix}`)];
}

const mayBe = (path: Value & { kind: 'pattern' }, text: string): boolean =>
  (path.prefix !== '' || path.suffix !== '') &&
  text.startsWith(path.prefix) &&
  text.endsWith(path.suffix) &&
  text.length >= path.prefix.length + path.suffix.length;

/** Notes that the command wrote `path`; a path that is not known exactly leaves what was known of others in doubt. */
export function writeFile(
  state: State,
  path: Value,
  text: Value,
  taints: readonly Taint[],
  options: { append?: boolean; folder?: boolean; built?: boolean } = {},
): void {
  const all = texts(path);
  if (all === undefined) {
    if (path.kind !== 'pattern') return;
    for (const [each, file] of state.files)
      if (mayBe(path, each))
        state.files.set(each, {
          ...file,
          text: unknown('a file that may have been written over'),
          taints: mergeTaints(file.taints, taints),
        });
    return;
  }
  for (const each of all) {
    if (options.folder) unpackOver(state, each, taints);
    const before = state.files.get(each);
    const file: MadeFile = {
      text: options.append ? (before ? concat(before.text, text) : unknown('a file that was added to')) : text,
      taints: options.append && before ? mergeTaints(before.taints, taints) : taints,
      folder: options.folder ?? false,
      maybe: all.length > 1,
      ...(options.built ? { built: true } : {}),
    };
    state.files.set(
      each,
      all.length > 1 && before
        ? { ...file, text: unknown('one of several files'), taints: mergeTaints(before.taints, taints) }
        : file,
    );
  }
}

/** Notes that `from` is now at `to`. */
export function moveFile(state: State, from: Value, to: Value): void {
  const taints = taintsOfPath(state, from);
  const source = from.kind === 'known' ? madeFile(state, from.text) : undefined;
  writeFile(state, to, source?.text ?? unknown('a file that was moved'), taints, { folder: source?.folder ?? false });
}

/** Content of a file as far as this command made it. */
export const contentOf = (state: State, path: Value): Value =>
  (path.kind === 'known' ? madeFile(state, path.text)?.text : undefined) ?? unknown('the content of a file');

/** What is unpacked into a folder may take the place of any file in it. */
function unpackOver(state: State, folder: string, taints: readonly Taint[]): void {
  for (const [path, file] of state.files)
    if (path !== folder && isWithin(path, folder))
      state.files.set(path, {
        ...file,
        text: unknown('a file that may have been unpacked over'),
        taints: mergeTaints(file.taints, taints),
        maybe: false,
      });
}
