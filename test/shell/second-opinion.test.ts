// Owns the comparison with a second parser on the POSIX subset, where it is reliable: same programs, same words, same order.
import bashParser from 'bash-parser';
import { describe, expect, it } from 'vitest';
import { known, texts } from '../../src/core/value.ts';
import { judgeExample } from '../../src/judge-example.ts';

interface Node {
  readonly type: string;
  readonly name?: { readonly text: string };
  readonly suffix?: readonly { readonly type: string; readonly text: string }[];
  readonly [key: string]: unknown;
}

/** Simple commands in source order, by walking whatever holds them. */
function commandsOf(node: unknown, found: string[][] = []): string[][] {
  if (Array.isArray(node)) for (const each of node) commandsOf(each, found);
  else if (node !== null && typeof node === 'object') {
    const command = node as Node;
    if (command.type === 'Command' && command.name)
      found.push([
        command.name.text,
        ...(command.suffix ?? []).filter((part) => part.type === 'Word').map((part) => part.text),
      ]);
    else for (const child of Object.values(command)) commandsOf(child, found);
  }
  return found;
}

const texted = (command: string): string[][] =>
  judgeExample(command)
    .reading.invocations.filter((invocation) => invocation.via.length === 0)
    .map((invocation) => invocation.argv.map((word) => texts(word.value)?.join('|') ?? texts(known('?'))?.[0] ?? '?'));

/** Plain POSIX: no here-documents, arrays, escapes in quotes or `#` in words, which the second parser gets wrong. */
const POSIX: readonly string[] = [
  'ls -la',
  'echo a b c',
  'echo \'a b\' "c d" e',
  'cat a | grep b | wc -l',
  'mkdir -p a && cd a; ls',
  'true || false',
  'rm -f a b; touch c',
  'sort < in > out',
  'make test 2>&1 | tail -5',
  '(ls; pwd)',
  '{ ls; pwd; }',
  'if test -f a; then cat a; else echo none; fi',
  'while test -f a; do sleep 1; done',
  'until test -f a; do sleep 1; done',
  'for f in a b; do wc -l x; done',
  'case a in a) echo one;; *) echo two;; esac',
  'git status; git diff --stat',
  'sleep 10 & wait',
  '! grep -q x y',
  'A=1 B=2 env',
  "grep -rn 'rm -rf' src",
  'echo "a;b" \'c|d\' && ls',
  'find . -name "*.ts" -type f',
  'a\nb\nc',
  'npm test && npm run lint',
  'tar -czf out.tgz dist',
  'echo one; echo two; echo three',
  'ls > /dev/null 2>&1 || exit 1',
];

describe('the second parser agrees', () => {
  it.each(POSIX)('%j', (command) => {
    const second = commandsOf(bashParser(command, { mode: 'posix' }));
    expect(texted(command)).toEqual(second);
  });
});
