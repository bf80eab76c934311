// Turns the argv of command lines of the form `tool words... options` into effects by a table of their commands. Knows no single tool.
import type { EffectBody } from '../../core/effect.ts';
import type { Word } from '../../core/invocation.ts';
import { type OptionSpec, type ParsedArgs, parseArgs } from '../../core/options.ts';
import type { Call, EffectDraft, Lowering, Program } from '../../core/program.ts';
import { known, type Value } from '../../core/value.ts';
import { harmless, inspect, literal, mustBeKnown, opaque } from '../kit.ts';
import { entries } from '../table.ts';
import { choosesProduction } from './chosen.ts';
import { isVerb, type Meaning, meaningOf, opensToAll } from './verbs.ts';

export interface Grammar {
  readonly names: readonly string[];
  /** Default: the name that was called, where one description serves several tools. */
  readonly provider?: string;
  /** Options that may stand before or between the command words, and those whose values are looked at. */
  readonly options?: OptionSpec;
  /** Command paths by what they do, separated by `|`; the longest that fits wins. `*` stands for any one word. */
  readonly commands: Partial<Readonly<Record<Meaning, string>>>;
  /** What it does without any command. */
  readonly bare?: Meaning;
  /** Where no path fits: `verb` looks for the first word that is a verb; otherwise the command is opaque. */
  readonly otherwise?: 'verb';
  /** How many words name groups before a verb can stand (gcloud, az: one). */
  readonly groups?: number;
  /** Leading words that only choose a release of the same commands (`gcloud beta`). */
  readonly tracks?: readonly string[];
  /** Effects in place of those the table would give; undefined leaves the table to decide. */
  readonly special?: (command: Command, call: Call) => Lowering | undefined;
  /** True when the call stays on this machine, whatever its verb. */
  readonly local?: (command: Command, call: Call) => boolean;
  /** Environment that a deploy goes to; default: production. */
  readonly environment?: (command: Command, call: Call) => Extract<EffectBody, { kind: 'deploy' }>['environment'];
  readonly examples: Program['examples'];
}

export interface Command {
  /** Words before the first option that is not listed. */
  readonly words: readonly string[];
  /** The matched command path; empty when none matched. */
  readonly path: readonly string[];
  readonly meaning: Meaning | undefined;
  readonly parsed: ParsedArgs;
  /** What follows the command path. */
  readonly operands: readonly Word[];
}

/** `--help` where it cannot be the value of an option before it. */
export function asksHelp(args: readonly Word[]): boolean {
  return args.some((word, index) => {
    const spelled = literal(word);
    if (spelled === '--') return false;
    if (spelled === 'help' || spelled === '--version' || spelled === '-h') return index === 0;
    const before = index === 0 ? '' : literal(args[index - 1]);
    return spelled === '--help' && before !== undefined && !before.startsWith('-');
  });
}

const tables = new WeakMap<Grammar, ReadonlyMap<string, Meaning>>();

function tableOf(grammar: Grammar): ReadonlyMap<string, Meaning> {
  const have = tables.get(grammar);
  if (have) return have;
  const table = new Map(
    Object.entries(grammar.commands).flatMap(([meaning, paths]) =>
      entries(paths).map((path) => [path, meaning as Meaning] as const),
    ),
  );
  tables.set(grammar, table);
  return table;
}

/** The longest path of the table that the words begin with. */
function matchPath(
  words: readonly string[],
  table: ReadonlyMap<string, Meaning>,
): [readonly string[], Meaning] | undefined {
  for (let length = Math.min(words.length, 5); length >= 1; length--) {
    const path = words.slice(0, length);
    const exact = table.get(path.join(' '));
    if (exact !== undefined) return [path, exact];
    for (let star = 0; star < length; star++) {
      const meaning = table.get(path.map((word, index) => (index === star ? '*' : word)).join(' '));
      if (meaning !== undefined) return [path, meaning];
    }
  }
  return undefined;
}

function matchVerb(words: readonly string[], groups: number): [readonly string[], Meaning] | undefined {
  const found = firstVerb(words, groups);
  if (found === undefined) return undefined;
  const [path, meaning] = found;
  const said = path.join(' ');
  if (meaning === 'read' && SECRET_NOUN.test(said)) return [path, 'secret'];
  return (meaning === 'create' || meaning === 'update') && RIGHTS.test(said) ? [path, 'grant'] : found;
}

function firstVerb(words: readonly string[], groups: number): [readonly string[], Meaning] | undefined {
  for (const [index, spelled] of words.entries()) {
    if (index < groups) continue;
    // Aliyun and Tencent name operations as their interfaces do: `DeleteInstance`.
    const word = /^[A-Z][a-z]/.test(spelled) ? spelled.replace(/(?<=[a-z])(?=[A-Z])/g, '-').toLowerCase() : spelled;
    const meaning = meaningOf(word);
    if (meaning === undefined) continue;
    const noun = NOUNS.test(word) || (meaning === 'read' && !isVerb(word));
    const later = noun ? laterVerb(words, index + 1) : undefined;
    return later ?? [words.slice(0, index + 1), meaning];
  }
  return trailingVerb(words, groups);
}

/** `ibmcloud resource service-instance-delete`: the verb ends the word. What only looks is not taken for it. */
function trailingVerb(words: readonly string[], groups: number): [readonly string[], Meaning] | undefined {
  for (const [index, word] of words.slice(groups, groups + 2).entries()) {
    const last = /[-:]([a-z]+)$/.exec(word)?.[1];
    const meaning = last === undefined || !isVerb(last) ? undefined : meaningOf(last);
    if (meaning !== undefined && meaning !== 'read') return [words.slice(0, groups + index + 1), meaning];
  }
  return undefined;
}

/** Verbs that are as often the noun of what is changed: `logs delete`, `versions destroy`, `run services delete`. */
const NOUNS =
  /^(logs?|versions?|events?|metrics|usage|health|reports?|history|views?|query|queries|checks?|run|apps?|builds?|releases?|deploy|config|access|shell|console|issue|link|tag|alias|share|schedule|import|export|switch|extend|call|grants?)$/;

/** A verb in one of the two words after a noun that is a verb elsewhere. */
function laterVerb(words: readonly string[], from: number): [readonly string[], Meaning] | undefined {
  for (const [index, word] of words.slice(from, from + 2).entries()) {
    const meaning = isVerb(word) ? meaningOf(word) : undefined;
    if (meaning !== undefined) return [words.slice(0, from + index + 1), meaning];
  }
  return undefined;
}

/** Nouns whose reading hands out what opens a door. */
const SECRET_NOUN =
  /(^|[ :-])(kubeconfig|credentials?|creds?|passwords?|tokens?|connection-strings?|access-keys?|admin-keys?|list-keys?|api-?keys?|access-?tokens?|auth-strings?|publishing-profiles?|sas)($|[ :-])|(^|[ :])secrets? (show|get|view|reveal|read|dump)$|[ -]keys (list|show)$/;

/** Nouns whose making or changing says who may do what. */
const RIGHTS =
  /(^|[ :-])(ram|cam|rbac|role-?bindings?|role-?assignments?|permissions?|privileges?|iam[ :-](access-?keys?|api-?keys?|groups?|[a-z]*-?polic(y|ies)|roles?|user-policy-[a-z]+)|roles?)[ :-]|(Attach|Put|Set|Add|Create|Grant)\w*(Polic|AccessKey|Permission|Privilege)/;

const LOOKS = /^(list|ls|show|describe|get|status|info|logs?)$/;

/** The table first; where it names a whole group, a verb after it that deletes or reads still does. */
function findCommand(words: readonly string[], grammar: Grammar): [readonly string[], Meaning] | undefined {
  const found = matchPath(words, tableOf(grammar));
  if (found === undefined) return grammar.otherwise === 'verb' ? matchVerb(words, grammar.groups ?? 0) : undefined;
  const [path, meaning] = found;
  const next = words[path.length];
  const noun = meaningOf(path.at(-1) ?? '') === undefined;
  if (noun && next !== undefined && meaningOf(next) === 'delete' && ['read', 'create', 'update'].includes(meaning))
    return [words.slice(0, path.length + 1), 'delete'];
  if (grammar.otherwise !== 'verb') return found;
  const group = noun && !['secret', 'exec'].includes(meaning);
  if (meaning === 'read' && group && next !== undefined && !LOOKS.test(next)) return matchVerb(words, path.length);
  return group && next !== undefined && LOOKS.test(next) ? [words.slice(0, path.length + 1), 'read'] : found;
}

/** Reads the command words; a string says why they cannot be read. */
function readCommandWords(args: readonly Word[], grammar: Grammar): Command | string {
  const parsed = parseArgs(args, grammar.options ?? {});
  // `--option=value` takes no word after it, whatever it means.
  const strange = parsed.unlisted.find((option) => literal(option.word)?.includes('=') !== true)?.word;
  const cut = strange === undefined ? args.length : args.indexOf(strange);
  const leading = parsed.operands.filter((word) => args.indexOf(word) < cut);
  const words: string[] = [];
  const track = grammar.tracks?.includes(literal(leading[0]) ?? '') ? 1 : 0;
  for (const word of leading.slice(track)) {
    const spelled = literal(word);
    if (spelled === undefined || word.fields === 'many') break;
    words.push(spelled);
  }
  const found = findCommand(words, grammar);
  const path = found?.[0] ?? [];
  const first = leading[path.length + track];
  if (found === undefined && first !== undefined && literal(first) === undefined)
    return mustBeKnown([first], `the command of ${grammar.names[0]}`).length > 0
      ? `the command of ${grammar.names[0]} is not known`
      : `the command of ${grammar.names[0]} may be one of several`;
  return { words, path, meaning: found?.[1], parsed, operands: parsed.operands.slice(path.length + track) };
}

const ACTIONS: Partial<Readonly<Record<Meaning, Extract<EffectBody, { kind: 'cloud' }>['action']>>> = {
  read: 'read',
  create: 'create',
  update: 'update',
  delete: 'delete',
  destroy: 'delete',
  grant: 'grant',
  secret: 'secret',
  exec: 'exec',
  configure: 'configure',
  login: 'configure',
};

/** The effect of one command with this meaning. */
function effectOf(
  meaning: Meaning,
  at: {
    readonly provider: string;
    readonly path: readonly string[];
    readonly target: Value;
    readonly production: boolean;
    readonly environment: Extract<EffectBody, { kind: 'deploy' }>['environment'];
  },
): EffectDraft {
  const what = [at.provider, ...at.path].join(' ');
  switch (meaning) {
    case 'local':
      return inspect(what);
    case 'deploy':
      return { kind: 'deploy', platform: at.provider, environment: at.environment, what };
    case 'preview':
      return { kind: 'deploy', platform: at.provider, environment: 'preview', what };
    case 'serve':
      return { kind: 'net.listen', what: 'server', address: known('localhost') };
    case 'tunnel':
      return { kind: 'net.listen', what: 'tunnel', address: at.target, exposes: what };
    case 'migrate':
      return {
        kind: 'db',
        engine: at.provider,
        action: 'migrate',
        target: at.target,
        statement: what,
        ...(at.production ? { production: true } : {}),
      };
    default:
      return {
        kind: 'cloud',
        provider: at.provider,
        service: at.path.slice(0, -1).join(' '),
        operation: at.path.at(-1) ?? '',
        action: ACTIONS[meaning] ?? 'update',
        target: at.target,
        ...(meaning === 'destroy' ? { mass: true } : {}),
        ...(at.production ? { production: true } : {}),
      };
  }
}

/** Options with which a listing shows what it else hides. */
const unmasks = (word: Word): boolean =>
  /^--(show|reveal|include|display|with)-?(secrets?|values|tokens?|passwords?|credentials?|sensitive(-values)?|decryption)$|^--(reveal|unmask|decrypt|resolve-keyvault|payload|expose-token)$/.test(
    literal(word) ?? '',
  );

/** An option whose value is a command that the program runs, whatever else it is asked for. */
const carries = (word: Word): boolean =>
  /^--?[a-z-]*(hooks?|rsh|password-command|passcommand|post-renderer|exec)(=|$)/.test(literal(word) ?? '');

/** A program that this grammar describes. */
export function platform(grammar: Grammar): Program {
  return { names: grammar.names, lower: (call) => lowerPlatform(call, grammar), examples: grammar.examples };
}

function lowerPlatform(call: Call, grammar: Grammar): Lowering {
  if (asksHelp(call.args)) return harmless(`${call.name} help`, { taints: [] });
  const command = readCommandWords(call.args, grammar);
  if (typeof command === 'string') return { effects: [opaque(command)] };
  const special = grammar.special?.(command, call);
  if (special) return special;
  const provider = grammar.provider ?? call.name;
  const plain = command.meaning ?? (command.words.length === 0 ? grammar.bare : undefined);
  const read = (plain === 'read' || plain === 'local') && call.args.some(unmasks) ? 'secret' : plain;
  const meaning = read === 'token' ? (call.invocation.captured ? 'login' : 'secret') : read;
  if (meaning === undefined)
    return {
      effects: [opaque(`what ${[call.name, ...command.words.slice(0, 3)].join(' ')} does is not known`)],
    };
  const carrier = meaning === 'read' || meaning === 'local' ? call.args.find(carries) : undefined;
  if (carrier !== undefined)
    return { effects: [opaque(`${call.name} ${literal(carrier) ?? ''} runs a command`, carrier.span)] };
  const opens = (meaning === 'create' || meaning === 'update') && opensToAll(call.args);
  if (meaning !== 'read' && grammar.local?.(command, call)) return harmless(`${provider} on this machine`);
  const effect = effectOf(opens ? 'grant' : meaning, {
    provider,
    path: command.path,
    target: command.operands[0]?.value ?? known(''),
    production: choosesProduction(call),
    environment: grammar.environment?.(command, call) ?? 'production',
  });
  if (read === 'secret' || read === 'token')
    return {
      effects: [effect],
      output: { taints: [{ label: 'secret', from: `${provider} ${command.path.join(' ')}` }] },
    };
  return { effects: [effect], ...(meaning === 'read' ? { output: { taints: [] } } : {}) };
}
