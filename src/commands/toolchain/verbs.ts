// Turns the argv of tools of the form `tool verb ...` into effects by a table of their verbs. Knows no single tool.
import type { Word } from '../../core/invocation.ts';
import { type OptionSpec, type ParsedArgs, parseArgs } from '../../core/options.ts';
import { certainlyWithin } from '../../core/path.ts';
import { type Call, defineProgram, type EffectDraft, type Lowering, type Program } from '../../core/program.ts';
import { known } from '../../core/value.ts';
import { at, harmless, literal, opaque } from '../kit.ts';
import { entries } from '../table.ts';
import { carried } from './carried.ts';
import { builds, isDryRun, isFetched, loads, namedEffects, runsProject } from './kit.ts';

export interface VerbTable {
  readonly names: readonly string[];
  readonly options?: OptionSpec;
  /** Verbs that only look. */
  readonly look?: string;
  /** Verbs that build, test or generate: the project's code may run. */
  readonly build?: string;
  /** Verbs that install: without operands what the manifest declares, with operands what they name. */
  readonly install?: string;
  readonly remove?: string;
  readonly publish?: string;
  readonly deploy?: string;
  /** Options that name a file the build makes. */
  readonly outputs?: readonly string[];
  /** Options that load code or configuration. */
  readonly loads?: readonly string[];
  /** Verbs described in code. */
  readonly special?: (call: Call, verb: string, rest: readonly Word[], parsed: ParsedArgs) => Lowering | undefined;
  /** What a verb that is in no list is: a task of the project's build file, or not known. Default: not known. */
  readonly otherwise?: 'task';
  /** What it does without a verb. Default: prints help. */
  readonly bare?: 'build';
  /** Words that are all tasks, not one verb with operands (gradle, mvn, rake, ninja). */
  readonly tasks?: boolean;
  readonly examples: Program['examples'];
}

export function defineVerbs(table: VerbTable): Program {
  const look = new Set(entries(table.look ?? ''));
  const build = new Set(entries(table.build ?? ''));
  const install = new Set(entries(table.install ?? ''));
  const remove = new Set(entries(table.remove ?? ''));
  const publish = new Set(entries(table.publish ?? ''));
  const deploy = new Set(entries(table.deploy ?? ''));
  const spec: OptionSpec = {
    ...table.options,
    values: [...(table.options?.values ?? []), ...(table.outputs ?? []), ...(table.loads ?? [])],
    abbreviations: table.options?.abbreviations ?? false,
  };

  /** A task may stand behind its project (`:lib:publish`), and a verb behind its group (`dart pub publish`). */
  const publishes = (verb: string, operands: readonly Word[]): boolean => {
    const task = verb.split(':').at(-1) ?? '';
    if (publish.has(verb) || publish.has(task)) return true;
    if (table.tasks) return publish.has('publish') && /^publish[A-Z]/.test(task) && !/(Local|M2)$/.test(task);
    return table.otherwise === 'task' && operands.slice(0, 2).some((word) => publish.has(literal(word) ?? ''));
  };

  const meaning = (call: Call, verb: string, rest: readonly Word[], parsed: ParsedArgs): Lowering => {
    const special = table.special?.(call, verb, rest, parsed);
    if (special) return special;
    const what = `${call.name} ${verb}`;
    if (rest.some((word) => /^(--help|-h)$/.test(literal(word) ?? ''))) return harmless(`${what} --help`);
    if (look.has(verb)) return harmless(what);
    if (build.has(verb)) return { effects: [runsProject(what, call)] };
    if (install.has(verb)) return installs(call, parsed);
    if (remove.has(verb))
      return {
        effects: [
          {
            kind: 'pkg.install',
            manager: call.name,
            names: parsed.operands.map((word) => word.value),
            source: 'manifest',
            global: false,
            remove: true,
          },
        ],
      };
    if (publishes(verb, parsed.operands))
      return isDryRun(parsed, '-n')
        ? harmless(`${what} --dry-run`)
        : { effects: [{ kind: 'pkg.publish', manager: call.name, what: what }] };
    if (deploy.has(verb)) return { effects: [{ kind: 'deploy', platform: call.name, environment: 'unknown', what }] };
    if (table.otherwise === 'task')
      return (
        grouped(call, verb, parsed) ?? {
          effects: [
            runsProject(what, call),
            ...namedEffects(taskOf(verb, parsed.operands), rest.map((word) => literal(word) ?? '').join(' ')),
          ],
        }
      );
    return { effects: [opaque(`${what} is not known`)] };
  };

  const lower = (call: Call): Lowering => {
    const parsed = parseArgs(call.args, spec);
    if (
      call.args.length <= 2 &&
      call.args.some((word) => /^(--version|-version|-V|--help|-h|-help|help|version)$/.test(literal(word) ?? ''))
    )
      return harmless(`${call.name} ${literal(call.args[0])}`);
    const loaded = loads(
      call,
      (table.loads ?? []).flatMap((entry) => parsed.all(firstSpelling(entry))),
      call.name,
    );
    const made = (table.outputs ?? [])
      .flatMap((entry) => parsed.all(firstSpelling(entry)))
      .map((word) => builds(call, word));
    const [head, ...operands] = parsed.operands;
    const unknownWord = parsed.operands.find((word) => literal(word) === undefined);
    if (head === undefined) {
      const bare =
        table.bare === 'build' ? [runsProject(call.name, call)] : [{ kind: 'inspect', what: call.name } as EffectDraft];
      return {
        effects: [
          ...(parsed.dynamic.length > 0 ? [opaque(`what ${call.name} does is not known`)] : bare),
          ...loaded.effects,
          ...made,
        ],
        runs: loaded.runs,
      };
    }
    const verb = literal(head);
    if (verb === undefined || (table.tasks && unknownWord))
      return { effects: [opaque(`what ${call.name} does is not known`, (unknownWord ?? head).span)] };
    if (table.tasks) {
      const all = parsed.operands.map((word) => meaning(call, literal(word) ?? '', [], { ...parsed, operands: [] }));
      return {
        effects: [...all.flatMap((each) => each.effects), ...loaded.effects, ...made],
        runs: [...all.flatMap((each) => each.runs ?? []), ...loaded.runs],
      };
    }
    const lowered = meaning(call, verb, call.args.slice(call.args.indexOf(head) + 1), { ...parsed, operands });
    return {
      ...lowered,
      effects: [...lowered.effects, ...loaded.effects, ...made],
      runs: [...(lowered.runs ?? []), ...loaded.runs],
    };
  };

  return defineProgram({
    names: table.names,
    lower: (call) => carried(call, lower(call)),
    examples: table.examples,
  });
}

/** The spelling of an option by which it is asked for. */
const firstSpelling = (entry: string): string => entry.split(' ')[0] ?? entry;

/** The name of the task: what `run` is given, and no variable that is set. */
const taskOf = (verb: string, operands: readonly Word[]): string =>
  verb === 'run' ? (literal(operands[0])?.split(':').at(-1) ?? '') : /^[\w.-]+[:+?-]?=/.test(verb) ? '' : verb;

/** `pub global activate x`, `pkg install x`, `remote add x`: what the verb of a group does; undefined for other words. */
function grouped(call: Call, group: string, parsed: ParsedArgs): Lowering | undefined {
  const index = parsed.operands.slice(0, 2).findIndex((word) => GROUP_VERBS.test(literal(word) ?? ''));
  if (index < 0) return undefined;
  const inner = literal(parsed.operands[index]) ?? '';
  const what = `${call.name} ${group} ${inner}`;
  if (inner === 'deploy') return { effects: [{ kind: 'deploy', platform: call.name, environment: 'unknown', what }] };
  const operands = parsed.operands.slice(index + 1);
  if (/^(install|add|activate|pin)$/.test(inner) && /^(pub|pkg|package|packages|global|dep|deps|plugin)$/.test(group))
    return operands.length > 0 ? installs(call, { ...parsed, operands }) : undefined;
  return { effects: [opaque(`${what} changes what later calls use`)] };
}
const GROUP_VERBS = /^(install|add|activate|pin|deploy|set|set-url|set-user|delete|erase|destroy|login|logout)$/;

/** An address of a repository; of another file that is downloaded. */
const REPOSITORY = /^(git|hg|ssh)[+@:]|\.git(#.*)?$|^https?:\/\/(github|gitlab|bitbucket)\.\w+\/[^/]+\/[^/]+\/?$/;
const ADDRESS = /^(https?|ftp):/;

/** What a verb that installs brings in: what the project declares, or what its operands name. */
export function installs(call: Call, parsed: ParsedArgs, everywhere = false): Lowering {
  const global =
    everywhere || parsed.options.some((option) => /^(-g|--global|--tool|--user-install|--system)$/.test(option.name));
  if (parsed.operands.length === 0)
    return { effects: [{ kind: 'pkg.install', manager: call.name, names: [], source: 'manifest', global: false }] };
  return {
    effects: parsed.operands.map((word): EffectDraft => {
      const name = literal(word);
      if (name === undefined) return opaque('what is installed is not known', word.span);
      const path = /^[./~]/.test(name);
      const source = REPOSITORY.test(name)
        ? 'git'
        : ADDRESS.test(name)
          ? 'url'
          : path
            ? isFetched(call, at(call, word))
              ? 'url'
              : certainlyWithin(at(call, word), call.context.projectRoot)
                ? 'manifest'
                : 'path'
            : 'registry';
      return { kind: 'pkg.install', manager: call.name, names: [known(name)], source, global, span: word.span };
    }),
  };
}
