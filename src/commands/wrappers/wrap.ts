// Turns the argv of table-driven wrappers into what they run; knows nothing of policy.
import type { Word } from '../../core/invocation.ts';
import { parseArgs } from '../../core/options.ts';
import type { Call, EffectDraft, Lowering, Program, Run } from '../../core/program.ts';
import { known, unknown } from '../../core/value.ts';
import { inspect, literal, mustBeKnown, opaque, writes } from '../kit.ts';
import { spaced, wordOf } from '../words.ts';
import { rightsWrappers } from './table-rights.ts';
import { systemWrappers } from './table-system.ts';
import { toolWrappers } from './table-tools.ts';
import { tracers } from './table-tracers.ts';
import type { Wrapper } from './wrapper.ts';

/** Bash takes `BASH_FUNC_name%%` for a function. */
const ASSIGNMENT = /^([A-Za-z_][A-Za-z0-9_]*(?:%%)?)=/;

/** Leading `NAME=value` words as environment, and the rest. */
export function environmentOf(words: readonly Word[]): {
  readonly env: { name: string; word: Word }[];
  readonly rest: readonly Word[];
} {
  const env: { name: string; word: Word }[] = [];
  let at = 0;
  for (; at < words.length; at++) {
    const word = words[at] as Word;
    const head = word.value.kind === 'known' ? word.value.text : word.value.kind === 'pattern' ? word.value.prefix : '';
    const name = ASSIGNMENT.exec(head)?.[1];
    if (name === undefined) break;
    const value =
      word.value.kind === 'pattern'
        ? { ...word.value, prefix: head.slice(name.length + 1) }
        : wordOf(head.slice(name.length + 1), word).value;
    env.push({ name, word: { ...word, value } });
  }
  return { env, rest: words.slice(at) };
}

/** Options whose value may become several words would shift every operand after them. */
export const splitting = (words: readonly Word[], name: string): EffectDraft[] =>
  mustBeKnown(
    words.filter((word) => word.fields === 'many'),
    `an option of ${name}`,
  );

function besides(call: Call, row: Wrapper): EffectDraft[] {
  const effects: EffectDraft[] = [];
  if (row.privilege) effects.push({ kind: 'privilege', how: row.privilege, what: call.name });
  if (row.proxy)
    effects.push({ kind: 'net.send', to: unknown(`the proxy of ${call.name}`), channel: 'proxy', taints: [] });
  if (row.secrets) effects.push({ kind: 'secret.read', what: row.secrets, shown: false });
  return effects;
}

/** What a wrapper that is not read most likely starts. */
function supposed(call: Call, row: Wrapper): Run[] {
  const pairs = call.args.flatMap((word, index) =>
    row.pairs?.includes(literal(word) ?? '') ? [index, index + 1, index + 2] : [],
  );
  const own = call.args.filter((_, index) => !pairs.includes(index));
  const parsed = parseArgs(own, {
    values: row.values ?? [],
    optional: row.optional ?? [],
    style: 'posix',
    abbreviations: false,
  });
  const rest = (parsed.afterDashes.length > 0 ? parsed.afterDashes : parsed.operands).slice(row.skip ?? 0);
  const argv = row.starts && rest.length > 0 ? [wordOf(row.starts, call.invocation), ...rest] : rest;
  const behind = row.shell?.includes(literal(rest[0]) ?? '') ? rest.slice(1, 2) : undefined;
  const texts = behind ?? (row.shell ?? []).flatMap((name) => parsed.all(name));
  return [
    ...texts.map((text): Run => ({ kind: 'shell', text, via: call.name })),
    ...(argv.length > 0 && behind === undefined ? [{ kind: 'argv', argv, via: call.name } as Run] : []),
  ];
}

function lowerWrapper(call: Call, row: Wrapper): Lowering {
  const first = literal(call.args[0]);
  if (call.args.length === 0 || (call.args.length === 1 && ['--help', '--version', '-V'].includes(first ?? '')))
    return { effects: [inspect(call.name)] };
  if (row.shows?.includes(first ?? '')) return { effects: [inspect(`${call.name} ${first}`)] };
  if (row.refuses?.includes('*')) {
    return {
      effects: [...besides(call, row), opaque(`${call.name} is not read`)],
      runs: supposed(call, row),
    };
  }
  const verb = row.verbs?.includes(first ?? '') && first !== '--';
  if (row.verbs && !verb && !row.verbs.includes('--')) return { effects: [...otherwise(call, first)] };
  const parsed = parseArgs(verb ? call.args.slice(1) : call.args, {
    flags: [...(row.flags ?? []), ...(row.looks ?? []), ...(row.refuses ?? [])],
    values: row.values ?? [],
    optional: row.optional ?? [],
    style: row.style ?? 'posix',
    abbreviations: true,
  });
  if (row.looks?.some((each) => parsed.has(each.split(' ')[0] as string)))
    return { effects: [...besides(call, row), inspect(call.name)] };
  const effects: EffectDraft[] = [
    ...besides(call, row),
    ...parsed.unlisted.map((option) => opaque(`${call.name} ${option.name} is not an option that is known`)),
    ...(row.refuses ?? [])
      .filter((each) => parsed.has(each.split(' ')[0] as string))
      .map((each) => opaque(`${call.name} ${each} is not read`)),
    ...(row.outputs ?? []).flatMap((name) => writes(call, parsed.all(name))),
    ...splitting(
      parsed.options.flatMap((option) => (option.value ? [option.value] : [])),
      call.name,
    ),
    ...splitting(parsed.operands.slice(0, row.skip ?? 0), call.name),
    inspect(call.name),
  ];
  const runs: Run[] = (row.shell ?? [])
    .flatMap((name) => parsed.all(name))
    .map((text) => ({ kind: 'shell', text, via: call.name }));
  const after = commandOf(row, parsed.operands.slice(row.skip ?? 0));
  const { env, rest } = row.assignments ? environmentOf(after) : { env: [], rest: after };
  if (rest.length > 0) {
    if (row.persists) effects.push({ kind: 'persist', how: 'service', what: (spaced(rest) as Word).value });
    const line = row.joins && !parsed.has('-x') ? spaced(rest) : undefined;
    if (row.joins && row.style === 'gnu')
      for (const word of rest) runs.push({ kind: 'shell', text: word, via: call.name });
    else if (line) runs.push({ kind: 'shell', text: line, via: call.name });
    else runs.push({ kind: 'argv', argv: rest, via: call.name, env });
  }
  return {
    effects,
    runs,
    ...(rest.length === 0 && row.prints ? { output: { text: known(row.prints), taints: [] } } : {}),
  };
}

/** `mise exec node@22 -- npm test`: what stands before `--` names tools and profiles, not the command. */
function commandOf(row: Wrapper, operands: readonly Word[]): readonly Word[] {
  const dashes = operands.findIndex((word) => literal(word) === '--');
  return dashes === 0 || (dashes > 0 && row.verbs !== undefined) ? operands.slice(dashes + 1) : operands;
}

/** Verbs of tool managers that run project tasks or install declared tools; others are not read. */
function otherwise(call: Call, first: string | undefined): EffectDraft[] {
  const words = call.args.slice(1).filter((word) => !literal(word)?.startsWith('-'));
  if (['run', 'r', 'task', 'watch'].includes(first ?? '') && words[0])
    return [{ kind: 'code.run', origin: 'project', language: 'shell', what: words[0].value, taints: [] }];
  if (first === 'install' && words.length === 0)
    return [{ kind: 'pkg.install', manager: call.name, names: [], source: 'manifest', global: false }];
  return [opaque(`${call.name} ${first ?? '…'} is not read`)];
}

export const tableWrappers: readonly Program[] = [
  ...systemWrappers,
  ...tracers,
  ...rightsWrappers,
  ...toolWrappers,
].map((row) => ({
  names: row.names,
  lower: (call) => lowerWrapper(call, row),
  examples: row.examples ?? {},
}));
