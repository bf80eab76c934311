// Owns a throw-away copy of the plugin, built from the sources as they are, and real hook processes that run from it.
import { spawn, spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Journal, readJournal } from '../../src/state/journal.ts';

export const root = fileURLToPath(new URL('../..', import.meta.url));

export const scratch = (name: string): string => realpathSync(mkdtempSync(join(tmpdir(), `greenlight-${name}-`)));

export interface Plugin {
  readonly folder: string;
  readonly remove: () => void;
}

/** hooks/ as committed, and dist/ unless `built` is false. */
export function makePlugin(built = true): Plugin {
  const folder = scratch('plugin');
  cpSync(join(root, 'hooks'), join(folder, 'hooks'), { recursive: true });
  if (built) {
    const { status, stderr } = spawnSync('node', [join(root, '.build/build.mjs'), join(folder, 'dist')]);
    if (status !== 0) throw new Error(`the build failed: ${stderr}`);
  }
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
}

/** Runs the command that hooks.json registers for the event, as the host does, with the input on standard input. */
export function runHook(
  plugin: Plugin,
  event: string,
  input: string | Buffer,
  env: Readonly<Record<string, string>>,
): Promise<Ended> {
  const { command, args } = registered(plugin, event);
  const child = spawn(command, args, { env: { PATH: process.env.PATH ?? '', ...env }, cwd: plugin.folder });
  let stdout = '';
  child.stdout.on('data', (chunk: Buffer) => {
    stdout += chunk.toString();
  });
  // A hook that has given its answer need not read the rest.
  child.stdin.on('error', () => undefined);
  child.stdin.end(input);
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, stdout })));
}

export function registered(plugin: Plugin, event: string): { command: string; args: string[] } {
  const { hooks } = JSON.parse(readFileSync(join(plugin.folder, 'hooks/hooks.json'), 'utf8'));
  const { command, args } = hooks[event][0].hooks[0];
  const filled = args.map((each: string) => each.replace('${CLAUDE_PLUGIN_ROOT}', plugin.folder));
  return { command, args: filled };
}

/** All journals below a state folder. */
export function journals(state: string): Journal & { readonly files: readonly string[] } {
  const files = readdirSync(join(state, 'sessions')).map((name) => join(state, 'sessions', name));
  const all = files.map(readJournal);
  return {
    files,
    lines: all.flatMap(({ lines }) => lines),
    skipped: all.reduce((sum, { skipped }) => sum + skipped, 0),
  };
}
