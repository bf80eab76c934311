// Proves how the host's permission rules are read and matched.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  matchesCommand,
  matchesDomain,
  matchesPath,
  matchesWildcard,
  readPermission,
} from '../../src/config/permission.ts';

describe('reading', () => {
  it.each([
    ['Bash', 'Bash', undefined],
    ['Bash(npm test)', 'Bash', 'npm test'],
    ['Bash(echo (a))', 'Bash', 'echo (a)'],
    ['Bash(*)', 'Bash', undefined],
    ['mcp__git-hub__list', 'mcp__git-hub__list', undefined],
  ])('%s', (text, tool, specifier) => {
    expect(readPermission(text, 'file')).toEqual({ text, tool, specifier, source: 'file' });
  });
  it.each(['', '(x)', 'Bash(npm', 'Bash npm', '-'])('%j is no rule', (text) => {
    expect(readPermission(text, 'file')).toBeUndefined();
  });
});

describe('commands', () => {
  it.each<[string, string, boolean]>([
    ['npm test', 'npm test', true],
    ['npm test', 'npm test --watch', false],
    ['npm run test:*', 'npm run test', true],
    ['npm run test:*', 'npm run test --silent', true],
    ['npm run test:*', 'npm run testing', false],
    ['ls *', 'ls -la', true],
    ['ls *', 'ls', true],
    ['ls *', 'lsof', false],
    ['ls*', 'lsof', true],
    ['git * main', 'git push origin main', true],
    ['git * main', 'git push origin maintenance', false],
  ])('%s on %s: %s', (specifier, command, expected) => {
    expect(matchesCommand(command, specifier)).toBe(expected);
  });

  it('agrees with the regular expression it stands for', () => {
    const letters = fc.stringMatching(/^[ab*]{0,8}$/);
    fc.assert(
      fc.property(fc.stringMatching(/^[ab]{0,10}$/), letters, (text, pattern) => {
        expect(matchesWildcard(text, pattern)).toBe(new RegExp(`^${pattern.replaceAll('*', '.*')}$`).test(text));
      }),
    );
  });
});

describe('paths', () => {
  const folders = { cwd: '/home/ada/app/pkg', projectRoot: '/home/ada/app', home: '/home/ada' };
  it.each<[string, string, boolean]>([
    ['//etc/hosts', '/etc/hosts', true],
    ['//etc/**', '/etc/ssh/config', true],
    ['/etc/hosts', '/etc/hosts', false],
    ['/docs/**', '/home/ada/app/docs/a/b.md', true],
    ['/docs', '/home/ada/app/docs/a/b.md', true],
    ['/docs', '/home/ada/app/pkg/docs/b.md', false],
    ['~/.zshrc', '/home/ada/.zshrc', true],
    ['~/.zshrc', '/home/bob/.zshrc', false],
    ['*.env', '/home/ada/app/pkg/deep/x.env', true],
    ['*.env', '/home/ada/app/x.env', false],
    ['./src/*.ts', '/home/ada/app/pkg/src/a.ts', true],
    ['./src/*.ts', '/home/ada/app/pkg/src/sub/a.ts', false],
    ['src/**/a.ts', '/home/ada/app/pkg/src/a.ts', true],
    ['src/**/a.ts', '/home/ada/app/pkg/src/x/y/a.ts', true],
    ['./notes', '/home/ada/app/pkg/sub/notes', false],
    ['/docs/**', '/home/ada/app/docs/../secret', false],
  ])('%s on %s: %s', (specifier, path, expected) => {
    expect(matchesPath(path, specifier, folders)).toBe(expected);
  });
});

it.each<[string | undefined, string, boolean]>([
  [undefined, 'any.example', true],
  ['domain:example.com', 'example.com', true],
  ['domain:example.com', 'evil-example.com', false],
  ['domain:example.com', 'sub.example.com', false],
  ['domain:*.example.com', 'sub.example.com', true],
  ['example.com', 'example.com', false],
])('domain %s on %s: %s', (specifier, host, expected) => {
  expect(matchesDomain(host, specifier)).toBe(expected);
});
