// Owns assignments: scalars, `+=`, arrays and elements.
import type { Word } from '../core/invocation.ts';
import { concat, known, mergeTaints, unknown, type Value } from '../core/value.ts';
import { checkEvaluated } from './arithmetic.ts';
import type { Ast } from './parse.ts';
import type { State } from './state.ts';
import type { Frame, Trace } from './trace.ts';
import { lookUp, setVariable } from './variables.ts';
import { expandFields, expandSingle } from './words.ts';

export function assign(trace: Trace, frame: Frame, state: State, node: Ast.Assignment): void {
  if (node.value.type === 'ArrayValue') {
    assignRaw(trace, frame, state, node);
    return;
  }
  const word = expandSingle(trace, frame, state, node.value, true);
  if (node.index) {
    expandSingle(trace, frame, state, node.index);
    const before = lookUp(trace, state, node.name);
    setVariable(
      state,
      node.name,
      unknown(`an element of ${node.name} was set`),
      mergeTaints(before.taints, word.taints),
    );
    return;
  }
  setText(trace, state, node.name, word, node.append === true);
  if (state.vars.get(node.name)?.integer) checkEvaluated(trace, frame, word.value, word.taints, word.span);
}

/** `name=value` or `name+=value`. */
export function setText(
  trace: Trace,
  state: State,
  name: string,
  word: Word & { readonly each?: Value },
  append: boolean,
): void {
  if (!append) {
    setVariable(state, name, word.value, word.taints, { each: word.each });
    return;
  }
  const before = lookUp(trace, state, name);
  setVariable(state, name, concat(before.value, word.value), mergeTaints(before.taints, word.taints));
}

/** `name=(…)`: elements that are all plain words are kept one by one. */
export function assignRaw(trace: Trace, frame: Frame, state: State, node: Ast.Assignment): void {
  if (node.value.type !== 'ArrayValue') return;
  const words = node.value.elements.flatMap((element) => expandFields(trace, frame, state, element));
  const taints = mergeTaints(...words.map((word) => word.taints));
  const before = node.append ? lookUp(trace, state, node.name).elements : [];
  const keyed = node.value.elements.some((element) => element.text.startsWith('['));
  const elements = before === undefined || keyed ? undefined : [...before, ...words];
  const first = elements?.[0];
  setVariable(
    state,
    node.name,
    keyed
      ? unknown(`the elements of ${node.name}`)
      : (first?.value ?? (elements ? known('') : unknown(`the elements of ${node.name}`))),
    taints,
    elements ? { elements } : {},
  );
}
