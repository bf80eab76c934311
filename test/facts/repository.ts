// Makes real folders and git repositories for the tests of the facts, away from the user's own configuration.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { FactKind, FactRequest, FactTable } from '../../src/core/fact.ts';
import { type FactEnvironment, NO_SESSION, type SessionFacts } from '../../src/facts/environment.ts';
import { type FactCache, factSource, lookup } from '../../src/facts/lookup.ts';

export interface Place {
  /** Throw-away folder that holds everything, the home folder included. */
  readonly base: string;
  /** The project inside it. */
  readonly root: string;
  readonly path: (relative: string) => string;
  readonly write: (relative: string, text?: string) => string;
  readonly git: (...args: string[]) => string;
  readonly environment: (session?: Partial<SessionFacts>) => FactEnvironment;
  readonly ask: <K extends FactKind>(
    kind: K,
    ask: FactTable[K]['ask'],
    session?: Partial<SessionFacts>,
  ) => FactTable[K]['answer'];
}

export function place(): Place {
  const base = realpathSync(mkdtempSync(join(tmpdir(), 'facts-')));
  onTestFinished(() => rmSync(base, { recursive: true, force: true }));
  const root = join(base, 'project');
  const home = join(base, 'home');
  mkdirSync(root);
  mkdirSync(home);
  const env = {
    PATH: process.env.PATH ?? '',
    HOME: home,
    GIT_AUTHOR_NAME: 'A',
    GIT_AUTHOR_EMAIL: 'a@example.org',
    GIT_COMMITTER_NAME: 'A',
    GIT_COMMITTER_EMAIL: 'a@example.org',
  };
  const environment = (session: Partial<SessionFacts> = {}): FactEnvironment => ({
    projectRoot: root,
    tmp: [join(base, 'tmp')],
    session: { ...NO_SESSION, ...session },
    env,
  });
  const path = (relative: string): string => join(root, relative);
  return {
    base,
    root,
    path,
    write: (relative, text = 'text\n') => {
      mkdirSync(dirname(path(relative)), { recursive: true });
      writeFileSync(path(relative), text);
      return path(relative);
    },
    git: (...args) =>
      execFileSync('git', args, {
        cwd: root,
        env,
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'pipe'],
        timeout: 20_000,
      }),
    environment,
    ask: (kind, ask, session) => {
      const cache: FactCache = new Map();
      lookup([{ kind, ...ask } as FactRequest], environment(session), cache);
      const answer = factSource(cache)(kind, ask);
      if (answer === undefined) throw new Error(`no answer for ${kind}`);
      return answer;
    },
  };
}

/** A repository with one commit on `main`. */
export function repository(): Place {
  const made = place();
  made.git('init', '-q', '-b', 'main');
  made.write('README.md');
  made.write('src/app.ts');
  made.write('.gitignore', 'dist/\n*.log\n');
  made.git('add', '.');
  made.git('commit', '-q', '-m', 'first');
  return made;
}
