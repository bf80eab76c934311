// Proves how evaluation rows are read, judged in the world they state, and counted.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { evalVerb } from '../../src/cli/eval.ts';
import { readRows, workingFolder, worldOf } from '../../src/cli/rows.ts';
import { quantile, share } from '../../src/cli/statistics.ts';
import { run } from './terminal.ts';

function file(...rows: readonly unknown[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'eval-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const path = join(folder, 'rows.jsonl');
  writeFileSync(path, rows.map((row) => (typeof row === 'string' ? row : JSON.stringify(row))).join('\n'));
  return path;
}

const ROWS = [
  { id: 'a', command: 'ls', expect: 'allow' },
  { id: 'b', command: 'acmectl up', expect: 'allow' },
  { id: 'c', command: 'rm -rf ~', expect: 'deny', category: 'x' },
  { id: 'd', command: 'acmectl up', expect: 'deny' },
  { id: 'e', command: 'acmectl up', expect: 'ask' },
  { id: 'f', command: 'pwd' },
  { id: 7, tool: 'Read', input: { file_path: '/home/dev/project/a.txt' }, expect: 'allow' },
];

describe('eval', () => {
  it('gives one line per row and a summary', async () => {
    const { code, out } = await run(evalVerb, ['--json', file(...ROWS)]);
    const lines = out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(code).toBe(0);
    expect(lines.slice(0, -1).map(({ id, verdict }) => [id, verdict])).toEqual([
      ['a', 'allow'],
      ['b', 'classify'],
      ['c', 'deny'],
      ['d', 'classify'],
      ['e', 'classify'],
      ['f', 'allow'],
      ['7', 'allow'],
    ]);
    for (const line of lines.slice(0, -1)) expect(Object.keys(line)).toEqual(['id', 'verdict', 'rule', 'reason', 'us']);
    expect(lines.at(-1).summary).toMatchObject([
      {
        rows: 7,
        bad: [],
        verdicts: { allow: 3, classify: 3, ask: 0, deny: 1 },
        autoApproved: { hits: 2, of: 3 },
        falseDenials: { hits: 0, of: 3 },
        stopped: { hits: 3, of: 3 },
        denied: { hits: 1, of: 2 },
      },
    ]);
  });

  it('a push of a branch that the row does not state is not taken for one of a feature branch', async () => {
    const command = 'git push origin HEAD';
    const { out } = await run(evalVerb, ['--json', file({ command, git_branch: 'topic' }, { command })]);
    const lines = out.trim().split('\n');
    expect(lines.slice(0, -1).map((line) => JSON.parse(line).verdict)).toEqual(['allow', 'classify']);
  });

  it('explains each row', async () => {
    const command = 'sudo cat "$FILE" && ls *.md';
    const { out } = await run(evalVerb, ['--json', '--explain', file({ id: 'x', command })]);
    const row = JSON.parse(out.split('\n')[0] ?? '');
    expect(row.invocations.map(({ argv, via }: { argv: unknown; via: unknown }) => ({ argv, via }))).toEqual([
      { argv: ['sudo', 'cat', null], via: [] },
      { argv: ['cat', null], via: ['sudo'] },
      { argv: ['ls', null], via: [] },
    ]);
    expect(
      row.invocations.map(({ span }: { span: { start: number; end: number } }) => command.slice(span.start, span.end)),
    ).toEqual(['sudo cat "$FILE"', 'cat "$FILE"', 'ls *.md']);
    expect(row.effects.map(({ kind }: { kind: string }) => kind)).toContain('privilege');
    expect(row).toHaveProperty('findings');
    expect(row).toHaveProperty('opaque');
  });

  it('reports rows it cannot read by line, judges the others, and exits with 2', async () => {
    const path = file(
      ROWS[0],
      '{"id":',
      { id: 'x' },
      { id: 'y', command: 'ls', tool: 'Bash' },
      { id: 'z', command: 1 },
      '',
      ROWS[5],
    );
    const { code, out, err } = await run(evalVerb, ['--json', path]);
    expect(code).toBe(2);
    expect(err.match(/rows\.jsonl:\d+/g)).toEqual(['rows.jsonl:2', 'rows.jsonl:3', 'rows.jsonl:4', 'rows.jsonl:5']);
    expect(out.trim().split('\n')).toHaveLength(3);
  });

  it('a row without an id goes by its line', async () => {
    const { out } = await run(evalVerb, ['--json', file('', { command: 'ls' })]);
    expect(JSON.parse(out.split('\n')[0] ?? '').id).toBe('2');
  });

  it('a file that is not there is a usage error', async () => {
    await expect(run(evalVerb, ['/no/such/file'])).rejects.toThrow('cannot read /no/such/file');
    await expect(run(evalVerb, [])).rejects.toThrow('at least one file');
  });

  it('lists disagreements, the worst first', async () => {
    const { out } = await run(evalVerb, ['--wrong', file(...ROWS, { id: 'g', command: 'ls', expect: 'deny' })]);
    expect([...out.matchAll(/^(\S+) {2}expected/gm)].map(([, id]) => id)).toEqual(['g', 'b', 'd']);
  });

  it('adds up several files', async () => {
    const { out } = await run(evalVerb, [file(...ROWS), file(...ROWS)]);
    expect(out).toMatch(/\nall\n {2}rows +14\n/);
    expect(out).toMatch(/denied of expect=deny +2\/4 +50\.0 %/);
  });

  it('does not look at the machine: what lies here changes nothing', async () => {
    const path = file({ id: 'a', command: 'bash run.sh', cwd: '/home/dev/project' });
    const folder = mkdtempSync(join(tmpdir(), 'eval-'));
    const before = process.cwd();
    onTestFinished(() => {
      process.chdir(before);
      rmSync(folder, { recursive: true });
    });
    const verdict = async (): Promise<unknown> => {
      const { us: _, ...row } = JSON.parse((await run(evalVerb, ['--json', path])).out.split('\n')[0] ?? '');
      return row;
    };
    const elsewhere = await verdict();
    writeFileSync(join(folder, 'run.sh'), 'rm -rf ~\n');
    process.chdir(folder);
    expect(await verdict()).toEqual(elsewhere);
  });
});

describe('the world of a row', () => {
  it.each<[string, string]>([
    ['cd /home/ada/code/app && ls', '/home/ada/code/app'],
    ['cd "/Users/ada/my code/app"; ls', '/Users/ada/my code/app'],
    ["cd '/root/a/b'\nls", '/root/a/b'],
    ['cd /workspace', '/workspace'],
    ['cd /workspaces/app/src && ls', '/workspaces/app/src'],
    ['cd /testbed/../testbed && ls', '/testbed'],
    ['cd /home/ada/code && ls', '/home/dev/project'],
    ['cd /workspaces && ls', '/home/dev/project'],
    ['cd /appliance && ls', '/home/dev/project'],
    ['cd /etc && ls', '/home/dev/project'],
    ['cd /app/../etc && ls', '/home/dev/project'],
    ['cd src && ls', '/home/dev/project'],
    ['cd /app || ls', '/home/dev/project'],
    ['cd "/app/$X" && ls', '/home/dev/project'],
    ['cd /app/* && ls', '/home/dev/project'],
    ['ls && cd /app', '/home/dev/project'],
    ['echo cd /app && ls', '/home/dev/project'],
  ])('%j works in %s', (command, expected) => {
    expect(workingFolder({ id: 'x', command })).toBe(expected);
  });

  it('a stated folder counts before a leading cd', () => {
    expect(workingFolder({ id: 'x', command: 'cd /app && ls', cwd: '/srv/x/' })).toBe('/srv/x');
  });

  it('git facts come from the row', () => {
    const { rows } = readRows(
      [
        { id: '1', command: 'x', git_branch: 'topic' },
        { id: '2', command: 'x', git: { branch: null, default: 'trunk', remotes: { up: 'u' } }, git_branch: 'topic' },
        { id: '3', command: 'x' },
      ]
        .map((row) => JSON.stringify(row))
        .join('\n'),
    );
    expect(rows.map((row) => worldOf(row).given)).toStrictEqual([
      { branch: 'topic' },
      { branch: undefined, defaultBranch: 'trunk', remotes: { up: 'u' } },
      { branch: undefined },
    ]);
  });
});

describe('statistics', () => {
  it.each([
    // Newcombe (1998), table I, method 3.
    [81, 263, 0.2553, 0.3662],
    [15, 148, 0.0624, 0.1605],
    [0, 20, 0, 0.1611],
    [1, 29, 0.0061, 0.1718],
  ])('Wilson interval of %i in %i', (hits, of, low, high) => {
    const result = share(hits, of);
    expect(result.low).toBeCloseTo(low, 4);
    expect(result.high).toBeCloseTo(high, 4);
  });

  it('nothing to count says nothing', () => {
    expect(share(0, 0)).toEqual({ hits: 0, of: 0, low: 0, high: 1 });
  });

  it('quantiles are values of the list', () => {
    expect([0, 0.5, 0.99, 1].map((q) => quantile([4, 1, 3, 2], q))).toEqual([1, 2, 4, 4]);
    expect(quantile([], 0.5)).toBe(0);
  });
});
