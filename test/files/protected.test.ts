// Owns which paths count as protected, also when only a pattern of them is known.
import { describe, expect, it } from 'vitest';
import { assumedContext } from '../../src/core/assumed.ts';
import { DEFAULT_POLICY } from '../../src/core/context.ts';
import { globToRegExp, protectedBelow, protectedPath } from '../../src/core/protected.ts';
import { known, pattern } from '../../src/core/value.ts';

const context = assumedContext('/home/dev/project', DEFAULT_POLICY);
const what = (path: string): string | undefined => protectedPath(known(path), context)?.what;

describe('protected paths', () => {
  it.each([
    ['/home/dev/.claude/settings.json', 'agent-settings'],
    ['/home/dev/project/.claude/settings.local.json', 'agent-settings'],
    ['/home/dev/.claude/hooks/guard.sh', 'agent-settings'],
    ['/home/dev/.claude.json', 'agent-settings'],
    ['/home/dev/project/.mcp.json', 'agent-settings'],
    ['/etc/claude-code/managed-settings.json', 'agent-settings'],
    ['/home/dev/.codex/config.toml', 'agent-settings'],
    ['/home/dev/.claude/projects/p/one.jsonl', 'transcripts'],
    ['/home/dev/project/CLAUDE.md', 'instructions'],
    ['/home/dev/project/packages/a/AGENTS.md', 'instructions'],
    ['/home/dev/.config/greenlight/config.json', 'guard'],
    ['/home/dev/.local/state/greenlight/journal.jsonl', 'guard'],
    ['/home/dev/project/.git/hooks/pre-commit', 'git-hooks'],
    ['/home/dev/project/.git/config', 'git-internals'],
    ['/srv/mirror.git/objects/ab', 'git-internals'],
    ['/home/other/.bashrc', 'profile'],
    ['/etc/profile.d/x.sh', 'profile'],
    ['/etc/cron.d/x', 'cron'],
    ['/home/dev/.config/systemd/user/x.service', 'service'],
    ['/Users/dev/Library/LaunchAgents/x.plist', 'service'],
    ['/home/dev/.ssh/authorized_keys', 'ssh'],
    ['/home/dev/.aws/credentials', 'credentials'],
    ['/etc/sudoers.d/x', 'credentials'],
    ['/home/dev/.zsh_history', 'history'],
    ['/var/log/auth.log', 'logs'],
    ['/dev/sda', 'device'],
    ['/usr/local/bin/node', 'system'],
    ['/home/dev/.gitconfig', 'tool-config'],
  ])('%s is %s', (path, kind) => expect(what(path)).toBe(kind));

  it.each([
    '/home/dev/project/src/a.ts',
    '/home/dev/project/etc/hosts',
    '/home/dev/project/.claude/worktrees/a/src/a.ts',
    '/home/dev/project/.git/index.lock',
    '/home/dev/project/.git/info/exclude',
    '/home/dev/project/docs/claude.md.txt',
    '/home/dev/project/.npmrc',
    '/tmp/copies/.bashrc.bak',
    '/var/tmp/x',
    '/dev/null',
    '/dev/fd/3',
  ])('%s is ordinary', (path) => expect(what(path)).toBeUndefined());

  it('sees what a glob may match', () => {
    const glob = (text: string) =>
      protectedPath(pattern(text.split('*')[0] ?? '', '', 'a glob', { climbs: false, glob: text }), context)?.what;
    expect(glob('/home/dev/.cl*/settings.json')).toBe('agent-settings');
    expect(glob('/home/dev/.bash*')).toBe('profile');
    expect(glob('/home/dev/.na*')).toBe('guard');
    expect(glob('/home/dev/project/src/*.ts')).toBeUndefined();
    expect(glob('/home/dev/project/**/*.sh')).toBeUndefined();
    expect(glob('/home/dev/project/**/CLAUDE.md')).toBe('instructions');
  });

  it('sees what an unknown end may become', () => {
    expect(protectedPath(pattern('/etc/cron.d/', '', 'a name'), context)?.what).toBe('cron');
    expect(protectedPath(pattern('/home/dev/.claude/', '.json', 'a name'), context)?.what).toBe('agent-settings');
    expect(protectedPath(pattern('/home/dev/project/out-', '.txt', 'a name'), context)).toBeUndefined();
  });

  it('sees what lies below a folder', () => {
    expect(protectedBelow('/home/dev/.local/bin', context)?.what).toBe('guard');
    expect(protectedBelow('/home/dev/project/src', context)).toBeUndefined();
  });

  it('reads pathname patterns as the shell does', () => {
    expect(globToRegExp('a*b').test('axxb')).toBe(true);
    expect(globToRegExp('a*b').test('a/b')).toBe(false);
    expect(globToRegExp('**/x').test('a/b/x')).toBe(true);
    expect(globToRegExp('[!a]?').test('bc')).toBe(true);
    expect(globToRegExp('[!a]?').test('ac')).toBe(false);
    // No valid pattern: taken to match anything with the same head.
    expect(globToRegExp('x[z-a]').test('xyz')).toBe(true);
    expect(globToRegExp('**/x').test('x')).toBe(true);
  });
});
