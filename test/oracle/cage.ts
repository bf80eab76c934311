// Owns building the cage with the machine's C compiler and asking real bash which programs a command starts.
import { execFileSync, spawnSync } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));

export interface Cage {
  /** For each command the distinct argument lists that bash tried to start, in three exit-status scenarios. */
  readonly starts: (commands: readonly string[]) => readonly (readonly (readonly string[])[])[];
  readonly remove: () => void;
}

/** Why there is no oracle on this machine; undefined when there is one. */
export function missing(): string | undefined {
  if (process.platform !== 'linux') return 'the oracle needs Linux';
  if (spawnSync('cc', ['--version']).status !== 0) return 'the oracle needs a C compiler (cc)';
  return existsSync('/bin/bash') ? undefined : 'the oracle needs /bin/bash';
}

export function buildCage(): Cage {
  const folder = mkdtempSync(join(tmpdir(), 'greenlight-oracle-'));
  const root = join(folder, 'root');
  const launcher = join(folder, 'cage');
  for (const each of ['', 'bin', 'dev', 'work', 'tmp', 'log', 'oracle-bin', 'home/dev'])
    mkdirSync(join(root, each), { recursive: true });
  execFileSync('cc', ['-O1', '-shared', '-fPIC', '-w', '-o', join(root, 'shim.so'), join(here, 'shim.c'), '-ldl']);
  execFileSync('cc', ['-O1', '-w', '-o', launcher, join(here, 'cage.c')]);
  copyFileSync('/bin/bash', join(root, 'bin/bash'));
  for (const [library] of execFileSync('ldd', ['/bin/bash'], { encoding: 'utf8' }).matchAll(/\/\S+\.so\S*/g)) {
    mkdirSync(join(root, dirname(library)), { recursive: true });
    copyFileSync(library, join(root, library));
  }
  writeFileSync(join(root, 'dev/null'), '');
  for (const each of ['work', 'tmp', 'log', 'home/dev', 'dev/null']) chmodSync(join(root, each), 0o777);
  return {
    starts: (commands) => run(launcher, root, commands),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

function run(launcher: string, root: string, commands: readonly string[]): string[][][] {
  const log = join(root, 'log');
  for (const file of readdirSync(log)) rmSync(join(log, file), { force: true });
  const input = Buffer.concat(commands.flatMap((command) => [Buffer.from(command, 'utf8'), Buffer.of(0)]));
  const done = spawnSync(launcher, [root], { input, encoding: 'utf8' });
  if (done.status !== 0) throw new Error(`the cage failed (${done.status}): ${done.stderr}`);
  return commands.map((_, index) => {
    const distinct = new Map<string, string[]>();
    for (const scenario of [0, 1, 2]) {
      const file = join(log, `${index}.${scenario}`);
      if (!existsSync(file)) continue;
      for (const line of readFileSync(file, 'utf8').split('\n'))
        if (line !== '')
          distinct.set(
            line,
            line.split(' ').map((hex) => Buffer.from(hex.slice(1), 'hex').toString('utf8')),
          );
    }
    return [...distinct.values()];
  });
}
