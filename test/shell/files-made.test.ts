// Proves when a script that the command wrote is the one that runs, and when it may still be the one from before.
import { describe, expect, it } from 'vitest';
import { assumedContext, assumedFacts } from '../../src/core/assumed.ts';
import { DEFAULT_POLICY } from '../../src/core/context.ts';
import type { FactSource } from '../../src/core/fact.ts';
import { judgeCommand } from '../../src/judge.ts';
import { judgeExample } from '../../src/judge-example.ts';
import { machinery } from '../../src/machinery.ts';

const WRITES = "cat > x.py <<'EOF'\nprint(1)\nEOF\npython3 x.py";
const WRITES_THERE = WRITES.replaceAll('x.py', '/tmp/x.py');

describe('a script that is written and run', () => {
  it.each([WRITES_THERE, `cd /tmp && ${WRITES}`, `cd /tmp 2>/dev/null && ${WRITES}`])(
    '%j runs what was written',
    (command) => {
      expect(judgeExample(command).verdict.decision).toBe('allow');
    },
  );

  it.each([
    `grep -q a b && ${WRITES_THERE}`,
    `cd /tmp; grep -q a b && ${WRITES_THERE}`,
    `! cd /tmp && ${WRITES_THERE}`,
    `mkdir -p /tmp/a /tmp/b && ${WRITES.replaceAll('x.py', '/tmp/a/x.py')}`,
    `cd /tmp || ${WRITES_THERE}`,
    `cd /tmp < missing && ${WRITES_THERE}`,
    `cd /tmp > missing/log && ${WRITES_THERE}`,
    `cd /tmp | grep -q a && ${WRITES_THERE}`,
    `f() { cd /tmp; false; }; f && ${WRITES_THERE}`,
    `if cd /tmp; then ${WRITES_THERE.replace('\npython3', '\nfi\npython3')}`,
  ])('%j may run what was there before', (command) => {
    expect(judgeExample(command).verdict).toMatchObject({ decision: 'classify' });
  });

  it.each([
    [`mkdir -p /tmp/a && cd /tmp/a && ${WRITES}`, 'allow'],
    [
      `mkdir -p /tmp/a && cd /tmp/a && ${WRITES.replace('print(1)', 'import shutil; shutil.rmtree("/home/dev")')}`,
      'deny',
    ],
    ['mkdir -p /tmp/a && cd /tmp/a && python3 x.py', 'classify'],
  ])('with no such file anywhere %j is judged %s', (command, expected) => {
    const context = assumedContext('/home/dev/project', DEFAULT_POLICY);
    const assumed = assumedFacts(context);
    const facts: FactSource = (kind, ask) =>
      kind === 'file' ? ({ state: 'missing' } as never) : assumed(kind, ask as never);
    expect(judgeCommand(command, context, facts, machinery).verdict.decision).toBe(expected);
  });
});
