// Says what methods of JavaScript's own objects do: texts, arrays, objects, functions, promises.
import { known, text as knownText, mergeTaints } from '../../core/value.ts';
import { anyText, callable, pure } from '../action.ts';
import { allTaints, call, handOverAll } from '../call.ts';
import { addTo } from '../target.ts';
import {
  asValue,
  data,
  inert,
  iterate,
  joinMaybe,
  joinThings,
  type ListThing,
  listOf,
  manyOf,
  type ObjectThing,
  type Thing,
  taintsOf,
  textOf,
  unknownThing,
} from '../thing.ts';
import { type Called, giveUp, note } from '../world.ts';
import { useFile } from './files.ts';
import { useConnection } from './programs.ts';

export function useMethod(self: Thing, name: string, called: Called): Thing | undefined {
  if (name === 'then' || name === 'catch' || name === 'finally') return settle(self, name, called);
  if (callable(self) && self.kind !== 'either') {
    const used = useFunction(self, name, called);
    if (used) return used;
  }
  switch (self.kind) {
    case 'text':
      return useText(self, name, called);
    case 'list':
      return useList(self, name, called);
    case 'dict':
      return self.entries.has(name)
        ? undefined
        : ['hasOwnProperty', 'toString', 'valueOf', 'propertyIsEnumerable'].includes(name)
          ? data(taintsOf(self))
          : undefined;
    case 'object':
      return useObject(self, name, called);
    default:
      return undefined;
  }
}

/** A promise stands for what it gives. */
function settle(self: Thing, name: string, called: Called): Thing | undefined {
  if (self.kind === 'dict' && self.entries.has(name)) return undefined;
  if (self.kind === 'ref' && name !== 'then') return undefined;
  const given = name === 'then' ? self : data();
  const results = called.args.map((callback, index) =>
    callable(callback) || callback.kind === 'either'
      ? call(callback, {
          ...called,
          args: name === 'finally' ? [] : [index === 0 ? given : data()],
          named: new Map(),
          more: undefined,
        })
      : data(),
  );
  return name === 'then' ? (results[0] ?? self) : joinMaybe(self, results[0]);
}

function useFunction(self: Thing, name: string, called: Called): Thing | undefined {
  const [, ...rest] = called.args;
  if (name === 'call') return call(self, { ...called, args: rest });
  if (name === 'apply') {
    const [list] = rest;
    if (list?.kind === 'list' && list.items) return call(self, { ...called, args: list.items });
    return call(self, { ...called, args: [], more: list ? iterate(list) : undefined });
  }
  if (name !== 'bind') return undefined;
  if (rest.length === 0) return self;
  // The other arguments come later; what is known of the call is read now.
  call(self, { ...called, args: rest, more: unknownThing('given later') });
  return self;
}

function useText(self: Extract<Thing, { kind: 'text' }>, name: string, called: Called): Thing | undefined {
  const written = knownText(self.value);
  const taints = mergeTaints(self.taints, allTaints(called));
  const args = called.args.map((each) => knownText(asValue(each)));
  const folded = (change: (text: string) => string): Thing =>
    written === undefined ? anyText('a changed text', taints) : textOf(known(change(written)), taints);
  switch (name) {
    case 'trim':
      return folded((text) => text.trim());
    case 'toLowerCase':
      return folded((text) => text.toLowerCase());
    case 'toUpperCase':
      return folded((text) => text.toUpperCase());
    case 'toString':
      return args.length === 0 ? self : anyText('a number as text', taints);
    case 'concat':
      return written !== undefined && args.every((each) => each !== undefined)
        ? textOf(known(written + args.join('')), taints)
        : anyText('joined', taints);
    case 'replace':
    case 'replaceAll': {
      handOverAll(called, [anyText('a match', self.taints)]);
      const [from, to] = args;
      if (from === undefined || to === undefined || to.includes('$')) return anyText('a changed text', taints);
      return folded((text) => (name === 'replace' ? text.replace(from, to) : text.replaceAll(from, to)));
    }
    case 'split': {
      const [at] = args;
      if (written === undefined || at === undefined || at === '' || args.length > 1)
        return manyOf(anyText('part of a text', taints));
      return listOf(written.split(at).map((part) => textOf(known(part), taints)));
    }
    default:
      return undefined;
  }
}

const EACH = new Set([
  'map',
  'filter',
  'forEach',
  'some',
  'every',
  'find',
  'findIndex',
  'findLast',
  'findLastIndex',
  'flatMap',
  'sort',
  'toSorted',
  'reduce',
  'reduceRight',
]);

function useList(self: ListThing, name: string, called: Called): Thing | undefined {
  const [first] = called.args;
  const element = self.element ?? data();
  if (EACH.has(name)) return useEach(self, element, name, called);
  switch (name) {
    case 'push':
    case 'unshift':
      for (const each of called.args) addTo(self, each, called.world);
      if (called.more) addTo(self, called.more, called.world);
      if (called.more || name === 'unshift') self.items = undefined;
      return data();
    case 'pop':
    case 'shift':
      self.items = undefined;
      return element;
    case 'at':
    case 'next':
      return element;
    case 'splice':
      for (const each of called.args.slice(2)) addTo(self, each, called.world);
      self.items = undefined;
      return manyOf(self.element);
    case 'concat':
      return manyOf(
        [...called.args].reduce<Thing | undefined>(
          (sum, each) => joinMaybe(sum, each.kind === 'list' ? each.element : each),
          self.element,
        ),
      );
    case 'slice':
    case 'reverse':
    case 'flat':
    case 'values':
    case 'toReversed':
    case 'fill': {
      if (name === 'fill' && first) addTo(self, first, called.world);
      const inner = name === 'flat' && element.kind === 'list' ? element.element : self.element;
      return manyOf(inner);
    }
    case 'entries':
      return manyOf(listOf([data(), element]));
    case 'join': {
      const parts = self.items?.map((each) => knownText(asValue(each)));
      const between = first === undefined ? ',' : knownText(asValue(first));
      return parts && between !== undefined && parts.every((part) => part !== undefined)
        ? textOf(known(parts.join(between)), taintsOf(self))
        : anyText('joined', taintsOf(self));
    }
    case 'includes':
    case 'indexOf':
    case 'lastIndexOf':
    case 'keys':
      return data(taintsOf(self));
    case 'toString':
      return anyText('joined', taintsOf(self));
    default:
      return undefined;
  }
}

function useEach(self: ListThing, element: Thing, name: string, called: Called): Thing {
  const [callback, start] = called.args;
  if (!callback) return name === 'sort' || name === 'toSorted' ? manyOf(self.element) : data();
  const index = textOf({ kind: 'unknown', because: 'an index' });
  const folds = name.startsWith('reduce');
  const args = folds
    ? [start ?? element, element, index, self]
    : name.includes('ort')
      ? [element, element]
      : [element, index, self];
  const run = (given: readonly Thing[]): Thing =>
    call(callback, { ...called, args: given, named: new Map(), more: undefined });
  const result = run(args);
  if (folds) return joinThings(run([joinThings(result, start ?? element), element, index, self]), start ?? element);
  if (name === 'map') return manyOf(result);
  if (name === 'flatMap') return manyOf(result.kind === 'list' ? result.element : result);
  if (name === 'filter' || name.includes('ort')) return manyOf(self.element);
  return name === 'find' || name === 'findLast' ? element : data(taintsOf(self));
}

function useObject(self: ObjectThing, name: string, called: Called): Thing | undefined {
  const { world } = called;
  switch (self.type) {
    case 'file':
      return useFile(self, name, called);
    case 'stdout':
      if (name === 'write') note(world, asValue(called.args[0]), allTaints(called));
      return ['write', 'end', 'on', 'once', 'cursorTo', 'clearLine'].includes(name) ? pure(called) : undefined;
    case 'stdin': {
      const given = data(self.taints);
      if (name === 'on' || name === 'once') {
        const callback = called.args[1];
        if (callback) call(callback, { ...called, args: [given] });
        return self;
      }
      return ['setEncoding', 'resume', 'read', '[]', 'toString', 'pause', 'unref'].includes(name) ? given : undefined;
    }
    case 'url':
      return ['toString', 'toJSON'].includes(name) ? textOf(self.value, self.taints) : undefined;
    case 'foreign':
    case 'package':
      return useForeign(self, name, called);
    case 'instance':
      return undefined;
    default:
      return useConnection(self, name, called);
  }
}

/** Names under which code that is not read may change more than the files of the project. */
const FAR_REACHING =
  /delete|drop|remove|truncate|destroy|purge|wipe|clear|unlink|rename|move|chmod|flush|reset|kill|send|mail|upload|publish|deploy|execute|exec|eval|run|system|spawn|migrate|push|commit|save|write|create|update|insert|post|put|patch|charge|pay|transfer|grant|revoke|template|compile/i;

/** The same for packages whose functions are known to compute. */
const WRITING =
  /write|unlink|exec|run|spawn|eval|compile|template|remove|delete|emit|save|output|invoke|call|apply|bind/i;

function useForeign(self: ObjectThing, name: string, called: Called): Thing {
  handOverAll(called);
  const taints = mergeTaints(self.taints, allTaints(called));
  const what = name === '()' ? (knownText(self.value) ?? '') : name;
  if (name === '[]') return self;
  if ((self.type === 'package' ? WRITING : FAR_REACHING).test(what))
    return giveUp(called.world, `${what} of a module that is not read is called`);
  if (taints.some((taint) => taint.label === 'secret'))
    return giveUp(called.world, 'a secret is handed to a module that is not read');
  return inert(self) ? data(taints) : { ...self, taints };
}
