// Says what methods of Python's paths, files and archives do.
import { known, text as knownText, mergeTaints, pattern, unknown, type Value } from '../../core/value.ts';
import { argument, copy, read, remove, write } from '../action.ts';
import { joinPathValues } from '../operate.ts';
import { asValue, data, handle, literal, manyOf, type ObjectThing, type Thing, taintsOf, textOf } from '../thing.ts';
import { absolute, type Called, emit } from '../world.ts';
import { openFile } from './builtins.ts';
import { globbed, nameOf } from './places.ts';

const other = (self: ObjectThing, value: Value): Thing => handle('path', value, self.taints);

export function usePath(self: ObjectThing, name: string, called: Called): Thing | undefined {
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

export function useFile(self: ObjectThing, name: string, called: Called): Thing | undefined {
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

export function useArchive(self: ObjectThing, name: string, called: Called): Thing | undefined {
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

export const stemOf = (self: ObjectThing): Thing => {
  const name = nameOf(textOf(self.value, self.taints));
  const written = knownText(asValue(name));
  return written === undefined
    ? textOf(pattern('', '', 'the name of a file', { climbs: false }), self.taints)
    : literal(written.replace(/(?<=.)\.[^.]*$/, ''));
};
