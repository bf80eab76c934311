// Says which paths and handles the functions of os.path, glob, tempfile, shutil and the archive modules give.
import { secretVariable } from '../../core/sensitive.ts';
import { known, text as knownText, mergeTaints, pattern, type Taint, unknown } from '../../core/value.ts';
import { anyText, argument, copy, fresh, pathAt, read, remove, write, writes } from '../action.ts';
import { joinPathValues } from '../operate.ts';
import { asValue, data, handle, listOf, manyOf, type Thing, taintsOf, textOf } from '../thing.ts';
import { type Action, absolute, type Called, emit, giveUp } from '../world.ts';

export const joined: Action = (called) => {
  const values = called.args.map(asValue);
  const value = called.more ? unknown('several parts') : values.reduce(joinPathValues, known(''));
  return textOf(value, mergeTaints(...called.args.map((each) => taintsOf(each))));
};

/** The value as text, its labels kept. */
export const asText =
  (change: (text: string, called: Called) => string | undefined): Action =>
  (called) => {
    const given = called.args[0];
    const written = knownText(asValue(given));
    const changed = written === undefined ? undefined : change(written, called);
    return changed === undefined
      ? anyText('computed from a path', taintsOf(given))
      : textOf(known(changed), taintsOf(given));
  };

export const expandUser: Action = (called) => {
  const given = called.args[0];
  const value = asValue(given);
  const { home } = called.world.setting.context;
  const expand = (written: string): string =>
    written === '~' || written.startsWith('~/') ? home + written.slice(1) : written;
  if (value.kind === 'known') return textOf(known(expand(value.text)), taintsOf(given));
  if (value.kind === 'pattern') return textOf({ ...value, prefix: expand(value.prefix) }, taintsOf(given));
  return textOf(value, taintsOf(given));
};

export const absolutePath: Action = (called) => textOf(pathAt(called, [0, 'path']), taintsOf(called.args[0]));

export const walk: Action = (called) => {
  const top = asValue(called.args[0]);
  read(called.world, pathAt(called, [0, 'top']), 'names');
  const name = textOf(pattern('', '', 'the name of a file', { climbs: false }));
  const start = knownText(top);
  const below = start === undefined ? top : pattern(start, '', 'a folder below', { climbs: false });
  return manyOf(listOf([textOf(below), manyOf(name), manyOf(name)]));
};

/** The paths a glob gives: below its fixed part, as `pattern`. */
export const globbed = (folder: string, glob: string): Thing => {
  const whole = folder === '' || folder === '.' ? glob : `${folder.replace(/\/$/, '')}/${glob}`;
  const at = whole.search(/[*?[]/);
  if (at < 0) return textOf(known(whole));
  const tail = /[^*?[\]/]*$/.exec(whole)?.[0] ?? '';
  return textOf(pattern(whole.slice(0, at), tail, 'a glob', { climbs: false, glob: whole }));
};

export const glob: Action = (called) => {
  const written = knownText(asValue(called.args[0]));
  const root = called.named.get('root_dir');
  read(called.world, pathAt(called, [0, 'pathname']), 'names');
  return manyOf(written === undefined || root ? anyText('a glob that is not known') : globbed('', written));
};

export const temporaryFolder = (called: Called): string =>
  knownText(asValue(called.named.get('dir'))) ?? called.world.setting.context.tmp[0] ?? '/tmp';

export const temporary =
  (type: 'text' | 'file' | 'folder'): Action =>
  (called) => {
    const dir = called.named.get('dir') ?? (type === 'text' ? called.args[2] : undefined);
    const path =
      dir && knownText(asValue(dir)) === undefined
        ? absolute(called.world, unknown('a folder that is not known'))
        : fresh(`${temporaryFolder(called)}/tmp`);
    emit(called.world, { kind: 'fs.write', path, how: type === 'file' ? 'create' : 'mkdir' });
    return type === 'text' ? textOf(path) : handle(type === 'file' ? 'temporary-file' : 'temporary-folder', path);
  };

export const changeFolder: Action = (called) => {
  const { world } = called;
  world.cwd =
    world.conditional > 0 ? unknown('the working directory changes in a branch') : pathAt(called, [0, 'path']);
  return data();
};

export const rmtree: Action = (called) => {
  remove(called.world, pathAt(called, [0, 'path']), true);
  return data();
};

export const copyTree: Action = (called) => {
  copy(called.world, pathAt(called, [0, 'src']), pathAt(called, [1, 'dst']));
  return data();
};

/** `copy(file, folder)` writes into the folder; a path that ends in `/` says so. */
export const copyFile: Action = (called) => {
  const from = pathAt(called, [0, 'src']);
  const to = argument(called, [1, 'dst']);
  const written = knownText(asValue(to)) ?? '';
  const name = knownText(from)?.split('/').at(-1);
  const target = written.endsWith('/') && name ? known(written + name) : asValue(to);
  copy(called.world, from, absolute(called.world, target));
  return textOf(target, taintsOf(to));
};

export const extract =
  (to: 1 | 2): Action =>
  (called) => {
    read(called.world, pathAt(called, [0]), 'content');
    emit(called.world, {
      kind: 'fs.write',
      path: argument(called, [to, 'extract_dir']) ? pathAt(called, [to, 'extract_dir']) : called.world.cwd,
      how: 'extract',
    });
    return data();
  };

export const openArchive: Action = (called) => {
  const mode = knownText(asValue(argument(called, [1, 'mode']) ?? textOf(known('r'))));
  const given = argument(called, [0, 'file']) ?? argument(called, [0, 'name']);
  const path = absolute(called.world, asValue(given));
  if (mode === undefined) return giveUp(called.world, 'an archive is opened in a mode that is not known');
  if (/^[wax]/.test(mode)) {
    write(called.world, path, 'overwrite');
    return handle('archive', path);
  }
  // An archive in memory is data that was read before.
  const taints = given && given.kind !== 'text' && given.kind !== 'object' ? taintsOf(given) : read(called.world, path);
  return handle('archive', path, mergeTaints(taints, taintsOf(given)));
};

export const compressedFile: Action = (called) => {
  const mode = knownText(asValue(argument(called, [1, 'mode']) ?? textOf(known('rb'))));
  const path = pathAt(called, [0, 'filename']);
  if (mode !== undefined && /^r/.test(mode)) return handle('file', path, read(called.world, path));
  write(called.world, path, 'overwrite');
  return handle('file', path);
};

export const makeFolder = writes([0, 'name'], 'mkdir');
export const environment: Action = (called) => readVariable(called, knownText(asValue(called.args[0])));

export function readVariable(called: Called, name: string | undefined): Thing {
  const fallback = called.args[1];
  if (name === undefined) return anyText('an environment variable whose name is not known');
  const word = called.world.env.get(name) ?? called.world.setting.env(name);
  if (word) return textOf(word.value, word.taints);
  return anyText(`the environment variable ${name}`, mergeTaints(labelOfVariable(name), taintsOf(fallback)));
}

const labelOfVariable = (name: string): readonly Taint[] =>
  secretVariable(name) ? [{ label: 'secret', from: name }] : [];

/** The last part of a path never climbs. */
export function nameOf(thing: Thing | undefined): Thing {
  const value = asValue(thing);
  const written = knownText(value);
  if (written !== undefined) return textOf(known(written.replace(/\/+$/, '').split('/').at(-1) ?? ''), taintsOf(thing));
  const suffix = value.kind === 'pattern' ? (value.suffix.split('/').at(-1) ?? '') : '';
  return textOf(pattern('', suffix, 'the name of a file', { climbs: false }), taintsOf(thing));
}
