// Owns the real host's binary: installed once into the user's cache folder, never a dependency of the package.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

const VERSION = '2.1.329';
const cache = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'greenlight');
const folder = join(cache, `claude-code-${VERSION}`);

/** Path of the host's binary; undefined when it is not installed. */
export function hostBinary(): string | undefined {
  const packages = join(folder, 'node_modules', '@anthropic-ai');
  if (!existsSync(packages)) return undefined;
  return readdirSync(packages)
    .flatMap((name) => [join(packages, name, 'claude'), join(packages, name, 'claude.exe')])
    .find((path) => existsSync(path));
}

export default function setup(): void {
  if (hostBinary() !== undefined) return;
  process.stdout.write(`Installing the host ${VERSION} into ${folder} (about 370 MB, once)\n`);
  mkdirSync(cache, { recursive: true });
  const fresh = mkdtempSync(join(cache, 'installing-'));
  try {
    writeFileSync(join(fresh, 'package.json'), '{"private":true}\n');
    execFileSync(
      'npm',
      ['install', '--no-audit', '--no-fund', '--ignore-scripts', `@anthropic-ai/claude-code@${VERSION}`],
      { cwd: fresh, stdio: ['ignore', 'inherit', 'inherit'], shell: process.platform === 'win32' },
    );
    rmSync(folder, { recursive: true, force: true });
    renameSync(fresh, folder);
  } finally {
    rmSync(fresh, { recursive: true, force: true });
  }
  if (hostBinary() === undefined) throw new Error(`The host ${VERSION} has no binary for this machine`);
}
