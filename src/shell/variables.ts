// Owns what a name stands for: variables of the command, special parameters, and the part of the environment that is known.
import { OWN_PROCESS, PARENT_PROCESS, type Word } from '../core/invocation.ts';
import { secretVariable } from '../core/sensitive.ts';
import { known, mergeTaints, number, type Taint, unknown, type Value } from '../core/value.ts';
import type { State, Variable } from './state.ts';
import { NO_TAINTS, type Trace } from './trace.ts';

const NUMBERS = new Set([
  '?',
  '#',
  'RANDOM',
  'SRANDOM',
  'LINENO',
  'SECONDS',
  'EPOCHSECONDS',
  'UID',
  'EUID',
  'SHLVL',
  'OPTIND',
  'COLUMNS',
  'LINES',
]);
const OWN_PROCESSES = new Set(['!', '$', 'BASHPID']);

/** The variable as a program or expansion would see it. */
export function lookUp(trace: Trace, state: State, name: string): Variable {
  const set = state.vars.get(name);
  if (set) return set;
  return { ...outside(trace, state, name), exported: true };
}

function outside(trace: Trace, state: State, name: string): { value: Value; taints: readonly Taint[] } {
  if (name === 'PWD') return plain(state.cwd);
  if (name === 'OLDPWD') return plain(state.oldCwd);
  if (name === 'IFS') return plain(known(' \t\n'));
  if (OWN_PROCESSES.has(name)) return plain(number(OWN_PROCESS));
  if (name === 'PPID') return plain(number(PARENT_PROCESS));
  if (NUMBERS.has(name)) return plain(number(`$${name} is a number`));
  if (/^\d+$/.test(name)) return positional(state, Number(name));
  if (name === '@' || name === '*') return all(state);
  if (name === '_' || name === '-') return plain(unknown(`$${name} depends on what ran before`));
  const given = trace.context.env[name];
  if (given !== undefined) return plain(known(given));
  return {
    value: unknown(`$${name} is not set in this command`),
    taints: secretVariable(name) ? [{ label: 'secret', from: `$${name}` }] : NO_TAINTS,
  };
}

const plain = (value: Value): { value: Value; taints: readonly Taint[] } => ({ value, taints: NO_TAINTS });

function positional(state: State, index: number): { value: Value; taints: readonly Taint[] } {
  if (state.positionalUnknown) return plain(unknown(`argument ${index} of the script`));
  const word = state.positional[index];
  if (word) return word;
  return plain(index === 0 ? unknown('the name of the script') : known(''));
}

function all(state: State): { value: Value; taints: readonly Taint[] } {
  const words = state.positional.slice(1);
  const taints = mergeTaints(...words.map((word) => word.taints));
  if (state.positionalUnknown || words.some((word) => word.value.kind !== 'known' || word.fields === 'many'))
    return { value: unknown('the arguments of the script'), taints };
  return { value: known(words.map((word) => (word.value.kind === 'known' ? word.value.text : '')).join(' ')), taints };
}

/** `"$@"` or `"${array[@]}"` as words of their own; undefined when their number is not known. */
export function listOf(state: State, name: string): readonly Word[] | undefined {
  if (name === '@' || name === '*') return state.positionalUnknown ? undefined : state.positional.slice(1);
  return state.vars.get(name)?.elements;
}

export function setVariable(
  state: State,
  name: string,
  value: Value,
  taints: readonly Taint[],
  options: { exported?: boolean; elements?: readonly Word[]; each?: Value | undefined } = {},
): void {
  const before = state.vars.get(name);
  state.vars.set(name, {
    value,
    taints,
    exported: options.exported ?? before?.exported ?? false,
    ...(options.elements ? { elements: options.elements } : {}),
    ...(options.each ? { each: options.each } : {}),
    ...(before?.integer ? { integer: true } : {}),
  });
}
