// Proves what is reported of paths, on real files.
import { lutimesSync, mkdirSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { pathFacts } from '../../src/facts/path.ts';
import { place, repository } from './repository.ts';

describe('the git state of a path', () => {
  it('of files', () => {
    const { ask, write, path, git } = repository();
    write('src/app.ts', 'changed\n');
    const state = (relative: string) => ask('path', { path: path(relative) }).git;
    expect(state('README.md')).toBe('tracked');
    expect(state('src/app.ts')).toBe('modified');
    write('new.txt');
    expect(state('new.txt')).toBe('untracked');
    git('add', 'new.txt');
    expect(state('new.txt')).toBe('modified');
    write('dist/app.js');
    expect(state('dist/app.js')).toBe('ignored');
    expect(state('nothing-here')).toBe('none');
    expect(state('.git/config')).toBe('none');
  });

  it('of a folder is the worst of what it holds', () => {
    const { ask, write, path } = repository();
    const state = (relative: string) => ask('path', { path: path(relative) }).git;
    expect(state('src')).toBe('tracked');
    write('src/debug.log');
    expect(state('src')).toBe('ignored');
    write('src/new/deep.ts');
    expect(state('src')).toBe('untracked');
    write('src/app.ts', 'changed\n');
    expect(state('src')).toBe('modified');
    expect(state('.')).toBe('modified');
    write('dist/a/b.js');
    expect([state('dist'), state('dist/a')]).toEqual(['ignored', 'ignored']);
  });

  it('of a tracked file that was only touched is tracked', () => {
    const { ask, path } = repository();
    utimesSync(path('README.md'), 5, 5);
    expect(ask('path', { path: path('README.md') }).git).toBe('tracked');
  });

  it('of a repository inside another is at least untracked, even where it is ignored', () => {
    const { ask, path, git, write } = repository();
    git('init', '-q', 'dist/inner');
    expect(ask('path', { path: path('dist/inner') }).git).toBe('untracked');
    write('dist/inner/work.txt');
    expect(ask('path', { path: path('dist/inner/work.txt') }).git).toBe('untracked');
  });

  it('of a submodule is its own', () => {
    const { ask, path, git, base } = repository();
    git('clone', '-q', '--bare', '.', join(base, 'library.git'));
    git('-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', join(base, 'library.git'), 'vendor/library');
    git('commit', '-q', '-m', 'library');
    expect(ask('path', { path: path('vendor/library/README.md') }).git).toBe('tracked');
    expect(ask('path', { path: path('vendor') }).git).toBe('modified');
  });

  it('outside a repository is none', () => {
    const { ask, write } = place();
    expect(ask('path', { path: write('a.txt') }).git).toBe('none');
  });

  it('many at once agree with each alone', () => {
    const { write, path, ask, environment } = repository();
    const paths = ['README.md', write('x.log'), write('y.txt'), 'src', 'dist', '.gitignore'].map((each) =>
      each.startsWith('/') ? each : path(each),
    );
    const together = pathFacts(paths, environment());
    expect(paths.map((each) => together.get(each))).toEqual(paths.map((each) => ask('path', { path: each })));
  });
});

describe('where a path is', () => {
  it('type, existence and place', () => {
    const { ask, path, base } = repository();
    expect(ask('path', { path: path('README.md') })).toMatchObject({ exists: true, type: 'file', inProject: true });
    expect(ask('path', { path: path('src') })).toMatchObject({ exists: true, type: 'dir', inProject: true });
    expect(ask('path', { path: path('no/such') })).toMatchObject({ exists: false, type: 'none', inProject: true });
    expect(ask('path', { path: base })).toMatchObject({ exists: true, type: 'dir', inProject: false });
    expect(ask('path', { path: `${path('README.md')}\0x` })).toMatchObject({
      exists: true,
      inProject: false,
      git: 'modified',
    });
  });

  it('a link out of the project leads out of it, also above what is not there yet', () => {
    const { ask, path, base } = repository();
    mkdirSync(join(base, 'outside'));
    writeFileSync(join(base, 'outside/file'), '');
    symlinkSync(join(base, 'outside'), path('door'));
    symlinkSync(join(base, 'outside/file'), path('peephole'));
    expect(ask('path', { path: path('door/file') })).toMatchObject({
      real: join(base, 'outside/file'),
      inProject: false,
    });
    expect(ask('path', { path: path('door/new/file') })).toMatchObject({
      exists: false,
      real: join(base, 'outside/new/file'),
      inProject: false,
    });
    expect(ask('path', { path: path('peephole') })).toMatchObject({ link: true, type: 'file', inProject: false });
    expect(ask('path', { path: path('src') }).link).toBeUndefined();
  });

  it('a link that leads nowhere or round in a circle may lead anywhere', () => {
    const { ask, path, base } = repository();
    symlinkSync(join(base, 'not-there'), path('dangling'));
    symlinkSync('circle', path('circle'));
    for (const name of ['dangling', 'circle', 'dangling/below'])
      expect(ask('path', { path: path(name) })).toMatchObject({ exists: true, inProject: false, git: 'modified' });
  });

  it('a project reached through a link is still the project', () => {
    const { path, base, environment } = repository();
    symlinkSync(path(''), join(base, 'alias'));
    const asked = join(base, 'alias/src/app.ts');
    const fact = pathFacts([asked], { ...environment(), projectRoot: join(base, 'alias') }).get(asked);
    expect(fact).toMatchObject({ inProject: true, git: 'tracked' });
  });
});

describe('whose a path is', () => {
  const HOUR = 3_600_000;

  it('made, received and before, with received over made', () => {
    const { ask, write, path } = repository();
    const session = { made: [path('new'), path('got')], received: [path('got')], started: Date.now() - HOUR };
    expect(ask('path', { path: write('new/a.txt') }, session).session).toBe('made');
    expect(ask('path', { path: write('got/a.sh') }, session).session).toBe('received');
    expect(ask('path', { path: path('README.md') }, session).session).toBe('before');
    expect(ask('file', { path: path('got/a.sh') }, session)).toMatchObject({ session: 'received' });
  });

  it('what is older than the session is not made in it', () => {
    const { ask, write, path } = repository();
    const old = write('new/moved-here.txt');
    utimesSync(old, 5, 5);
    expect(ask('path', { path: old }, { made: [path('new')], started: Date.now() - HOUR }).session).toBe('before');
    expect(ask('path', { path: write('a.txt') }, { made: [path('a.txt')], started: Date.now() + HOUR }).session).toBe(
      'before',
    );
  });

  it('a fresh temporary file is made in the session, an old one is not', () => {
    const { ask, base } = repository();
    mkdirSync(join(base, 'tmp'));
    const file = join(base, 'tmp/x');
    writeFileSync(file, '');
    expect(ask('path', { path: file }, { started: Date.now() - HOUR }).session).toBe('made');
    expect(ask('path', { path: file }, { started: Date.now() + HOUR }).session).toBe('before');
    expect(ask('path', { path: file }).session).toBe('before');
    expect(ask('path', { path: join(base, 'tmp') }, { started: Date.now() - HOUR }).session).toBe('before');
    const link = join(base, 'tmp/link');
    symlinkSync(join(base, 'project/README.md'), link);
    lutimesSync(link, new Date(), new Date());
    expect(ask('path', { path: link }, { started: Date.now() - HOUR }).session).toBe('before');
  });
});
