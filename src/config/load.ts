// Reads the host's settings files of all scopes from disk. Gives them no meaning.
import { readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { Environment } from '../core/context.ts';
import { rules } from '../rules/index.ts';
import { mergeSettings, type ScopedSettings, type Settings } from './merge.ts';
import { readSettings } from './schema.ts';

const SIZE_CAP = 1024 * 1024;
const MANAGED = process.platform === 'darwin' ? '/Library/Application Support/ClaudeCode' : '/etc/claude-code';

/** Settings in force for a session in `cwd`. `managed`: the folder of the organisation's settings. */
export function loadSettings(cwd: string, env: Environment, managed: string = MANAGED): Settings {
  const notes: string[] = [];
  const read = (scope: ScopedSettings['scope'], source: string): readonly ScopedSettings[] => {
    const text = readText(source, notes);
    if (text === undefined) return [];
    try {
      return [{ scope, source, settings: readSettings(JSON.parse(text), source) }];
    } catch {
      notes.push(`${source}: is not valid JSON, so nothing in it counts`);
      return [];
    }
  };
  const user = env.CLAUDE_CONFIG_DIR || join(env.HOME || homedir(), '.claude');
  const project = join(env.CLAUDE_PROJECT_DIR || cwd, '.claude');
  const settings = mergeSettings(
    [
      // Later files of the folder win over earlier ones, and all over the main file.
      ...listJson(join(managed, 'managed-settings.d'))
        .reverse()
        .flatMap((file) => read('managed', file)),
      ...read('managed', join(managed, 'managed-settings.json')),
      ...read('user', join(user, 'settings.json')),
      // A session in the home folder has the user's own settings where a project has its.
      ...(isSame(project, user) ? [] : read('repository', join(project, 'settings.json'))),
      ...read('repository', join(project, 'settings.local.json')),
    ],
    new Map(rules.map(({ id, tier }) => [id, tier])),
  );
  return { ...settings, notes: [...notes, ...settings.notes] };
}

function isSame(one: string, other: string): boolean {
  try {
    return realpathSync(one) === realpathSync(other);
  } catch {
    // At least one is not there, so they are two.
    return false;
  }
}

function readText(path: string, notes: string[]): string | undefined {
  try {
    const stats = statSync(path);
    if (stats.isFile() && stats.size <= SIZE_CAP) return readFileSync(path, 'utf8');
    notes.push(`${path}: is not an ordinary file of moderate size, so nothing in it counts`);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'ENOENT' && code !== 'ENOTDIR') notes.push(`${path}: cannot be read (${code})`);
  }
  return undefined;
}

function listJson(folder: string): string[] {
  try {
    return readdirSync(folder)
      .filter((name) => name.endsWith('.json') && !name.startsWith('.'))
      .sort()
      .map((name) => join(folder, name));
  } catch {
    // Most machines have no such folder.
    return [];
  }
}
