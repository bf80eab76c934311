// Loads a bundle with the compiled code that the build kept beside it, which spares compiling it at every start.
import { readFileSync } from 'node:fs';
import module, { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { Script } from 'node:vm';

/** Exports of the bundle. Compiled code of another version of Node.js is refused by the engine, which then compiles the text. */
export function load(folder: string, file: string): Record<string, unknown> {
  const path = join(folder, file);
  const cachedData = compiled(`${path}.cache`);
  // The build escapes all but ASCII, and reading one byte per character is the fastest.
  const script = new Script(module.wrap(readFileSync(path, 'latin1')), {
    filename: path,
    ...(cachedData === undefined ? {} : { cachedData }),
  });
  const loaded = { exports: {} };
  script.runInThisContext()(loaded.exports, createRequire(path), loaded, path, dirname(path));
  return loaded.exports;
}

function compiled(path: string): Buffer | undefined {
  try {
    return readFileSync(path);
  } catch {
    // Only the speed depends on it.
    return undefined;
  }
}
