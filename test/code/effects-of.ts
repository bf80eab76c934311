// Owns reading a snippet in the stated default world and showing what it does, one line per effect.
import { readers } from '../../src/code/index.ts';
import { assumedContext, assumedFacts } from '../../src/core/assumed.ts';
import { DEFAULT_POLICY } from '../../src/core/context.ts';
import type { Word } from '../../src/core/invocation.ts';
import type { EffectDraft, Language, Lowering, Run } from '../../src/core/program.ts';
import { known, show, type Taint, unknown } from '../../src/core/value.ts';

export interface Given {
  readonly args?: readonly string[];
  readonly stdin?: { readonly text?: string; readonly taints?: readonly Taint[] };
  readonly files?: Readonly<Record<string, string>>;
}

const wordOf = (text: string): Word => ({
  value: known(text),
  taints: [],
  fields: 'one',
  span: { start: 0, end: 0 },
});

export function lower(language: Language, code: string, given: Given = {}): Lowering {
  const context = assumedContext('/home/dev/project', DEFAULT_POLICY);
  const reader = readers[language];
  if (!reader) throw new Error(`no reader of ${language}`);
  return reader(code, {
    cwd: known(context.cwd),
    args: (given.args ?? []).map(wordOf),
    stdin: {
      from: 'pipe',
      text: given.stdin?.text === undefined ? unknown('standard input') : known(given.stdin.text),
      taints: given.stdin?.taints ?? [],
    },
    context,
    facts: assumedFacts(context, given.files ? { files: given.files } : {}),
    env: (name) => (context.env[name] === undefined ? undefined : wordOf(context.env[name])),
  });
}

const labels = (taints: readonly Taint[] | undefined): string =>
  taints && taints.length > 0 ? ` [${[...new Set(taints.map((each) => each.label))].sort().join(' ')}]` : '';

const short = (text: string): string => text.replace('/home/dev/project/', '').replace(/^\/home\/dev\/project$/, '.');

function line(effect: EffectDraft): string {
  switch (effect.kind) {
    case 'fs.read':
      return `read ${effect.use} ${short(show(effect.path))}`;
    case 'fs.write':
      return `${effect.how} ${short(show(effect.path))}${labels(effect.taints)}`;
    case 'fs.delete':
      return `delete${effect.recursive ? ' -r' : ''} ${short(show(effect.path))}`;
    case 'fs.move':
      return `move ${short(show(effect.from))} ${short(show(effect.to))}`;
    case 'fs.mode':
      return `${effect.what} ${show(effect.mode)} ${short(show(effect.path))}`;
    case 'net.fetch':
      return `fetch ${show(effect.url)}`;
    case 'net.send':
      return `send ${effect.channel} ${show(effect.to)}${labels(effect.taints)}`;
    case 'net.listen':
      return `listen ${show(effect.address)}`;
    case 'code.run':
      return `code ${effect.origin} ${short(show(effect.what))}${labels(effect.taints)}`;
    case 'db':
      return `db ${effect.action} ${short(show(effect.target))} ${effect.statement}`;
    case 'proc.kill':
      return `kill ${effect.target}`;
    case 'opaque':
      return 'opaque';
    default:
      return effect.kind;
  }
}

function runLine(run: Run): string {
  switch (run.kind) {
    case 'argv':
      return `run ${[...(run.env ?? []).map(({ name, word }) => `${name}=${show(word.value)}`), ...run.argv.map((word) => show(word.value))].join(' ')}`;
    case 'shell':
    case 'code':
      return `${run.kind} ${show(run.text.value)}${labels(run.text.taints)}`;
    case 'file':
      return `file ${show(run.path)}`;
  }
}

/** What the snippet does, each thing once, sorted. `inspect` alone is nothing. */
export function effectsOf(language: Language, code: string, given: Given = {}): string[] {
  const { effects, runs } = lower(language, code, given);
  const lines = [...effects.map(line), ...(runs ?? []).map(runLine)].filter((each) => each !== 'inspect');
  return [...new Set(lines)].sort();
}
