// Proves that looking at a hostile repository runs none of its programs and takes none of its lies for safety.
import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { factSource, lookup } from '../../src/facts/lookup.ts';
import { type Place, repository } from './repository.ts';

/** A program that leaves a mark when it is run. */
function trap(place: Place): { readonly program: string; readonly sprung: () => boolean } {
  const mark = join(place.base, 'sprung');
  const program = join(place.base, 'trap.sh');
  writeFileSync(program, `#!/bin/sh\necho "$0 $@" >> '${mark}'\n`);
  chmodSync(program, 0o755);
  rmSync(mark, { force: true });
  return { program, sprung: () => existsSync(mark) };
}

/** Asks everything there is to ask of a repository. */
function look(place: Place): void {
  place.ask('git', { cwd: place.root });
  place.ask('path', { path: place.path('README.md') });
  place.ask('path', { path: place.root });
  place.ask('file', { path: place.path('README.md') });
  place.ask('nearest', { from: place.path('src'), names: ['package.json', 'README.md'] });
}

/** Each sets a trap that plain git walks into; `spring` is the git command that shows it. */
const TRAPS: readonly (readonly [string, (place: Place, program: string) => void, readonly string[]])[] = [
  ['file system monitor', ({ git }, program) => git('config', 'core.fsmonitor', program), ['status']],
  [
    'clean filter',
    ({ git, write }, program) => {
      git('config', 'filter.Evil.Name.clean', program);
      write('.gitattributes', '* filter=Evil.Name\n');
      utimesSync(write('README.md', 'text!\n'), 1, 1);
    },
    ['status'],
  ],
  [
    'long-running filter',
    ({ git, write }, program) => {
      git('config', 'filter.evil.process', program);
      git('config', 'filter.evil.required', 'true');
      write('.gitattributes', '* filter=evil\n');
      write('README.md', 'text!\n');
    },
    ['status'],
  ],
  [
    'hooks',
    ({ git, base, write }, program) => {
      const hooks = join(base, 'hooks');
      mkdirSync(hooks);
      for (const name of ['post-index-change', 'fsmonitor-watchman', 'reference-transaction'])
        writeFileSync(join(hooks, name), readFileSync(program), { mode: 0o755 });
      git('config', 'core.hooksPath', hooks);
      utimesSync(write('src/app.ts'), 5, 5);
    },
    ['status'],
  ],
  [
    'promised objects fetched through a remote helper',
    ({ git, root, path }, program) => {
      const tree = git('rev-parse', 'HEAD^{tree}').trim();
      git('config', 'remote.origin.url', `ext::${program}`);
      git('config', 'remote.origin.promisor', 'true');
      git('config', 'remote.origin.partialclonefilter', 'blob:none');
      git('config', 'protocol.ext.allow', 'always');
      git('config', 'core.repositoryformatversion', '1');
      git('config', 'extensions.partialClone', 'origin');
      rmSync(join(root, '.git/objects', tree.slice(0, 2), tree.slice(2)), { force: true });
      rmSync(path('.git/index'));
    },
    ['status'],
  ],
  [
    'text conversion',
    ({ git, write }, program) => {
      git('config', 'diff.evil.textconv', program);
      write('.gitattributes', '*.md diff=evil\n');
      write('README.md', 'changed\n');
    },
    ['diff'],
  ],
  [
    'external diff',
    ({ git, write }, program) => {
      git('config', 'diff.external', program);
      write('README.md', 'changed\n');
    },
    ['diff'],
  ],
];

describe('a hostile repository', () => {
  it.each(TRAPS)('does not get its %s run', (_, set, spring) => {
    const place = repository();
    const { program, sprung } = trap(place);
    set(place, program);
    look(place);
    expect(sprung()).toBe(false);
    try {
      place.git(...spring);
    } catch {
      // The trap speaks no protocol, so git may fail after it ran it.
    }
    expect(sprung(), 'the trap itself works').toBe(true);
  });

  it('a filter that cannot be switched off keeps git from comparing contents at all', () => {
    const place = repository();
    const { program, sprung } = trap(place);
    place.git('config', 'filter.a=b.clean', program);
    place.write('.gitattributes', '* filter=a=b\n');
    place.write('README.md', 'text!\n');
    look(place);
    expect(sprung()).toBe(false);
    expect(place.ask('git', { cwd: place.root })).toMatchObject({ dirty: true, untracked: true, branch: 'main' });
    expect(place.ask('path', { path: place.path('src/app.ts') }).git).toBe('modified');
  });

  it('a configuration that never ends is given up', () => {
    const place = repository();
    execFileSync('mkfifo', [place.path('.git/endless')]);
    writeFileSync(place.path('.git/config'), '[include]\n\tpath = endless\n', { flag: 'a' });
    const cache = new Map();
    lookup([{ kind: 'git', cwd: place.root }], { ...place.environment(), deadline: Date.now() + 300 }, cache);
    expect(factSource(cache)('git', { cwd: place.root })).toMatchObject({
      inRepo: true,
      branch: undefined,
      dirty: true,
    });
  });

  it('a git of the project itself is not the one that is run', () => {
    const place = repository();
    const { program, sprung } = trap(place);
    mkdirSync(place.path('node_modules/.bin'), { recursive: true });
    symlinkSync(program, place.path('node_modules/.bin/git'));
    const environment = place.environment();
    const PATH = `.:node_modules/.bin:${place.path('node_modules/.bin')}:${environment.env.PATH}`;
    const cache = new Map();
    lookup([{ kind: 'git', cwd: place.root }], { ...environment, env: { ...environment.env, PATH } }, cache);
    expect(factSource(cache)('git', { cwd: place.root })).toMatchObject({ branch: 'main' });
    expect(sprung()).toBe(false);
  });

  it('variables that repoint git are not handed on', () => {
    const place = repository();
    const environment = place.environment();
    const cache = new Map();
    const env = { ...environment.env, GIT_DIR: '/nowhere', GIT_CONFIG_COUNT: '1', GIT_CONFIG_KEY_0: 'push.default' };
    lookup([{ kind: 'git', cwd: place.root }], { ...environment, env }, cache);
    expect(factSource(cache)('git', { cwd: place.root })).toMatchObject({ branch: 'main', pushDefault: undefined });
  });

  it.each(['--assume-unchanged', '--skip-worktree'])('changes hidden with %s count as modified', (flag) => {
    const { git, write, ask, path } = repository();
    git('update-index', flag, 'README.md');
    write('README.md', 'changed\n');
    expect(git('status', '--porcelain')).toBe('');
    expect(ask('path', { path: path('README.md') }).git).toBe('modified');
  });

  it('names with newlines, quotes, spaces, stars and dashes are read as they are', () => {
    const { git, write, ask } = repository();
    const names = ['a\nb', 'a "b"', ' c ', '*', '-rf', ':(glob)**', 'd\te', 'é'];
    for (const name of names) write(`odd/${name}`);
    write('odd/tracked');
    git('add', 'odd/tracked');
    git('commit', '-q', '-m', 'odd');
    expect(names.map((name) => ask('path', { path: write(`odd/${name}`) }).git)).toEqual(names.map(() => 'untracked'));
    expect(ask('path', { path: write('odd/tracked') }).git).toBe('tracked');
  });
});
