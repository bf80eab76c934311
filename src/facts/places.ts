// Finds where a path really lies: nearest existing folder, resolved links, enclosing repository. Reads no contents.
import { existsSync, lstatSync, realpathSync, statSync } from 'node:fs';
import { basename, dirname, joinPath } from '../core/path.ts';

/** True, false, or undefined when the disk does not say (no permission, too many links). */
function isThere(path: string): boolean | undefined {
  try {
    lstatSync(path);
    return true;
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    return code === 'ENOENT' || code === 'ENOTDIR' ? false : undefined;
  }
}

/**
 * The path with all links resolved; for one that is not there, that of its nearest existing ancestor with the rest
 * appended. Undefined when the disk does not say.
 */
export function realPath(path: string, depth = 0): string | undefined {
  try {
    return realpathSync.native(path);
  } catch {
    const there = isThere(path);
    // A link that leads nowhere, or in a circle: where a write through it would end up is not known.
    if (there !== false || depth > 256 || path === '/') return undefined;
    const parent = realPath(dirname(path), depth + 1);
    return parent === undefined ? undefined : joinPath(parent, path.slice(path.lastIndexOf('/') + 1));
  }
}

/** The deepest existing folder at or above the path, links resolved. */
export function nearestFolder(path: string): string | undefined {
  for (let folder = path; ; folder = dirname(folder)) {
    const real = folderAt(folder);
    if (real !== undefined) return real;
    if (folder === '/' || folder === '.') return undefined;
  }
}

function folderAt(path: string): string | undefined {
  try {
    return statSync(path).isDirectory() ? realpathSync.native(path) : undefined;
  } catch {
    return undefined;
  }
}

/** The nearest folder at or above `folder` that git would take for a repository: it holds `.git`, or is a bare one itself. */
export function repositoryAbove(folder: string): string | undefined {
  for (let at = folder; ; at = dirname(at)) {
    if (isThere(joinPath(at, '.git')) !== false) return at;
    if (basename(at) !== '.git' && ['HEAD', 'objects', 'refs'].every((name) => existsSync(joinPath(at, name))))
      return at;
    if (at === '/' || at === '.') return undefined;
  }
}
