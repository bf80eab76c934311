// Proves which allow rules are too broad to count, in every spelling, and that narrow ones are not.
import { describe, expect, it } from 'vitest';
import { broadBecause } from '../../src/config/broad.ts';
import { readPermission } from '../../src/config/permission.ts';

const broad = (text: string): boolean => {
  const rule = readPermission(text, 'test');
  if (rule === undefined) throw new Error(`${text} is not a rule`);
  return broadBecause(rule) !== undefined;
};

const LISTED = [
  ...'python python2 python3 node deno tsx ruby perl php lua npx bunx pnpx bash sh ssh zsh fish eval exec env xargs sudo'.split(
    ' ',
  ),
  ...['npm', 'pnpm', 'yarn', 'bun'].flatMap((manager) => [`${manager} run`, `${manager} exec`]),
  'npm x',
  'pnpm dlx',
  'yarn dlx',
  'bun x',
];

describe('allow rules that are set aside', () => {
  it.each(LISTED)('%s in all forms, behind wrappers, paths and quotes', (start) => {
    const [program = '', ...rest] = start.split(' ');
    const tail = rest.map((word) => ` ${word}`).join('');
    const spellings = [
      start,
      `/usr/bin/${program}${tail}`,
      `"${program}"${tail}`,
      `'${program}'${tail}`,
      `\\${program}${tail}`,
      `timeout 60 ${start}`,
      `sudo -u someone ${start}`,
      `env A=1 ${start}`,
      `A=1 ${start}`,
      `nice -n 5 nohup ${start}`,
      `command ${start}`,
    ];
    for (const spelling of spellings)
      for (const form of [spelling, `${spelling}:*`, `${spelling} *`, `${spelling}*`])
        expect(broad(`Bash(${form})`), form).toBe(true);
  });

  it.each([
    'Bash',
    'Bash()',
    'Bash(*)',
    'Bash(:*)',
    'Bash(**)',
    'Bash( * )',
    'PowerShell',
    'Agent',
    'Agent(*)',
    'Agent(reviewer)',
    'Task',
    'Monitor',
    'Monitor(*)',
    '*',
    'mcp__*',
    'Edit',
    'Write(*)',
    'Edit(//**)',
    'Bash(* --version)',
    'Bash(py*)',
    'Bash(n*)',
    'Bash(npm *)',
    'Bash(npm r*)',
    'Bash(npm --silent run *)',
    'Bash(pnpm --filter web run *)',
    'Bash(yarn workspace web run *)',
    'Bash(npm exec -- *)',
    'Bash(python3.12 *)',
    'Bash(python -c *)',
    'Bash(python3 -m *)',
    'Bash(bash -c "echo *")',
    'Bash(node -e "console.log(*)")',
    'Bash(sh -)',
    'Bash(timeout 60 *)',
    'Bash(npx -y *)',
    'Bash(uv run *)',
    'Bash(poetry run:*)',
    'Bash(ssh build-host *)',
    'Bash(sudo npm run *)',
  ])('%s', (rule) => {
    expect(broad(rule)).toBe(true);
  });
});

describe('allow rules that count', () => {
  it.each([
    'Bash(npm test)',
    'Bash(npm run test:*)',
    'Bash(npm run build)',
    'Bash(make *)',
    'Bash(npm install *)',
    'Bash(pnpm --filter web run build *)',
    'Bash(bun run lint *)',
    'Bash(git commit *)',
    'Bash(ls*)',
    'Bash(npx tsc *)',
    'Bash(uv run pytest *)',
    'Bash(python scripts/report.py *)',
    'Bash(python --version)',
    'Bash(python -m pytest *)',
    'Bash(bash -c "npm test")',
    'Bash(timeout 60 npm test *)',
    'Bash(ssh build-host uptime)',
    'Bash(cargo build:*)',
    'Read',
    'Read(//etc/hosts)',
    'Edit(docs/**)',
    'Edit(/src/**)',
    'WebFetch',
    'WebFetch(domain:example.com)',
    'mcp__tracker__list_issues',
    'mcp__tracker__*',
  ])('%s', (rule) => {
    expect(broad(rule)).toBe(false);
  });
});
