// Finds the folder this program was installed to. Reads nothing but its manifest's name.
import { readFileSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import manifest from '../../package.json' with { type: 'json' };

export const { version } = manifest;

/** The folder with the manifest, above the running script; undefined when the script was copied out of it. */
export function packageRoot(): string | undefined {
  let folder = dirname(realpathSync(process.argv[1] ?? '.'));
  for (;;) {
    if (isOurs(join(folder, 'package.json'))) return folder;
    const parent = dirname(folder);
    if (parent === folder) return undefined;
    folder = parent;
  }
}

function isOurs(path: string): boolean {
  try {
    return (JSON.parse(readFileSync(path, 'utf8')) as { name?: unknown }).name === manifest.name;
  } catch {
    return false;
  }
}
