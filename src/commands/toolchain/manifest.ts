// Owns what package.json says: scripts and declared packages, read through facts as hostile text. Runs nothing.
import type { FileFact } from '../../core/fact.ts';
import type { Call } from '../../core/program.ts';
import { text } from '../../core/value.ts';

export interface PackageManifest {
  readonly path: string;
  /** Undefined when the file is there but its contents are not known. */
  readonly scripts: ReadonlyMap<string, string> | undefined;
  readonly packages: ReadonlySet<string> | undefined;
  readonly file: FileFact;
}

/** The nearest package.json at or above the folder; undefined when there is none or it was not looked up yet. */
export function packageManifest(call: Call): PackageManifest | undefined {
  const from = text(call.cwd);
  if (from === undefined) return undefined;
  const nearest = call.facts('nearest', { from, names: ['package.json'] });
  if (nearest?.path === undefined || nearest.file.state === 'missing') return undefined;
  if (nearest.file.state === 'unread')
    return { path: nearest.path, scripts: undefined, packages: undefined, file: nearest.file };
  const json = parseObject(nearest.file.text);
  return {
    path: nearest.path,
    file: nearest.file,
    scripts: new Map(stringsOf(json.scripts)),
    packages: new Set(
      ['dependencies', 'devDependencies', 'optionalDependencies', 'peerDependencies'].flatMap((key) =>
        stringsOf(json[key]).map(([name]) => name),
      ),
    ),
  };
}

function parseObject(content: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(content);
    return isObject(value) ? value : {};
  } catch {
    // A manifest that is no JSON declares nothing.
    return {};
  }
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const stringsOf = (value: unknown): [string, string][] =>
  isObject(value)
    ? Object.entries(value).filter((entry): entry is [string, string] => typeof entry[1] === 'string')
    : [];
