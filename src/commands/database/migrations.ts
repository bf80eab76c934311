// Turns the argv of schema migration tools into effects by their table, and finds which database they change.
import { CONFIGURED } from '../../core/database.ts';
import type { Word } from '../../core/invocation.ts';
import { type OptionSpec, parseArgs } from '../../core/options.ts';
import type { Call, EffectDraft, Lowering, Program } from '../../core/program.ts';
import { known, text, type Value } from '../../core/value.ts';
import { asksHelp } from '../cloud/grammar.ts';
import { loadsFromElsewhere } from '../elsewhere.ts';
import { harmless, here, inspect, literal, opaque, reads } from '../kit.ts';
import { entries } from '../table.ts';
import { DATABASE_VARIABLES, stageOf, targetOf } from './connection.ts';
import { TOOLS, type Tool } from './migration-tools.ts';

const SHARED: OptionSpec = {};

function migration(
  call: Call,
  action: 'migrate' | 'reset',
  statement: string,
  url: Word | undefined,
  stages: readonly (Word | undefined)[],
  ships = false,
): EffectDraft {
  const stage = stageOf(call, stages);
  if (stage === 'test') return inspect(`${statement} on a test database`);
  const file = fileOf(call, url);
  const target = file ?? targetOf(call, { url, variables: DATABASE_VARIABLES });
  const production = stage === 'production' || (ships && text(target) !== 'localhost');
  return {
    kind: 'db',
    engine: file === undefined ? call.name : 'sqlite',
    action,
    target: text(target) === '' ? known(CONFIGURED) : target,
    statement,
    ...(production ? { production: true } : {}),
  };
}

/** The database file that the connection names. */
function fileOf(call: Call, url: Word | undefined): Value | undefined {
  const given = url ?? DATABASE_VARIABLES.map((name) => call.env(name)).find((word) => word !== undefined);
  const path = /^(?:sqlite3?|file|duckdb|libsql:file):(?:\/\/)?([^?]+)/.exec(literal(given) ?? '')?.[1];
  // `sqlite:///./x` is relative for SQLAlchemy and its kind.
  return path === undefined ? undefined : here(call, path.replace(/^\/\.\//, './'));
}

/** What stands before the command: an alias of a site (`@prod`), or a database kind with its connection. */
function leading(
  operands: readonly Word[],
  tool: Tool,
): { readonly alias?: Word; readonly url?: Word; readonly rest: readonly Word[] } {
  const [first, second, ...others] = operands;
  const spelled = literal(first) ?? '';
  if (first !== undefined && spelled.startsWith('@')) return { alias: first, rest: operands.slice(1) };
  if (second === undefined || tool.drivers?.test(spelled) !== true) return { rest: operands };
  const file = literal(second);
  return {
    url:
      /^(sqlite|duckdb)/.test(spelled) && file !== undefined ? { ...second, value: known(`sqlite:${file}`) } : second,
    rest: others,
  };
}

function lower(call: Call, tool: Tool): Lowering {
  if (asksHelp(call.args) || call.args.length === 0) return harmless(`${call.name} help`);
  const parsed = parseArgs(call.args, tool.options ?? SHARED);
  const before = leading(parsed.operands, tool);
  const spelled: string[] = [];
  for (const word of before.rest) {
    const each = literal(word);
    if (each === undefined) break;
    spelled.push(each);
  }
  const longest = (list: string | undefined): number =>
    Math.max(
      0,
      ...entries(list ?? '')
        .filter(
          (path) =>
            `${spelled.join(' ')} `.startsWith(`${path} `) || (path.startsWith('-') && literal(call.args[0]) === path),
        )
        .map((path) => path.length),
    );
  const kinds = (['looks', 'dev', 'ships', 'migrates', 'resets', 'runs'] as const)
    .map((kind) => [kind, longest(tool[kind])] as const)
    .sort((a, b) => b[1] - a[1]);
  const [kind, length] = kinds[0] ?? ['looks', 0];
  const statement = `${call.name} ${spelled.slice(0, 2).join(' ')}`;
  if (length === 0)
    return parsed.has('--version', '-v') && spelled.length === 0
      ? harmless(`${call.name} version`)
      : { effects: [opaque(`what ${statement} does is not known`)] };
  const url = before.url ?? parsed.value(...(tool.urls ?? ['--database-url-of-no-tool']));
  const stages = [before.alias, ...(tool.stages ?? []).flatMap((name) => parsed.all(name))];
  const loaded = loadsFromElsewhere(
    call,
    parsed.all(
      '--knexfile',
      '--config',
      '--dataSource',
      '--schema',
      '--cwd',
      '-dir',
      '-path',
      '--migrations-dir',
      '--dir',
    ),
  );
  if (loaded.length > 0) return { effects: loaded };
  if (tool.carries !== undefined && parsed.has(...tool.carries))
    return { effects: [opaque(`${call.name} is given code to run`)] };
  const file = reads(call, parsed.all('--file'), 'copy');
  switch (kind) {
    case 'looks':
      return { effects: [inspect(statement)] };
    case 'dev':
      return {
        effects: [
          stageOf(call, stages) === 'production'
            ? migration(call, 'migrate', statement, url, stages)
            : inspect(statement),
        ],
      };
    case 'runs':
      return { effects: [...file, opaque(`what ${statement} runs is not read`)] };
    case 'resets':
      return { effects: [migration(call, 'reset', statement, url, stages)] };
    default: {
      if (parsed.has('--sql', '--dry-run')) return harmless(`${statement} without effect`);
      const resets = parsed.has('--force-reset');
      return { effects: [migration(call, resets ? 'reset' : 'migrate', statement, url, stages, kind === 'ships')] };
    }
  }
}

export const migrationPrograms: readonly Program[] = TOOLS.map((tool) => ({
  names: tool.names,
  lower: (call) => lower(call, tool),
  examples: tool.examples,
}));

/** A change of a web framework's database; shared by the frameworks' own command lines. */
export const frameworkMigration = (
  call: Call,
  action: 'migrate' | 'reset',
  statement: string,
  stages: readonly (Word | undefined)[],
): EffectDraft => migration(call, action, statement, undefined, stages);
