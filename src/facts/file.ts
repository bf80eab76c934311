// Answers what a file says, when it is an ordinary text file of moderate size. Understands no contents.
import { closeSync, constants, fstatSync, openSync, readSync, statSync } from 'node:fs';
import type { FileFact, PathFact } from '../core/fact.ts';
import { isWithin } from '../core/path.ts';
import { realPath } from './places.ts';

const SIZE_CAP = 256 * 1024;
/** Reading here can block, or do something. */
const NOT_FILES = ['/proc', '/sys', '/dev'];

export function fileFact(path: string, { git, session }: Pick<PathFact, 'git' | 'session'>): FileFact {
  const unread = (because: string): FileFact => ({ state: 'unread', because, git, session });
  let descriptor: number | undefined;
  try {
    const real = realPath(path);
    if (real === undefined) return unread('it cannot be looked at');
    if (NOT_FILES.some((folder) => isWithin(real, folder))) return unread('it is not an ordinary file');
    if (!statSync(real).isFile()) return unread('it is not an ordinary file');
    // Not blocking, in case something else took the file's place meanwhile.
    descriptor = openSync(real, constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOFOLLOW);
    if (!fstatSync(descriptor).isFile()) return unread('it is not an ordinary file');
    const bytes = readUpTo(descriptor, SIZE_CAP + 1);
    if (bytes.length > SIZE_CAP) return unread(`it is larger than ${SIZE_CAP / 1024} KB`);
    if (bytes.includes(0)) return unread('it is not text');
    return {
      state: 'text',
      text: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes),
      git,
      session,
    };
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return { state: 'missing' };
    return unread(code === 'ERR_ENCODING_INVALID_ENCODED_DATA' ? 'it is not text' : 'it cannot be read');
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
}

function readUpTo(descriptor: number, size: number): Buffer {
  const buffer = Buffer.alloc(size);
  let length = 0;
  for (;;) {
    const read = readSync(descriptor, buffer, length, size - length, null);
    length += read;
    if (read === 0 || length === size) return buffer.subarray(0, length);
  }
}
