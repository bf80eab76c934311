// Says what methods of Python's own objects do: texts, containers, paths, files, archives.
import { known, text as knownText, mergeTaints, pattern, unknown, type Value } from '../../core/value.ts';
import { anyText, argument, copy, read, remove, write } from '../action.ts';
import { allTaints, call, handOverAll, resultOf } from '../call.ts';
import { joinPathValues } from '../evaluate.ts';
import { addTo, setItem } from '../target.ts';
import {
  asValue,
  type DictThing,
  data,
  elementOf,
  handle,
  iterate,
  joinMaybe,
  joinThings,
  type ListThing,
  listOf,
  literal,
  manyOf,
  type ObjectThing,
  type Thing,
  taintsOf,
  textOf,
  unknownThing,
} from '../thing.ts';
import { absolute, type Called, emit, giveUp, note } from '../world.ts';
import { openFile, usePool } from './builtins.ts';
import { ENGINES, useDatabase } from './databases.ts';
import { globbed, nameOf, readVariable } from './functions.ts';
import { useConnection } from './network.ts';
import { useProcess } from './processes.ts';

export function useMethod(self: Thing, name: string, called: Called): Thing | undefined {
  switch (self.kind) {
    case 'text':
      return useText(self, name, called);
    case 'list':
      return useList(self, name, called);
    case 'dict':
      return useDict(self, name, called);
    case 'object':
      return useObject(self, name, called);
    default:
      return undefined;
  }
}

function useText(self: Extract<Thing, { kind: 'text' }>, name: string, called: Called): Thing | undefined {
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

function useList(self: ListThing, name: string, called: Called): Thing | undefined {
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

function useDict(self: DictThing, name: string, called: Called): Thing | undefined {
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

function useObject(self: ObjectThing, name: string, called: Called): Thing | undefined {
  const { world } = called;
  switch (self.type) {
    case 'path':
    case 'entry':
      return usePath(self, name, called);
    case 'file':
    case 'temporary-file':
      return useFile(self, name, called);
    case 'stdout':
      if (name === 'write' || name === 'writelines') {
        const [given] = called.args;
        note(world, asValue(given), taintsOf(given));
      }
      return ['write', 'writelines', 'flush', 'isatty', 'reconfigure', 'fileno', '__enter__'].includes(name)
        ? data()
        : undefined;
    case 'stdin':
      if (name === 'read') return textOf(self.value, self.taints);
      return ['readline', 'readlines', 'isatty', 'fileno', '[]', 'reconfigure'].includes(name)
        ? data(self.taints)
        : undefined;
    case 'temporary-folder':
      return name === '__enter__' ? textOf(self.value) : name === 'cleanup' ? data() : undefined;
    case 'memory': {
      const [given] = called.args;
      if (name === 'write' && given) self.attributes.set('written', data(mergeTaints(taintsOf(self), taintsOf(given))));
      return data(taintsOf(self));
    }
    case 'environment':
      return useEnvironment(self, name, called);
    case 'process':
      return useProcess(self, name, called);
    case 'pool':
      return name === '__enter__' ? self : usePool(name, called);
    case 'archive':
      return useArchive(self, name, called);
    case 'response':
      return name === '__enter__'
        ? self
        : [
              'read',
              'json',
              'raise_for_status',
              'text',
              'iter_content',
              'iter_lines',
              'getheader',
              'getcode',
              'geturl',
              'info',
              'close',
              'decode',
              '[]',
              'readlines',
              'aread',
              'getheaders',
            ].includes(name)
          ? data(self.taints)
          : undefined;
    case 'read-function':
      return ['()', 'start', 'join', 'cancel', 'is_alive', 'result'].includes(name)
        ? unknownThing('the result of a function')
        : undefined;
    case 'super':
      return name === '__init__' || name === '__new__' ? resultOf(data(), called) : undefined;
    case 'foreign':
      return useForeign(self, name, called);
    case 'plain':
      return undefined;
    default:
      if (ENGINES.has(self.type)) return useDatabase(self, name, called);
      return useConnection(self, name, called);
  }
}

function useEnvironment(self: ObjectThing, name: string, called: Called): Thing | undefined {
  const { world } = called;
  const key = called.args[0];
  const variable = knownText(asValue(key));
  switch (name) {
    case '[]':
    case 'get':
    case 'pop':
      return readVariable(called, variable);
    case 'setdefault':
    case '[]=':
      if (variable === undefined || !called.args[1])
        return giveUp(world, 'an environment variable whose name is not known is set');
      world.env.set(variable, {
        value: asValue(called.args[1]),
        taints: taintsOf(called.args[1]),
        fields: 'one',
        span: { start: 0, end: 0 },
      });
      return readVariable(called, variable);
    case 'copy':
      return { kind: 'dict', entries: new Map(), rest: undefined };
    case 'items':
    case 'values':
      return manyOf(data([{ label: 'secret', from: 'the environment' }]));
    case 'keys':
      return manyOf(data());
    case 'update':
      return giveUp(world, 'the environment is changed');
    default:
      return self.kind === 'object' ? undefined : data();
  }
}

const other = (self: ObjectThing, value: Value): Thing => handle('path', value, self.taints);

function usePath(self: ObjectThing, name: string, called: Called): Thing | undefined {
  const { world } = called;
  const path = absolute(world, self.value);
  const target = (): Value => absolute(world, asValue(called.args[0]));
  switch (name) {
    case 'read_text':
    case 'read_bytes':
      return data(mergeTaints(read(world, path), self.taints));
    case 'write_text':
    case 'write_bytes':
      write(world, path, 'overwrite', argument(called, [0, 'data']));
      return data();
    case 'open':
      return openFile(world, textOf(self.value, self.taints), argument(called, [0, 'mode']));
    case 'unlink':
      remove(world, path);
      return data();
    case 'rmdir':
      remove(world, path, false, 'empty');
      return data();
    case 'rename':
    case 'replace':
    case 'move':
      emit(world, { kind: 'fs.move', from: path, to: target() });
      return other(self, asValue(called.args[0]));
    case 'copy':
      copy(world, path, target());
      return other(self, asValue(called.args[0]));
    case 'mkdir':
      emit(world, { kind: 'fs.write', path, how: 'mkdir' });
      return data();
    case 'touch':
      emit(world, { kind: 'fs.write', path, how: 'touch' });
      return data();
    case 'chmod':
    case 'lchmod': {
      const mode = Number(knownText(asValue(called.args[0])) ?? Number.NaN);
      emit(world, {
        kind: 'fs.mode',
        path,
        mode: Number.isInteger(mode) ? known(mode.toString(8)) : unknown('computed'),
        recursive: false,
        what: 'mode',
      });
      return data();
    }
    case 'symlink_to':
    case 'hardlink_to':
      emit(world, { kind: 'fs.write', path, how: 'link', target: target() });
      return data();
    case 'exists':
    case 'is_file':
    case 'is_dir':
    case 'is_symlink':
    case 'stat':
    case 'lstat':
    case 'owner':
    case 'group':
    case 'samefile':
      emit(world, { kind: 'fs.read', path, use: 'names' });
      return data();
    case 'iterdir':
      emit(world, { kind: 'fs.read', path, use: 'names' });
      return manyOf(below(self, '*'));
    case 'glob':
    case 'rglob': {
      emit(world, { kind: 'fs.read', path, use: 'names' });
      const glob = knownText(asValue(called.args[0]));
      if (glob === undefined) return manyOf(other(self, unknown('a glob that is not known')));
      return manyOf(below(self, name === 'rglob' ? `**/${glob}` : glob));
    }
    case 'joinpath':
      return other(self, called.args.map(asValue).reduce(joinPathValues, self.value));
    case 'resolve':
    case 'absolute':
      return other(self, path);
    case 'expanduser': {
      const written = knownText(self.value);
      return other(
        self,
        written?.startsWith('~/') || written === '~'
          ? known(world.setting.context.home + written.slice(1))
          : self.value,
      );
    }
    case 'with_suffix':
    case 'with_name':
    case 'with_stem':
      return other(self, renamed(self.value, name, knownText(asValue(called.args[0]))));
    case 'relative_to':
    case 'as_posix':
    case 'as_uri':
    case 'is_relative_to':
    case 'match':
    case 'is_absolute':
    case 'full_match':
      return name === 'as_posix' ? textOf(self.value, self.taints) : data(self.taints);
    case '__enter__':
      return self;
    default:
      return undefined;
  }
}

function below(self: ObjectThing, glob: string): Thing {
  const folder = knownText(self.value);
  if (folder === undefined)
    return other(
      self,
      self.value.kind === 'pattern'
        ? pattern(self.value.prefix, '', 'a file in a folder', { climbs: self.value.climbs })
        : self.value,
    );
  return other(self, asValue(globbed(folder, glob)));
}

function renamed(value: Value, how: string, part: string | undefined): Value {
  const written = knownText(value);
  if (part === undefined || part.includes('/') || part === '..') return unknown('a computed name');
  if (written !== undefined) {
    const cut = written.lastIndexOf('/') + 1;
    const base = written.slice(cut);
    const dot = base.lastIndexOf('.');
    const stem = dot > 0 ? base.slice(0, dot) : base;
    if (how === 'with_name') return known(written.slice(0, cut) + part);
    return known(written.slice(0, cut) + (how === 'with_suffix' ? stem + part : part + base.slice(stem.length)));
  }
  if (value.kind !== 'pattern') return value;
  return pattern(
    value.prefix.slice(0, value.prefix.lastIndexOf('/') + 1),
    how === 'with_suffix' ? part : '',
    value.because,
    { climbs: value.climbs },
  );
}

function useFile(self: ObjectThing, name: string, called: Called): Thing | undefined {
  const [given] = called.args;
  switch (name) {
    case 'write':
    case 'writelines':
      if (given) writeOn(self, name === 'write' ? given : data(taintsOf(given)), called);
      return data();
    case 'read':
    case 'readline':
    case 'readlines':
    case '[]':
    case 'getvalue':
      return data(taintsOf(self));
    case '__enter__':
      return self;
    case 'close':
    case 'seek':
    case 'tell':
    case 'flush':
    case 'fileno':
    case 'truncate':
    case 'isatty':
    case 'readable':
    case 'writable':
      return data();
    case 'name':
      return textOf(self.value);
    default:
      return undefined;
  }
}

/** The first text written to a handle is the content of the file, the next ones follow it. */
function writeOn(self: ObjectThing, content: Thing, { world }: Called): void {
  if (world.conditional > 0) {
    write(world, self.value, 'edit', data(taintsOf(content)));
    return;
  }
  write(world, self.value, self.attributes.has(WRITTEN) || self.taints.length > 0 ? 'append' : 'overwrite', content);
  self.attributes.set(WRITTEN, data());
}

const WRITTEN = 'written';

function useArchive(self: ObjectThing, name: string, called: Called): Thing | undefined {
  const { world } = called;
  switch (name) {
    case '__enter__':
      return self;
    case 'namelist':
    case 'infolist':
    case 'getnames':
    case 'getmembers':
    case 'read':
    case 'open':
    case 'getinfo':
    case 'extractfile':
    case 'getmember':
    case 'testzip':
      return data(self.taints);
    case 'extractall':
    case 'extract': {
      const to = argument(called, [name === 'extract' ? 1 : 0, 'path']);
      emit(world, {
        kind: 'fs.write',
        path: to ? absolute(world, asValue(to)) : world.cwd,
        how: 'extract',
        ...(self.taints.length > 0 ? { taints: self.taints } : {}),
      });
      return data();
    }
    case 'write':
    case 'add':
      write(world, self.value, 'edit', data(read(world, absolute(world, asValue(called.args[0])), 'copy')));
      return data();
    case 'writestr':
      write(world, self.value, 'edit', data(taintsOf(called.args[1])));
      return data();
    case 'close':
    case 'printdir':
      return data();
    default:
      return undefined;
  }
}

/** Names under which the project's own code may change more than files of the project. */
const FAR_REACHING =
  /delete|drop|remove|truncate|destroy|purge|wipe|flush|reset|kill|send|mail|upload|publish|deploy|execute|exec|eval|run|system|spawn|migrate|push|commit|save|write|create|update|insert|post|put|patch|charge|pay|transfer|grant|revoke/i;

/** Code of the project or of a package that the snippet calls: importing it is an effect of its own. */
function useForeign(self: ObjectThing, name: string, called: Called): Thing {
  handOverAll(called);
  const taints = mergeTaints(self.taints, allTaints(called));
  const what = name === '()' ? (knownText(self.value) ?? '') : name;
  if (FAR_REACHING.test(what.split('.').at(-1) ?? ''))
    return giveUp(called.world, `${what} of a module that is not read is called`);
  if (taints.some((taint) => taint.label === 'secret'))
    return giveUp(called.world, 'a secret is handed to a module that is not read');
  return handle('foreign', self.value, taints);
}

export const stemOf = (self: ObjectThing): Thing => {
  const name = nameOf(textOf(self.value, self.taints));
  const written = knownText(asValue(name));
  return written === undefined
    ? textOf(pattern('', '', 'the name of a file', { climbs: false }), self.taints)
    : literal(written.replace(/(?<=.)\.[^.]*$/, ''));
};
