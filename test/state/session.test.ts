// The fold of a journal: counting, approvals, provenance; and what it believes of lines from disk.
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { append, journalPath, readJournal, stateFolder } from '../../src/state/journal.ts';
import { type Body, type Decided, formatLine, type Line, MAX_LINE, readLine } from '../../src/state/line.ts';
import { removeOldJournals } from '../../src/state/retention.ts';
import { fold } from '../../src/state/session.ts';
import { scratch } from '../host-io/plugin.ts';

const folder = scratch('state');
const path = join(folder, 'sessions', 's.jsonl');
beforeEach(() => rmSync(join(folder, 'sessions'), { recursive: true, force: true }));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const decided = (decision: Decided['decision'], id = 'c', more: Partial<Decided> = {}): Line => ({
  at: 1,
  kind: 'decided',
  id,
  tool: 'Bash',
  input: { command: 'x' },
  decision,
  rule: 'some/rule',
  reason: '',
  counts: decision === 'deny',
  mode: 'default',
  ms: 1,
  ...more,
});
const ran = (id = 'c'): Line => ({ at: 2, kind: 'ran', id, tool: 'Bash' });
const deny = decided('deny');

describe('denial limits', () => {
  it('are reached by three in a row', () => {
    expect(fold([deny, deny]).limited).toBe(false);
    expect(fold([deny, deny, deny]).limited).toBe(true);
    expect(fold([deny, deny, decided('allow'), deny]).limited).toBe(false);
  });

  it('are reached by twenty in all, however far apart', () => {
    const apart = (count: number): Line[] => Array.from({ length: count }, () => [deny, decided('allow')]).flat();
    expect(fold(apart(19)).limited).toBe(false);
    expect(fold(apart(20)).limited).toBe(true);
  });

  it('hold until a call that was asked about ran', () => {
    const over = [deny, deny, deny];
    expect(fold([...over, decided('allow', 'a'), ran('a')]).limited).toBe(true);
    expect(fold([...over, decided('ask', 'q')]).limited).toBe(true);
    expect(fold([...over, decided('ask', 'q'), ran('other')]).limited).toBe(true);
    expect(fold([...over, decided('ask', 'q'), ran('q')])).toMatchObject({
      limited: false,
      approvals: 1,
      denials: { inARow: 0, inAll: 0 },
    });
  });

  it('are not lifted by the answer to a question that is the person’s anyway, or by a denied call’s id', () => {
    const over = [deny, deny, decided('deny', 'd')];
    expect(fold([...over, decided('ask', 'q', { rule: 'host/person' }), ran('q')]).limited).toBe(true);
    expect(fold([...over, ran('d')]).limited).toBe(true);
  });

  it('do not count what was no verdict', () => {
    const outage = decided('deny', 'c', { counts: false });
    expect(fold([outage, outage, outage, outage]).limited).toBe(false);
  });
});

describe('what the session made', () => {
  const write = decided('allow', 'w', {
    makes: ['/p/a'],
    receives: ['/p/b'],
    branches: ['topic'],
    hashes: { '/p/a': 'h' },
  });

  it('is what ran, not what was only judged', () => {
    expect(fold([write])).toMatchObject({ made: [], received: [], branches: [], calls: [] });
    expect(fold([write, ran('w')])).toMatchObject({
      made: ['/p/a'],
      received: ['/p/b'],
      branches: ['topic'],
      hashes: { '/p/a': 'h' },
      calls: [{ tool: 'Bash', input: { command: 'x' } }],
    });
  });
});

describe('lines', () => {
  it('come back as they were written', () => {
    const bodies: Body[] = [
      { kind: 'start', source: 'startup', cwd: '/p', attended: true },
      { kind: 'prompt', text: 'do "it"\n\u2028 now', byUser: true },
      { kind: 'fault', event: 'PreToolUse', because: 'x' },
    ];
    for (const [at, body] of bodies.entries()) append(path, body, at);
    expect(readJournal(path)).toEqual({
      lines: bodies.map((body, at) => expect.objectContaining({ ...body, at })),
      skipped: 0,
    });
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(statSync(join(folder, 'sessions')).mode & 0o777).toBe(0o700);
  });

  it('stay short and whole whatever they hold', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 50 }), fc.nat(40_000), (text, times) => {
        const long = text.repeat(times);
        for (const line of [
          formatLine({ at: 1, kind: 'prompt', text: long, byUser: true }),
          formatLine({ ...deny, input: { command: long, other: [long, long, { deep: long }] } } as Line),
        ]) {
          expect(Buffer.byteLength(line)).toBeLessThanOrEqual(MAX_LINE + 1);
          expect(line.indexOf('\n')).toBe(line.length - 1);
          expect(readLine(line)).toBeDefined();
        }
      }),
      { numRuns: 40 },
    );
  });

  it.each([
    ['a GitHub token', `ghp_${'a'.repeat(36)}`],
    ['an Anthropic key', `sk-ant-api03-${'a'.repeat(40)}`],
    ['an AWS key id', 'AKIAABCDEFGHIJKLMNOP'],
    ['a private key', '-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNza\n-----END OPENSSH PRIVATE KEY-----'],
  ])('hold no secret: %s', (_, secret) => {
    append(path, { kind: 'prompt', text: `use ${secret} here`, byUser: true }, 1);
    append(path, { ...(decided('ask') as Decided), input: { command: `X=${secret} run`, nested: [{ secret }] } }, 1);
    const written = readFileSync(path, 'utf8');
    expect(written).toContain('[redacted]');
    for (const part of secret.split('\n').slice(0, 2)) expect(written).not.toContain(part);
  });

  it.each([
    ['curl -u name:Hunter22 https://x', 'Hunter22'],
    ['psql postgres://app:Hunter22@db/x', 'Hunter22'],
    ['DB_PASSWORD=Hunter22 npm test', 'Hunter22'],
    ['export API_KEY="Hunter22 and more"', 'Hunter22'],
    ['{"client_secret": "Hunter22"}', 'Hunter22'],
    ['tool --password Hunter22', 'Hunter22'],
    ['curl -H "Authorization: Basic SHVudGVyMjI="', 'SHVudGVyMjI'],
  ])('hold no secret that its place gives away: %s', (command, secret) => {
    expect(formatLine({ ...deny, input: { command } } as Line)).not.toContain(secret);
  });

  it('keep what only looks like one', () => {
    for (const command of [
      'git log --author=me',
      'KEY=$OTHER run',
      'grep -rn "password" src',
      'TOKENS_COUNT=12 x',
      'git push origin feature/token-refresh',
    ])
      expect(formatLine({ ...deny, input: { command } } as Line)).toContain(JSON.stringify(command));
  });

  it('that are damaged or foreign are skipped and counted, and cost no other line', () => {
    const line = (text: string): string => formatLine({ at: 1, kind: 'prompt', text, byUser: true });
    mkdirSync(join(folder, 'sessions'));
    // A process that died in the middle of a line leaves no line end.
    writeFileSync(path, `${line('one')}garbage\n{"v":2,"at":1,"kind":"prompt"}\n${line('half').slice(0, 20)}`);
    append(path, { kind: 'prompt', text: 'two', byUser: true }, 2);
    appendFileSync(
      path,
      '\u0000\u0000\n[]\n{"v":1,"at":1,"kind":"prompt","text":7,"byUser":true}\n{"v":1,"at":1,"kind":"__proto__"}\n',
    );
    append(path, { kind: 'prompt', text: 'three', byUser: true }, 3);
    const { lines, skipped } = readJournal(path);
    expect(lines.map((each) => each.kind === 'prompt' && each.text)).toEqual(['one', 'two', 'three']);
    expect(skipped).toBe(7);
  });

  it('are read from any bytes without a throw', () => {
    mkdirSync(join(folder, 'sessions'));
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), fc.json(), (bytes, json) => {
        writeFileSync(path, Buffer.concat([bytes, Buffer.from(`\n${json}\n`)]));
        fold(readJournal(path).lines);
      }),
      { numRuns: 200 },
    );
  });
});

describe('retention', () => {
  it('removes what is a month old and nothing else', () => {
    const now = Date.now();
    const old = join(folder, 'sessions', 'old.jsonl');
    append(path, { kind: 'agent-stop', agent: 'a' }, now);
    append(old, { kind: 'agent-stop', agent: 'a' }, now);
    const other = join(folder, 'sessions', 'other.txt');
    writeFileSync(other, '');
    const past = new Date(now - 40 * 24 * 60 * 60 * 1000);
    for (const each of [old, other]) utimesSync(each, past, past);
    removeOldJournals(folder, now);
    expect([old, other, path].map((each) => existsSync(each))).toEqual([false, true, true]);
    removeOldJournals(join(folder, 'nowhere'), now);
  });
});

describe('the state folder', () => {
  it('is the host’s, else the XDG one, else below the home folder, and never relative', () => {
    const all = { CLAUDE_PLUGIN_DATA: '/d', XDG_STATE_HOME: '/s', HOME: '/h' };
    expect(stateFolder(all)).toBe('/d');
    expect(stateFolder({ ...all, CLAUDE_PLUGIN_DATA: '' })).toBe('/s/greenlight');
    expect(stateFolder({ HOME: '/h', XDG_STATE_HOME: 'relative' })).toBe('/h/.local/state/greenlight');
    expect(stateFolder({ HOME: 'x' })).toBeUndefined();
  });

  it('keeps different sessions apart and inside', () => {
    for (const session of ['../x', 'a/b', '.', 'a\0b', ''])
      expect(join(journalPath('/d', session), '..')).toBe('/d/sessions');
  });

  it('is not left through a link in place of a journal', () => {
    mkdirSync(join(folder, 'sessions'));
    const target = join(folder, 'target');
    writeFileSync(target, '');
    symlinkSync(target, path);
    expect(() => append(path, { kind: 'agent-stop', agent: 'a' }, 1)).toThrow();
    expect(readFileSync(target, 'utf8')).toBe('');
  });
});
