// Owns telling programs that are installed from scripts that only stand somewhere: by the folder they are named in.
import { basename, dirname, isWithin, resolve } from '../core/path.ts';
import { prefixOf, text, texts, type Value } from '../core/value.ts';
import { madeFile } from './files.ts';
import type { State } from './state.ts';
import type { Trace } from './trace.ts';

/** Folders whose programs are known by their base name alone. */
const PROGRAM_FOLDERS =
  /^(\/(usr\/(local\/)?|opt\/homebrew\/|opt\/local\/|home\/linuxbrew\/\.linuxbrew\/)?s?bin|\/usr\/lib\/git-core|\/opt\/homebrew\/opt\/[^/]+\/bin|\/usr\/local\/opt\/[^/]+\/bin|\/usr\/local\/go\/bin)$/;
const HOME_PROGRAM_FOLDERS =
  /^\/\.(cargo|local|bun|deno|volta|pyenv|rbenv|asdf|nvm|npm-global|dotnet|rustup)(\/.*)?\/(bin|shims)$|^\/go\/bin$/;
const PROJECT_PROGRAM_FOLDERS = /(^|\/)(node_modules\/\.bin|\.?venv\/bin|vendor\/bin)$/;

/** Base name of a program that stands where programs are installed; undefined for scripts of the project and other paths. */
export function knownAs(trace: Trace, state: State, name: string): string | undefined {
  if (!name.includes('/')) return name;
  const path = text(resolve({ kind: 'known', text: name }, state.cwd));
  if (path === undefined || madeFile(state, path)) return undefined;
  const folder = dirname(path);
  const { home, projectRoot } = trace.context;
  if (PROGRAM_FOLDERS.test(folder)) return basename(path);
  if (isWithin(folder, home) && HOME_PROGRAM_FOLDERS.test(folder.slice(home.length))) return basename(path);
  if (isWithin(folder, projectRoot) && (PROJECT_PROGRAM_FOLDERS.test(folder) || isWrapperScript(path)))
    return basename(path);
  return undefined;
}

/** Scripts that projects carry so that a tool of that name runs without being installed. */
const WRAPPER_SCRIPTS = new Set(['gradlew', 'mvnw', 'rails', 'rake', 'rspec', 'artisan', 'manage.py', 'bundle']);
/** Symfony's is told by its folder: `console` alone says little. */
const isWrapperScript = (path: string): boolean => WRAPPER_SCRIPTS.has(basename(path)) || path.endsWith('/bin/console');

/** A file that this command made, which a changed PATH puts before the program of that name. */
export function shadowing(trace: Trace, state: State, path: Value | undefined, name: string): string | undefined {
  if (path === undefined || name.includes('/') || state.files.size === 0) return undefined;
  const entries = texts(path)?.flatMap((each) => each.split(':')) ?? prefixOf(path).split(':').slice(0, -1);
  for (const entry of entries) {
    const file = text(resolve({ kind: 'known', text: `${entry === '' ? '.' : entry}/${name}` }, state.cwd));
    if (file !== undefined && madeFile(state, file) && !trace.opening.includes(file)) return file;
  }
  return undefined;
}
