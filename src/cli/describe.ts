// Says in one line what an effect is about. Judges nothing.
import type { Effect, RefUpdate } from '../core/effect.ts';
import { show, type Value } from '../core/value.ts';
import { clip } from './terminal.ts';

/** Where and how it happens is shown elsewhere; labels are shown as data flows. */
const ELSEWHERE = new Set(['kind', 'span', 'via', 'place', 'root', 'invocation', 'projectCode', 'taints']);

const isValue = (field: unknown): field is Value =>
  typeof field === 'object' && field !== null && 'kind' in field && typeof field.kind === 'string';
const isRef = (field: unknown): field is RefUpdate => typeof field === 'object' && field !== null && 'dst' in field;

function describeField(field: unknown): string {
  if (isValue(field)) return show(field);
  if (isRef(field)) return `${field.force ? '+' : ''}${show(field.src)}:${show(field.dst)}`;
  if (Array.isArray(field)) return `[${field.map(describeField).join(', ')}]`;
  return String(field);
}

export function describeEffect(effect: Effect): string {
  const fields = Object.entries(effect).flatMap(([name, field]) => {
    if (ELSEWHERE.has(name) || field === undefined || field === false) return [];
    return [field === true ? name : `${name}=${clip(describeField(field), 80)}`];
  });
  const place = effect.place.kind === 'local' ? [] : [`in ${effect.place.kind} ${effect.place.name}`];
  return [...fields, ...place, ...(effect.root ? ['as root'] : [])].join(' ');
}
