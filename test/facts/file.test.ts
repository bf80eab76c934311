// Proves what is read of files, and that nothing else is opened.
import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { place, repository } from './repository.ts';

describe('file facts', () => {
  it('give text with whose it is', () => {
    const { ask, path } = repository();
    expect(ask('file', { path: path('README.md') })).toEqual({
      state: 'text',
      text: 'text\n',
      git: 'tracked',
      session: 'before',
    });
  });

  it('follow links, keep a byte order mark and carriage returns', () => {
    const { ask, write, path } = place();
    write('a.sh', '\ufeffecho\r\n');
    symlinkSync('a.sh', path('b.sh'));
    expect(ask('file', { path: path('b.sh') })).toMatchObject({ state: 'text', text: '\ufeffecho\r\n' });
  });

  it('up to 256 KB', () => {
    const { ask, write } = place();
    expect(ask('file', { path: write('fits', 'x'.repeat(256 * 1024)) }).state).toBe('text');
    expect(ask('file', { path: write('large', 'x'.repeat(256 * 1024 + 1)) })).toMatchObject({
      state: 'unread',
      because: 'it is larger than 256 KB',
    });
  });

  it('what is not there is missing', () => {
    const { ask, write, path } = place();
    write('file');
    expect(ask('file', { path: path('none') })).toEqual({ state: 'missing' });
    expect(ask('file', { path: path('file/below') })).toEqual({ state: 'missing' });
  });

  it.each<[string, (at: string) => void]>([
    ['a folder', (at) => mkdirSync(at)],
    ['a FIFO', (at) => execFileSync('mkfifo', [at])],
    ['a device', (at) => symlinkSync('/dev/zero', at)],
    ['a kernel file', (at) => symlinkSync('/proc/self/environ', at)],
    ['bytes that are not UTF-8', (at) => writeFileSync(at, Buffer.from([0x65, 0xff, 0xfe]))],
    ['text with a NUL', (at) => writeFileSync(at, 'a\0b')],
    ['a link in a circle', (at) => symlinkSync(at, at)],
  ])('%s is not read', (_, make) => {
    const { ask, path } = place();
    make(path('odd'));
    expect(ask('file', { path: path('odd') }).state).toBe('unread');
  });
});

describe('the nearest file', () => {
  it('is the first name in the first folder upwards', () => {
    const { ask, write, path } = place();
    const outer = write('package.json', '{"name":"outer"}');
    write('a/Makefile');
    mkdirSync(path('a/b/package.json'), { recursive: true });
    const nearest = (from: string, ...names: string[]) => ask('nearest', { from: path(from), names });
    expect(nearest('a/b', 'package.json')).toMatchObject({
      path: outer,
      file: { state: 'text', text: '{"name":"outer"}' },
    });
    expect(nearest('a/b', 'GNUmakefile', 'Makefile').path).toBe(path('a/Makefile'));
    expect(nearest('a', 'package.json', 'Makefile').path).toBe(path('a/Makefile'));
    expect(nearest('not/there', 'package.json').path).toBe(outer);
    expect(nearest('a', 'no-such-name-anywhere')).toEqual({ path: undefined, file: { state: 'missing' } });
  });

  it('what cannot be read still hides the files further up', () => {
    const { ask, write, path } = place();
    write('package.json');
    mkdirSync(path('a'));
    symlinkSync(join(path('a'), 'nowhere'), path('a/package.json'));
    expect(ask('nearest', { from: path('a'), names: ['package.json'] })).toMatchObject({
      path: path('a/package.json'),
      file: { state: 'unread' },
    });
  });
});
