// Turns environment variables that make programs run, load or trust something into effects; knows nothing of policy.
import type { Assignment, Word } from '../core/invocation.ts';
import { certainFolder, isWithin, joinPath } from '../core/path.ts';
import type { Call, EffectDraft, Run } from '../core/program.ts';
import { PROXY_PROPERTY, throughProxy } from '../core/proxy.ts';
import { known, show, text, texts, why } from '../core/value.ts';
import { opaque } from './kit.ts';
import { LOADS, type Meaning, meaningOf, OPTIONS, PLAIN_COMMANDS, TOOL_FOLDERS } from './variables.ts';

type Setting = Pick<Call, 'cwd' | 'context' | 'name'>;

interface Found {
  readonly effects: readonly EffectDraft[];
  readonly runs: readonly Run[];
}

const NOTHING: Found = { effects: [], runs: [] };
const effect = (...effects: readonly EffectDraft[]): Found => ({ effects, runs: [] });

/** What the variables set for one program, or exported to all that follow, make happen. */
export function environmentEffects(
  assignments: readonly Assignment[],
  call: Setting,
): { effects: EffectDraft[]; runs: Run[] } {
  const found = assignments.map((assignment) => {
    const meaning = meaningOf(assignment.name);
    return meaning === undefined ? NOTHING : read(meaning, assignment, call, assignments);
  });
  return { effects: found.flatMap(({ effects }) => effects), runs: found.flatMap(({ runs }) => runs) };
}

function read(meaning: Meaning, { name, word }: Assignment, call: Setting, all: readonly Assignment[]): Found {
  const whole = text(word.value);
  if (whole === '' && meaning !== 'empty-weakens' && meaning !== 'history') return NOTHING;
  switch (meaning) {
    case 'preload':
      return effect({ kind: 'privilege', how: 'preload', what: `${name}=${show(word.value)}` });
    case 'search-path':
      return searchPath(name, word, call);
    case 'start-up':
      return startUp(name, word, call);
    case 'command':
      return command(name, word);
    case 'prompt':
      return whole !== undefined && (name === 'PROMPT_COMMAND' || /\$\(|`/.test(whole))
        ? { effects: [], runs: [{ kind: 'shell', text: word, via: name }] }
        : unknownly(name, word);
    case 'options':
      return options(name, word);
    case 'loads':
      return insideProject(word, call)
        ? NOTHING
        : effect(opaque(`${name} ${LOADS[name] ?? 'loads settings that are not read'}`, word.span));
    case 'weakens':
      return whole === undefined || /^(0|false|no|off|1|true|yes|\*|all)$/i.test(whole)
        ? effect({ kind: 'weaken', what: `${name}=${show(word.value)}` })
        : NOTHING;
    case 'empty-weakens':
      return whole === '' || whole === '/dev/null'
        ? effect({ kind: 'weaken', what: `${name} is emptied` })
        : whole === undefined
          ? effect(opaque(`${name} is not known`, word.span))
          : NOTHING;
    case 'history':
      return whole === undefined || /^($|0$|\/dev\/null$|ignore)/.test(whole)
        ? effect({ kind: 'weaken', what: `shell history (${name}=${show(word.value)})` })
        : NOTHING;
    case 'key-log':
      return effect(
        { kind: 'weaken', what: 'TLS keys are written to a file' },
        { kind: 'fs.write', path: word.value, how: 'append', span: word.span },
      );
    case 'registry':
      return effect({
        kind: 'pkg.configure',
        manager: name.split('_')[0]?.toLowerCase() ?? name,
        key: name,
        value: word.value,
        global: false,
      });
    case 'proxy':
      return effect(...throughProxy(word.value).map((each): EffectDraft => ({ ...each, span: word.span })));
    case 'skips-hooks':
      if (/^(HUSKY|LEFTHOOK)$/.test(name) && whole !== undefined && !/^(0|false)$/.test(whole)) return NOTHING;
      return effect({ kind: 'bypass', what: 'hooks', detail: name });
    case 'guard':
      return effect({ kind: 'self.change', what: `the settings of the guard (${name})` });
    case 'git-key':
      return effect({
        kind: 'git.configure',
        key: word.value,
        value: all.find((each) => each.name === name.replace('_KEY_', '_VALUE_'))?.word.value,
        scope: 'command',
      });
    default:
      return meaning satisfies never;
  }
}

const unknownly = (name: string, word: Word): Found => {
  const because = why(word.value);
  return because === undefined ? NOTHING : effect(opaque(`${name} is not known: ${because}`, word.span));
};

/** Folders searched for programs, libraries or modules: the project's, the system's and tool chains' own are ordinary. */
function searchPath(name: string, word: Word, call: Setting): Found {
  const { value } = word;
  const entries =
    value.kind === 'known'
      ? value.text.split(':')
      : value.kind === 'pattern'
        ? [...value.prefix.split(':').slice(0, -1), ...value.suffix.split(':').slice(1), ...middle(word)]
        : undefined;
  if (entries === undefined)
    return value.kind === 'oneOf'
      ? found(value.texts.map((each) => searchPath(name, { ...word, value: { kind: 'known', text: each } }, call)))
      : unknownly(name, word);
  const strange = entries.filter((entry) => entry !== '' && !entry.startsWith('$') && !ordinaryFolder(entry, call));
  return effect(
    ...strange.map(
      (entry): EffectDraft => ({
        kind: 'code.run',
        origin: 'elsewhere',
        language: 'unknown',
        what: { kind: 'known', text: `${name} entry ${entry}` },
        taints: word.taints,
        span: word.span,
      }),
    ),
  );
}

/** A head or tail glued to the unknown part makes an entry whose text is not known. */
function middle({ value }: Word): string[] {
  if (value.kind !== 'pattern') return [];
  const head = value.prefix.split(':').at(-1) ?? '';
  const tail = value.suffix.split(':')[0] ?? '';
  return [...(head === '' ? [] : [`${head}…`]), ...(tail === '' ? [] : [`…${tail}`])];
}

function ordinaryFolder(entry: string, { cwd, context }: Setting): boolean {
  if (entry.includes('…')) return false;
  const base = text(cwd);
  const path = entry.startsWith('/') ? joinPath('/', entry) : base === undefined ? undefined : joinPath(base, entry);
  if (path === undefined) return false;
  if (isWithin(path, context.projectRoot)) return true;
  return TOOL_FOLDERS.test(path.startsWith(`${context.home}/`) ? `~${path.slice(context.home.length)}` : path);
}

function insideProject(word: Word, { cwd, context }: Setting): boolean {
  const all = texts(word.value);
  const base = text(cwd);
  if (all && base !== undefined)
    return all.every((each) => each === '/dev/null' || isWithin(joinPath(base, each), context.projectRoot));
  const folder = certainFolder(word.value);
  return folder !== undefined && isWithin(folder, context.projectRoot);
}

/** Files that an interpreter or shell reads before anything else. */
function startUp(name: string, word: Word, call: Setting): Found {
  const whole = text(word.value);
  if (whole === undefined) return unknownly(name, word);
  // ENV is also a usual name for a deployment's stage.
  if (name === 'ENV' && !whole.includes('/')) return NOTHING;
  const base = text(call.cwd);
  const path = base === undefined ? whole : joinPath(base, whole);
  const language = name.startsWith('PYTHON') ? ('python' as const) : ('shell' as const);
  return { effects: [], runs: [{ kind: 'file', path: { kind: 'known', text: path }, language, via: name }] };
}

/** Text that another program hands to a shell: pagers, editors, transports. */
function command(name: string, word: Word): Found {
  const all = texts(word.value);
  if (all === undefined) return unknownly(name, word);
  const strange = all.filter((each) => !PLAIN_COMMANDS.test(each.trim()));
  if (strange.length === 0) return NOTHING;
  const runs = strange.map(
    (each): Run => ({
      kind: 'shell',
      text: { ...word, value: { kind: 'known', text: each.replace(/^\||^\(\)\s*/, '') } },
      via: name,
    }),
  );
  // Another key or transport decides whom the remote takes the user for.
  const transport = /SSH/.test(name) && strange.every((each) => /^ssh\s/.test(each));
  return { effects: transport ? [opaque(`${name} calls ssh with other options`, word.span)] : [], runs };
}

/** Options that a program reads from its environment. */
function options(name: string, word: Word): Found {
  const whole = text(word.value);
  const row = OPTIONS[name];
  if (whole === undefined || row === undefined) return unknownly(name, word);
  const words = whole.split(/\s+/).filter((each) => each !== '');
  const effects: EffectDraft[] = [];
  const runs: Run[] = [];
  for (let at = 0; at < words.length; at++) {
    const option = words[at] as string;
    const proxy = PROXY_PROPERTY.exec(option)?.[1];
    if (proxy !== undefined)
      effects.push(...throughProxy(known(proxy)).map((each): EffectDraft => ({ ...each, span: word.span })));
    // Node takes underscores in the names of options for dashes.
    if (row.harmless.test(name === 'NODE_OPTIONS' ? option.replaceAll('_', '-') : option)) continue;
    const load = row.loads?.exec(option);
    const target = load ? (load[1] ?? words[++at]) : undefined;
    if (target === undefined) effects.push(opaque(`${name} holds ${option}, which is not read`, word.span));
    else if (/^[./~]/.test(target))
      runs.push({
        kind: 'file',
        path: { kind: 'known', text: target.startsWith('/') ? target : joinPath('/', target) },
        via: name,
      });
    else
      effects.push({
        kind: 'code.run',
        origin: 'package',
        language: 'unknown',
        what: { kind: 'known', text: target },
        taints: [],
        span: word.span,
      });
  }
  return { effects, runs };
}

const found = (all: readonly Found[]): Found => ({
  effects: all.flatMap(({ effects }) => effects),
  runs: all.flatMap(({ runs }) => runs),
});
