// Says what the functions of fs, path and os do; one row per function, in all their synchronous and asynchronous forms.
import { normalize } from '../../core/path.ts';
import { concat, known, text as knownText, mergeTaints, pattern, unknown } from '../../core/value.ts';
import {
  anyText,
  copy,
  deletes,
  links,
  looksAt,
  mixes,
  modes,
  moves,
  pathAt,
  pure,
  read,
  readsNames,
  remove,
  same,
  write,
  writes,
} from '../action.ts';
import { call } from '../call.ts';
import { joinPathValues } from '../operate.ts';
import { asValue, data, handle, type Thing, taintsOf, textOf } from '../thing.ts';
import { type Action, type Called, giveUp } from '../world.ts';

/** A property of an options object; undefined when it is certainly not set. */
export function option(thing: Thing | undefined, name: string): Thing | undefined {
  if (thing === undefined || thing.kind === 'text' || thing.kind === 'closure') return undefined;
  if (thing.kind === 'dict') return thing.entries.get(name) ?? (thing.rest ? data(taintsOf(thing)) : undefined);
  return data(taintsOf(thing));
}

export const isOn = (thing: Thing | undefined): boolean =>
  thing !== undefined && !/^(false|0|)$/.test(knownText(asValue(thing)) ?? 'maybe');

const removeTree: Action = (called) => {
  remove(called.world, pathAt(called, [0]), isOn(option(called.args[1], 'recursive')));
  return data();
};

const removeFolder: Action = (called) => {
  const recursive = isOn(option(called.args[1], 'recursive'));
  remove(called.world, pathAt(called, [0]), recursive, recursive ? undefined : 'empty');
  return data();
};

const readFile: Action = (called) => {
  const [given] = called.args;
  const written = knownText(asValue(given));
  // File descriptor 0.
  if (written === '0' || written === '/dev/stdin') return data(called.world.setting.stdin.taints);
  if (given?.kind === 'object') return data(taintsOf(given));
  return data(read(called.world, pathAt(called, [0])));
};

const writeFile: Action = (called) => {
  const flag = knownText(asValue(option(called.args[2], 'flag')));
  write(called.world, pathAt(called, [0]), flag?.startsWith('a') ? 'append' : 'overwrite', called.args[1]);
  return data();
};

const open: Action = (called) => {
  const flags = knownText(asValue(called.args[1] ?? textOf(known('r'))));
  const path = pathAt(called, [0]);
  if (flags === 'r' || flags === 'rs') return handle('file', path, read(called.world, path));
  write(called.world, path, flags?.startsWith('a') ? 'append' : flags === 'r+' ? 'edit' : 'overwrite');
  return handle('file', path);
};

const writeHandle: Action = (called) => {
  const [file, content] = called.args;
  if (file?.kind === 'object' && file.type === 'file') write(called.world, file.value, 'edit', content);
  else if (!(file?.kind === 'text' && /^[12]$/.test(knownText(file.value) ?? '')))
    return giveUp(called.world, 'a file that is not known is written');
  return data();
};

const copyTree: Action = (called) => {
  copy(called.world, pathAt(called, [0]), pathAt(called, [1]));
  return data();
};

const temporaryFolder: Action = (called) => {
  const start = knownText(pathAt(called, [0]));
  const path =
    start === undefined ? unknown('a new folder') : pattern(start, '', 'a new temporary name', { climbs: false });
  write(called.world, path, 'mkdir');
  return textOf(path);
};

const FILES: Readonly<Record<string, Action>> = {
  readFile,
  readdir: readsNames([0]),
  readlink: looksAt([0]),
  stat: looksAt([0]),
  lstat: looksAt([0]),
  access: looksAt([0]),
  exists: looksAt([0]),
  statfs: looksAt([0]),
  realpath: same([0]),
  opendir: readsNames([0]),
  writeFile,
  appendFile: writes([0], 'append', [1]),
  rm: removeTree,
  rmdir: removeFolder,
  unlink: deletes([0]),
  rename: moves([0], [1]),
  copyFile: copyTree,
  cp: copyTree,
  mkdir: writes([0], 'mkdir'),
  mkdtemp: temporaryFolder,
  truncate: writes([0], 'overwrite'),
  chmod: modes([0], [1]),
  chown: modes([0], [1], 'owner'),
  symlink: links([0], [1]),
  link: links([0], [1]),
  utimes: writes([0], 'touch'),
  open,
  write: writeHandle,
  close: pure,
  read: (called) => data(taintsOf(called.args[0])),
  fsync: pure,
  fstat: pure,
};

/** The asynchronous form hands its result to the last argument. */
const withCallback =
  (action: Action): Action =>
  (called) => {
    const last = called.args.at(-1);
    const isFunction = last?.kind === 'closure' || last?.kind === 'ref' || last?.kind === 'method';
    const result = action(isFunction ? { ...called, args: called.args.slice(0, -1) } : called);
    if (last && isFunction) call(last, { ...called, args: [data(), result], named: new Map(), more: undefined });
    return result;
  };

const forms = Object.entries(FILES).flatMap(([name, action]): [string, Action][] => [
  [`fs.${name}Sync`, action],
  [`fs.${name}`, withCallback(action)],
  [`fs.promises.${name}`, action],
  [`fs/promises.${name}`, action],
]);

const joined: Action = (called) => {
  const values = called.args.map(asValue);
  if (called.more) return anyText('a path of several parts');
  const value = values.reduce((left, right) => {
    const head = knownText(left);
    // path.join keeps an absolute second part below the first.
    return head === '' ? right : concat(concat(left, known('/')), right);
  }, known(''));
  const taints = mergeTaints(...called.args.map((each) => taintsOf(each)));
  const written = knownText(value);
  return textOf(written === undefined ? value : known(normalize(written)), taints);
};

const resolved: Action = (called) => {
  const value = called.args.map(asValue).reduce(joinPathValues, called.world.cwd);
  const written = knownText(value);
  return textOf(
    called.more ? unknown('a path of several parts') : written === undefined ? value : known(normalize(written)),
  );
};

const baseName: Action = (called) => {
  const given = called.args[0];
  const written = knownText(asValue(given));
  const ending = knownText(asValue(called.args[1])) ?? '';
  if (written === undefined) return textOf(pattern('', '', 'the name of a file', { climbs: false }), taintsOf(given));
  const name = written.replace(/\/+$/, '').split('/').at(-1) ?? '';
  return textOf(known(ending !== '' && name.endsWith(ending) ? name.slice(0, -ending.length) : name), taintsOf(given));
};

const folderOf: Action = (called) => {
  const given = called.args[0];
  const written = knownText(asValue(given));
  if (written === undefined) return anyText('the folder of a path', taintsOf(given));
  const cut = written.replace(/\/+$/, '').lastIndexOf('/');
  return textOf(known(cut > 0 ? written.slice(0, cut) : cut === 0 ? '/' : '.'), taintsOf(given));
};

const PATHS: Readonly<Record<string, Action>> = {
  join: joined,
  resolve: resolved,
  basename: baseName,
  dirname: folderOf,
  normalize: same([0]),
  extname: pure,
  relative: pure,
  parse: pure,
  format: pure,
  isAbsolute: pure,
  matchesGlob: pure,
  toNamespacedPath: same([0]),
};

export const FILE_FUNCTIONS: Readonly<Record<string, Action>> = {
  ...Object.fromEntries(forms),
  ...Object.fromEntries(
    Object.entries(PATHS).flatMap(([name, action]) =>
      [`path.${name}`, `path.posix.${name}`].map((full) => [full, action]),
    ),
  ),
  'fs.createReadStream': (called) => {
    const path = pathAt(called, [0]);
    return handle('file', path, read(called.world, path));
  },
  'fs.createWriteStream': (called) => {
    const path = pathAt(called, [0]);
    write(
      called.world,
      path,
      /^a/.test(knownText(asValue(option(called.args[1], 'flags'))) ?? 'w') ? 'append' : 'overwrite',
    );
    return handle('file', path);
  },
  'fs.watch': mixes,
  'fs.watchFile': mixes,
  'fs.globSync': readsNames([9]),
  'os.homedir': (called) => textOf(known(called.world.setting.context.home)),
  'os.tmpdir': (called) => textOf(known(called.world.setting.context.tmp[0] ?? '/tmp')),
  'readline.createInterface': (called) => handle('lines', undefined, taintsOf(option(called.args[0], 'input'))),
};

/** Methods of file handles and streams. */
export function useFile(self: Extract<Thing, { kind: 'object' }>, name: string, called: Called): Thing | undefined {
  const { world } = called;
  switch (name) {
    case 'write':
    case 'end':
    case 'writeFile':
    case 'appendFile':
      if (called.args[0] && called.args[0].kind !== 'closure') write(world, self.value, 'edit', called.args[0]);
      return data();
    case 'read':
    case 'readFile':
    case 'readLines':
    case '[]':
      return data(self.taints);
    case 'on':
    case 'once': {
      const callback = called.args[1];
      if (callback) call(callback, { ...called, args: [data(self.taints)] });
      return self;
    }
    case 'pipe': {
      const [to] = called.args;
      if (to?.kind !== 'object' || (to.type !== 'file' && to.type !== 'stdout'))
        return giveUp(world, 'a file is piped into something that is not known');
      if (to.type === 'file') write(world, to.value, 'edit', data(self.taints));
      return to;
    }
    case 'close':
    case 'destroy':
    case 'setEncoding':
    case 'stat':
      return data();
    default:
      return undefined;
  }
}
