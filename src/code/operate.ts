// Owns what the operators of a snippet give: joined texts, joined paths, formatted texts.
import { concat, known, text as knownText, mergeTaints, unknown, type Value } from '../core/value.ts';
import {
  asValue,
  data,
  dictOf,
  elementOf,
  inert,
  joinMaybe,
  joinThings,
  listOf,
  manyOf,
  type Thing,
  taintsOf,
  textOf,
  unknownThing,
} from './thing.ts';

/** `left operator right`. Only `+`, `/` and `%` give texts that are followed. */
export function operate(operator: string, left: Thing, right: Thing): Thing {
  if (operator === '+') return plus(left, right);
  const taints = mergeTaints(taintsOf(left), taintsOf(right));
  if (operator === '/' && left.kind === 'object' && left.type === 'path')
    return { ...left, value: joinPathValues(left.value, asValue(right)), taints };
  if (operator === '/' && right.kind === 'object' && right.type === 'path' && left.kind === 'text')
    return { ...right, value: joinPathValues(left.value, right.value), taints };
  if (operator === '/' && left.kind === 'either')
    return left.of.map((each) => operate(operator, each, right)).reduce(joinThings);
  if (operator === '%' && left.kind === 'text' && !left.number) return formatPercent(left, right);
  if (operator === '|' && left.kind === 'dict' && right.kind === 'dict')
    return dictOf([...left.entries, ...right.entries], joinMaybe(left.rest, right.rest));
  if (inert(left) && inert(right)) {
    if (left.kind === 'list' || right.kind === 'list') return manyOf(joinMaybe(elementOf(left), elementOf(right)));
    return data(taints);
  }
  if (left.kind === 'list' && (right.kind === 'list' || inert(right)))
    return manyOf(joinMaybe(left.element, right.kind === 'list' ? right.element : undefined));
  return ofPackage(left, right) ?? unknownThing('computed', taints);
}

/** What a package makes of its own values stays its own. */
const ofPackage = (left: Thing, right: Thing): Thing | undefined =>
  [left, right].find(
    (thing, _, both) =>
      thing.kind === 'object' &&
      thing.type === 'package' &&
      both.every((each) => each === thing || inert(each) || (each.kind === 'object' && each.type === 'package')),
  );

export function plus(left: Thing, right: Thing): Thing {
  const taints = mergeTaints(taintsOf(left), taintsOf(right));
  if (left.kind === 'list' && right.kind === 'list')
    return left.items && right.items
      ? listOf([...left.items, ...right.items])
      : manyOf(joinMaybe(left.element, right.element));
  if (left.kind === 'text' && right.kind === 'text')
    return left.number && right.number ? data(taints) : textOf(concat(left.value, right.value), taints);
  if (left.kind === 'text' || right.kind === 'text') return textOf(concat(asValue(left), asValue(right)), taints);
  return inert(left) && inert(right) ? data(taints) : (ofPackage(left, right) ?? unknownThing('computed', taints));
}

/** Both path values joined: an absolute second one replaces the first. */
export function joinPathValues(left: Value, right: Value): Value {
  const tail = knownText(right);
  if (tail?.startsWith('/')) return right;
  if (right.kind === 'pattern' && right.prefix.startsWith('/')) return right;
  const head = knownText(left);
  if (head === '' || head === '.') return right;
  return concat(head?.endsWith('/') ? left : concat(left, known('/')), right);
}

function formatPercent(left: Extract<Thing, { kind: 'text' }>, right: Thing): Thing {
  const taints = mergeTaints(left.taints, taintsOf(right));
  const template = knownText(left.value);
  const values = right.kind === 'list' ? right.items : [right];
  if (template === undefined || values === undefined) return textOf(unknown('formatted'), taints);
  const parts = template.split('%s');
  if (parts.length !== values.length + 1 || parts.some((part) => part.includes('%'))) {
    return textOf(concat(known(template.slice(0, template.indexOf('%'))), unknown('formatted')), taints);
  }
  let value = known(parts[0] as string);
  values.forEach((each, index) => {
    value = concat(concat(value, asValue(each)), known(parts[index + 1] as string));
  });
  return textOf(value, taints);
}
