// Proves what is reported of a repository, on real repositories.
import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { factSource, lookup } from '../../src/facts/lookup.ts';
import { place, repository } from './repository.ts';

describe('git facts', () => {
  it('report branch, remotes, upstream and default branch', () => {
    const { git, root, ask } = repository();
    git('remote', 'add', 'origin', 'git@example.org:team/app.git');
    git('update-ref', 'refs/remotes/origin/trunk', 'HEAD');
    git('symbolic-ref', 'refs/remotes/origin/HEAD', 'refs/remotes/origin/trunk');
    git('switch', '-q', '-c', 'feature/x');
    git('config', 'branch.feature/x.remote', 'origin');
    git('config', 'branch.feature/x.merge', 'refs/heads/feature/y');
    git('config', 'push.default', 'upstream');
    expect(ask('git', { cwd: join(root, 'src') }, { ownBranches: ['feature/x'] })).toEqual({
      inRepo: true,
      root,
      branch: 'feature/x',
      defaultBranch: 'trunk',
      upstream: 'origin/feature/y',
      remotes: { origin: 'git@example.org:team/app.git' },
      dirty: false,
      untracked: false,
      ownBranches: ['feature/x'],
      pushDefault: 'upstream',
    });
  });

  it('tell dirty from untracked, and staged changes count as dirty', () => {
    const { git, root, ask, write } = repository();
    write('dist/app.js');
    expect(ask('git', { cwd: root })).toMatchObject({ dirty: false, untracked: false });
    write('notes.txt');
    expect(ask('git', { cwd: root })).toMatchObject({ dirty: false, untracked: true });
    git('add', 'notes.txt');
    expect(ask('git', { cwd: root })).toMatchObject({ dirty: true, untracked: false });
  });

  it.each([
    ['main among others', ['main', 'master', 'dev'], 'main'],
    ['master without main', ['master', 'dev'], 'master'],
    ['neither', ['dev'], undefined],
  ])('without a remote HEAD the default branch is a conventional one that exists: %s', (_, branches, expected) => {
    const { git, root, ask } = repository();
    for (const branch of branches) git('branch', '-f', branch === 'main' ? 'other' : branch);
    git('switch', '-q', 'dev');
    if (!branches.includes('main')) git('branch', '-D', 'main');
    expect(ask('git', { cwd: root }).defaultBranch).toBe(expected);
  });

  it('the configured initial branch names the default where it exists', () => {
    const { git, root, ask } = repository();
    git('branch', 'trunk');
    git('config', 'init.defaultBranch', 'trunk');
    expect(ask('git', { cwd: root }).defaultBranch).toBe('trunk');
  });

  it('a repository without commits has a branch and is not dirty', () => {
    const { git, root, ask } = place();
    git('init', '-q', '-b', 'main');
    expect(ask('git', { cwd: root })).toMatchObject({
      inRepo: true,
      branch: 'main',
      defaultBranch: 'main',
      dirty: false,
    });
  });

  it('a detached head has no branch', () => {
    const { git, root, ask } = repository();
    git('switch', '-q', '--detach');
    const fact = ask('git', { cwd: root });
    expect(fact.branch).toBeUndefined();
    expect(fact.upstream).toBeUndefined();
    expect(fact.defaultBranch).toBe('main');
  });

  it('a linked worktree has its own branch and root', () => {
    const { git, base, ask } = repository();
    const worktree = join(base, 'worktree');
    git('worktree', 'add', '-q', '-b', 'side', worktree);
    expect(ask('git', { cwd: worktree })).toMatchObject({ inRepo: true, root: worktree, branch: 'side' });
  });

  it('remotes are where a push goes: pushurl first, rewritten as git rewrites, without passwords', () => {
    const { git, root, ask } = repository();
    git('remote', 'add', 'a', 'short:team/app');
    git('remote', 'add', 'b', 'https://example.org/b');
    git('remote', 'set-url', '--push', 'b', 'https://elsewhere.example/b');
    git('remote', 'add', 'c', 'https://me:hunter2@example.org/c');
    git('remote', 'add', 'd', 'https://github.example/d');
    git('config', 'url.https://example.com/.insteadOf', 'short:');
    git('config', 'url.ssh://git@github.example/.pushInsteadOf', 'https://github.example/');
    const { remotes } = ask('git', { cwd: root });
    expect(remotes).toEqual({
      a: 'https://example.com/team/app',
      b: 'https://elsewhere.example/b',
      c: 'https://example.org/c',
      d: 'ssh://git@github.example/d',
    });
    const names = Object.keys(remotes).filter((name) => name !== 'c');
    expect(names.map((name) => git('remote', 'get-url', '--push', name).trim())).toEqual(
      names.map((name) => remotes[name]),
    );
  });

  it('outside any repository there is nothing to lose to git', () => {
    const { base, ask } = place();
    expect(ask('git', { cwd: base })).toMatchObject({ inRepo: false, dirty: false, untracked: false });
  });

  it('a folder that does not exist yet belongs to the repository around it', () => {
    const { root, ask } = repository();
    expect(ask('git', { cwd: join(root, 'new/deep') })).toMatchObject({ inRepo: true, root, branch: 'main' });
  });

  it.each([
    ['a damaged repository', (root: string) => execFileSync('rm', ['-r', join(root, '.git/objects')])],
    ['a bare repository', (root: string) => execFileSync('git', ['init', '-q', '--bare', root])],
    ['a .git that is something else', (root: string) => mkdirSync(join(root, '.git'))],
  ])('%s is one where anything may be lost', (_, damage) => {
    const { root, ask, git } = place();
    if (_.startsWith('a damaged')) git('init', '-q');
    damage(root);
    expect(ask('git', { cwd: root })).toMatchObject({ inRepo: true, branch: undefined, dirty: true, untracked: true });
  });

  it('past the deadline anything may be lost', () => {
    const { root, environment } = repository();
    const cache = new Map();
    lookup([{ kind: 'git', cwd: root }], { ...environment(), deadline: Date.now() - 1 }, cache);
    expect(factSource(cache)('git', { cwd: root })).toMatchObject({ inRepo: true, branch: undefined, dirty: true });
  });
});
