// Says what methods of Python's texts, lists and dictionaries give.
import { known, text as knownText, mergeTaints, pattern, type Value } from '../../core/value.ts';
import { anyText } from '../action.ts';
import { call } from '../call.ts';
import { addTo, setItem } from '../target.ts';
import {
  asValue,
  type DictThing,
  data,
  elementOf,
  iterate,
  joinMaybe,
  joinThings,
  type ListThing,
  listOf,
  literal,
  manyOf,
  type Thing,
  taintsOf,
  textOf,
} from '../thing.ts';
import type { Called } from '../world.ts';

export function useText(self: Extract<Thing, { kind: 'text' }>, name: string, called: Called): Thing | undefined {
  const written = knownText(self.value);
  const taints = mergeTaints(self.taints, ...called.args.map((each) => taintsOf(each)));
  const args = called.args.map((each) => knownText(asValue(each)));
  const folded = (change: (text: string) => string): Thing =>
    written === undefined ? anyText('a changed text', taints) : textOf(known(change(written)), taints);
  switch (name) {
    case 'strip':
      return args.length === 0 ? folded((text) => text.trim()) : anyText('a changed text', taints);
    case 'lower':
      return folded((text) => text.toLowerCase());
    case 'upper':
      return folded((text) => text.toUpperCase());
    case 'encode':
    case 'decode':
      return textOf(self.value, taints);
    case 'replace': {
      const [from, to] = args;
      if (from === undefined || to === undefined || args.length > 2) return anyText('a changed text', taints);
      return folded((text) => text.replaceAll(from, to));
    }
    case 'join': {
      const [list] = called.args;
      if (list?.kind !== 'list' || !list.items || written === undefined)
        return anyText('joined', mergeTaints(taints, taintsOf(list)));
      const parts = list.items.map((each) => knownText(asValue(each)));
      return parts.every((part) => part !== undefined)
        ? textOf(known(parts.join(written)), mergeTaints(taints, taintsOf(list)))
        : anyText('joined', mergeTaints(taints, taintsOf(list)));
    }
    case 'split': {
      const at = args.length === 1 ? args[0] : undefined;
      if (written === undefined || (called.args.length > 0 && !at)) return manyOf(anyText('part of a text', taints));
      const parts = at ? written.split(at) : written.split(/\s+/).filter((part) => part !== '');
      return listOf(parts.map((part) => textOf(known(part), taints)));
    }
    case 'splitlines':
      return written === undefined
        ? manyOf(anyText('a line', taints))
        : listOf(written.split('\n').map((line) => textOf(known(line), taints)));
    case 'format':
      return formatted(self.value, called, taints);
    default:
      return undefined;
  }
}

function formatted(template: Value, called: Called, taints: readonly ReturnType<typeof taintsOf>[number][]): Thing {
  const all = mergeTaints(taints, ...[...called.named.values()].map((each) => taintsOf(each)), taintsOf(called.more));
  const written = knownText(template);
  if (written === undefined || called.more) return anyText('formatted', all);
  const parts = written.split(/\{(\w*)\}/);
  if (parts.some((part, index) => index % 2 === 0 && /[{}]/.test(part))) return anyText('formatted', all);
  let next = 0;
  const texts = parts.map((part, index) => {
    if (index % 2 === 0) return part;
    const thing =
      part === '' ? called.args[next++] : /^\d+$/.test(part) ? called.args[Number(part)] : called.named.get(part);
    return knownText(asValue(thing));
  });
  const cut = texts.indexOf(undefined);
  if (cut < 0) return textOf(known(texts.join('')), all);
  return textOf(pattern(texts.slice(0, cut).join(''), '', 'formatted'), all);
}

export function useList(self: ListThing, name: string, called: Called): Thing | undefined {
  const [first] = called.args;
  switch (name) {
    case 'append':
    case 'add':
    case 'appendleft':
    case 'put':
      if (first) addTo(self, first, called.world);
      return data();
    case 'insert':
      if (called.args[1]) addTo(self, called.args[1], called.world);
      self.items = undefined;
      return data();
    case 'extend':
    case 'update':
    case 'union':
      if (first?.kind === 'list' && first.items && self.items)
        for (const each of first.items) addTo(self, each, called.world);
      else if (first) {
        addTo(self, iterate(first), called.world);
        self.items = undefined;
      }
      return self;
    case 'pop':
    case 'popleft':
    case 'get':
      self.items = undefined;
      return self.element ?? data();
    case 'sort': {
      const key = called.named.get('key');
      if (key) call(key, { ...called, args: [self.element ?? data()], named: new Map() });
      self.items = undefined;
      return data();
    }
    case 'reverse':
    case 'remove':
    case 'clear':
    case 'discard':
      self.items = undefined;
      return data();
    case 'copy':
    case 'difference':
    case 'intersection':
      return manyOf(self.element);
    case 'index':
    case 'count':
    case 'issubset':
    case 'issuperset':
      return data(taintsOf(self));
    // What an iterator or generator gives.
    case 'send':
    case '__next__':
      return self.element ?? data();
    case 'close':
      return data();
    default:
      return undefined;
  }
}

export function useDict(self: DictThing, name: string, called: Called): Thing | undefined {
  const [key, value] = called.args;
  const written = key && knownText(asValue(key));
  switch (name) {
    case 'get':
    case 'pop':
    case 'setdefault': {
      if (name === 'setdefault' && key && value) setItem(self, key, value, called.world);
      const have = written === undefined ? undefined : self.entries.get(written);
      const found = have && !self.rest ? have : self.entries.size + (self.rest ? 1 : 0) > 0 ? elementOf(self) : data();
      return value ? joinThings(found, value) : found;
    }
    case 'items':
      return manyOf(listOf([iterate(self), elementOf(self)]));
    case 'keys':
      return manyOf(iterate(self));
    case 'values':
      return manyOf(elementOf(self));
    case 'update':
      if (key?.kind === 'dict' && !key.rest)
        for (const [each, thing] of key.entries) setItem(self, literal(each), thing, called.world);
      else if (key) self.rest = joinMaybe(self.rest, elementOf(key));
      for (const [each, thing] of called.named) setItem(self, literal(each), thing, called.world);
      return data();
    case 'copy':
      return { kind: 'dict', entries: new Map(self.entries), rest: self.rest };
    case 'clear':
    case 'popitem':
    case 'move_to_end':
      return data();
    default:
      return undefined;
  }
}
