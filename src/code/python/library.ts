// Puts the tables of Python's library together for the reader of snippets.
import { known, text as knownText, unknown } from '../../core/value.ts';
import { callable, mixes, pure, write } from '../action.ts';
import { allTaints, handOverAll } from '../call.ts';
import { hasRow, rowOf } from '../table.ts';
import {
  asValue,
  data,
  handle,
  listOf,
  type ObjectThing,
  ref,
  type Thing,
  taintsOf,
  textOf,
  unknownThing,
} from '../thing.ts';
import { absolute, type Called, giveUp, type Library, type MethodAction, type World } from '../world.ts';
import { parsePython } from './convert.ts';
import { useDatabase } from './databases.ts';
import { CARRIED_MODULES } from './foreign.ts';
import { FUNCTIONS } from './functions.ts';
import { useMethod } from './methods.ts';
import { BUILTIN_TYPES, EXCEPTIONS, HARMLESS, KEEPING, MIXING, PACKAGES } from './modules.ts';
import { HARMLESS_METHODS } from './names.ts';
import { stemOf } from './paths.ts';
import { importForeign } from './project.ts';

const MODULES: ReadonlySet<string> = new Set([
  ...Object.keys(HARMLESS),
  ...Object.keys(MIXING),
  ...PACKAGES,
  ...Object.keys(FUNCTIONS).map((name) => name.slice(0, name.lastIndexOf('.'))),
  ...[...KEEPING].map((name) => name.slice(0, name.lastIndexOf('.'))),
  'sys',
  '__future__',
  'os.path',
  'builtins',
]);

/** Functions and classes; every row of a table and every listed name. */
const isListed = (of: string, name: string): boolean => {
  const full = `${of}.${name}`;
  const harmless = rowOf(HARMLESS, of);
  return (
    hasRow(FUNCTIONS, full) ||
    KEEPING.has(full) ||
    MODULES.has(full) ||
    harmless === '*' ||
    harmless?.has(name) === true ||
    rowOf(MIXING, of)?.has(name) === true
  );
};

const ANNOTATIONS = new Set([
  '__name__',
  '__file__',
  '__doc__',
  '__module__',
  '__qualname__',
  '__version__',
  '__len__',
  '__str__',
  '__repr__',
  '__enter__',
  '__exit__',
  '__init__',
  '__all__',
  '__dict__=',
]);

function global(name: string, world: World): Thing | undefined {
  if (hasRow(FUNCTIONS, `builtins.${name}`) || BUILTIN_TYPES.has(name) || EXCEPTIONS.test(name))
    return ref(`builtins.${name}`);
  if (name === '__name__') return textOf(known('__main__'));
  if (name === '__file__') return textOf(unknown('the path of the script'));
  if (name === '__builtins__' || name === '__loader__' || name === '__spec__') return giveUp(world, `${name} is used`);
  return undefined;
}

function member(of: string, name: string, world: World): Thing {
  const full = `${of}.${name}`;
  const constant = constantOf(full, world);
  if (constant) return constant;
  if (name.startsWith('__') && !ANNOTATIONS.has(name))
    return giveUp(world, `the attribute ${name} leads out of what is read`);
  if (isListed(of, name)) return ref(full);
  if (MODULES.has(of) && PLAIN.test(name)) return data();
  if (MODULES.has(of)) return giveUp(world, `${full} is not a function that is known`);
  // An attribute of a listed function or class: a constructor, a constant, a type.
  return ref(full);
}

/** What a module says of itself, and its constants: no functions, so that they do nothing. */
const PLAIN = /^(__(name|file|version|doc)__|[A-Z][A-Z0-9]*_[A-Z0-9_]+)$/;

function constantOf(full: string, world: World): Thing | undefined {
  const { setting } = world;
  switch (full) {
    case 'sys.argv':
      return listOf([
        textOf(unknown('the path of the script')),
        ...setting.args.map((word) => textOf(word.value, word.taints)),
      ]);
    case 'sys.stdin':
    case 'sys.stdin.buffer':
      return handle('stdin', setting.stdin.text, setting.stdin.taints);
    case 'sys.stdout':
    case 'sys.stderr':
    case 'sys.stdout.buffer':
    case 'sys.stderr.buffer':
      return handle('stdout');
    case 'os.environ':
      return handle('environment');
    case 'os.sep':
    case 'os.path.sep':
      return textOf(known('/'));
    case 'os.linesep':
      return textOf(known('\n'));
    case 'os.devnull':
      return textOf(known('/dev/null'));
    case 'os.name':
    case 'sys.platform':
    case 'sys.version':
    case 'sys.version_info':
    case 'sys.executable':
    case 'sys.prefix':
    case 'sys.base_prefix':
    case 'sys.maxsize':
    case 'sys.byteorder':
    case 'sys.flags':
    case 'sys.implementation':
    case 'os.pathsep':
    case 'os.extsep':
    case 'os.F_OK':
    case 'os.R_OK':
    case 'os.W_OK':
    case 'os.X_OK':
    case 'os.SEEK_END':
    case 'os.SEEK_SET':
      return full === 'sys.executable' ? textOf(known('python3')) : data();
    case 'sys.path':
      return ref('sys.path');
    case 'sys.modules':
      return giveUp(world, 'sys.modules gives every module');
    case 'subprocess.DEVNULL':
    case 'subprocess.PIPE':
    case 'subprocess.STDOUT':
    case 'os.PathLike':
      return ref(full);
    case 'socket.error':
    case 'subprocess.CalledProcessError':
    case 'subprocess.TimeoutExpired':
    case 'subprocess.SubprocessError':
    case 'sqlite3.Row':
    case 'sqlite3.Connection':
    case 'sqlite3.PARSE_DECLTYPES':
    case 'zipfile.ZIP_DEFLATED':
    case 'zipfile.BadZipFile':
    case 'pathlib.PurePath':
    case 'requests.exceptions':
    case 'urllib.error':
      return ref(full);
    default: {
      const at = full.lastIndexOf('.');
      const [of, name] = [full.slice(0, at), full.slice(at + 1)];
      if (EXCEPTIONS.test(name) && (MODULES.has(of) || of.endsWith('.error') || of.endsWith('.exceptions')))
        return ref(full);
      if (/^(socket\.(AF|SOCK|SOL|SO|IPPROTO)_\w+|signal\.SIG\w+|os\.O_\w+|logging\.[A-Z]+)$/.test(full))
        return ref(full);
      return /^sys\.(path)\b/.test(full) && hasRow(FUNCTIONS, full) ? ref(full) : undefined;
    }
  }
}

function callFunction(name: string, called: Called): Thing {
  const action = rowOf(FUNCTIONS, name);
  if (action) return action(called);
  if (KEEPING.has(name)) {
    const [given] = called.args;
    // With arguments it is a decorator still to be applied.
    return given && (callable(given) || given.kind === 'class') ? given : ref(name);
  }
  const at = name.lastIndexOf('.');
  const [of, last] = [name.slice(0, at), name.slice(at + 1)];
  const harmless = rowOf(HARMLESS, of);
  if (harmless === '*' || harmless?.has(last)) return pure(called);
  if (rowOf(MIXING, of)?.has(last)) return mixes(called);
  if (EXCEPTIONS.test(last)) return pure(called);
  // A method of a listed class, called on the class: `datetime.datetime.now()`, `OrderedDict.fromkeys(...)`.
  const [module, type] = [of.slice(0, of.lastIndexOf('.')), of.slice(of.lastIndexOf('.') + 1)];
  if (rowOf(MIXING, module)?.has(type) && HARMLESS_METHODS.has(last)) return mixes(called);
  const listed = rowOf(HARMLESS, module);
  if (listed !== undefined && (listed === '*' || listed.has(type))) return pure(called);
  if (!MODULES.has(of) && HARMLESS_METHODS.has(last) && of.startsWith('builtins.')) return pure(called);
  handOverAll(called);
  return giveUp(called.world, `${name.replace(/^builtins\./, '')} is called, which is not a function that is known`);
}

function attribute(self: Thing, name: string, world: World): Thing | undefined {
  if (self.kind === 'ref' && name.endsWith('=')) return undefined;
  if (self.kind === 'object') {
    if (self.type === 'path' || self.type === 'entry') return pathAttribute(self, name);
    if (self.type === 'response') return useResponse(self, name);
    if (self.type === 'process' && ['stdout', 'stderr', 'returncode', 'pid', 'args'].includes(name))
      return name === 'pid' ? handle('own-pid') : name === 'returncode' ? data() : data(self.taints);
    if (self.type === 'process' && name === 'stdin') return self;
    if (name === 'name' && (self.type === 'temporary-file' || self.type === 'temporary-folder' || self.type === 'file'))
      return textOf(self.value);
    if (self.type === 'foreign') return handle('foreign', known(name), self.taints);
    if (self.type === 'package' && !world.library.forbidden(name))
      return CARRIED_MODULES.has(name) || /import|PyObject/i.test(name)
        ? giveUp(world, `${name} is taken from a package`)
        : handle('package', known(name), self.taints);
    if (name === 'buffer' && (self.type === 'stdin' || self.type === 'stdout')) return self;
    if (
      ['headers', 'cookies', 'row_factory', 'lastrowid', 'rowcount', 'description', 'total_changes'].includes(name) &&
      !self.made
    )
      return self.attributes.get(name) ?? data(self.taints);
  }
  if (self.kind === 'closure' && ['__name__', '__doc__'].includes(name)) return data();
  return world.library.forbidden(name) ? giveUp(world, `the attribute ${name} leads out of what is read`) : undefined;
}

const useResponse = (self: ObjectThing, name: string): Thing | undefined =>
  [
    'text',
    'content',
    'status_code',
    'status',
    'headers',
    'url',
    'ok',
    'reason',
    'encoding',
    'code',
    'raw',
    'cookies',
    'history',
    'elapsed',
  ].includes(name)
    ? data(self.taints)
    : undefined;

function pathAttribute(self: ObjectThing, name: string): Thing | undefined {
  const written = knownText(self.value);
  switch (name) {
    case 'parent': {
      if (written === undefined)
        return handle(
          'path',
          self.value.kind === 'pattern' ? { ...self.value, suffix: '', prefix: self.value.prefix } : self.value,
          self.taints,
        );
      const cut = written.replace(/\/+$/, '').lastIndexOf('/');
      return handle('path', known(cut > 0 ? written.slice(0, cut) : cut === 0 ? '/' : '.'), self.taints);
    }
    case 'name':
      return FUNCTIONS['os.path.basename']?.({ args: [textOf(self.value, self.taints)] } as never);
    case 'stem':
      return stemOf(self);
    case 'path':
      return textOf(self.value, self.taints);
    case 'suffix':
    case 'suffixes':
    case 'parts':
    case 'parents':
    case 'anchor':
    case 'root':
      return name === 'parents' ? unknownThing('a folder above', self.taints) : data(self.taints);
    default:
      return undefined;
  }
}

const unknownPath =
  (name: string): MethodAction =>
  (self, called) =>
    useMethod(
      { ...self, type: 'path', value: unknown('a value whose type is not known') } as ObjectThing,
      name,
      called,
    ) ?? data();

const writesTo: MethodAction = (self, called) => {
  const [path] = called.args;
  if (!path) return giveUp(called.world, 'a value whose type is not known is saved');
  const { world } = called;
  if (path.kind === 'object' && path.type !== 'path') return data();
  write(world, absoluteOf(world, path), 'overwrite', data(taintsOf(self)));
  return data(taintsOf(self));
};

const absoluteOf = (world: World, path: Thing) => absolute(world, asValue(path));

const onText: MethodAction = (self, called) =>
  [...called.args].some((each) => taintsOf(each).some((taint) => taint.label === 'secret'))
    ? giveUp(called.world, 'a secret is written to a value whose type is not known')
    : data(taintsOf(self));

const ON_UNKNOWN: Readonly<Record<string, MethodAction>> = {
  ...Object.fromEntries(
    [
      'unlink',
      'rmdir',
      'write_text',
      'write_bytes',
      'read_text',
      'read_bytes',
      'mkdir',
      'touch',
      'chmod',
      'symlink_to',
      'iterdir',
      'rglob',
      'glob',
      'exists',
      'is_file',
      'is_dir',
      'stat',
      'open',
    ].map((name) => [name, unknownPath(name)]),
  ),
  ...Object.fromEntries(
    [
      'to_csv',
      'to_json',
      'to_excel',
      'to_parquet',
      'to_html',
      'to_markdown',
      'to_feather',
      'savefig',
      'save',
      'tofile',
    ].map((name) => [
      name,
      (self: ObjectThing, called: Called) =>
        called.args.length === 0 && name.startsWith('to_') ? data(taintsOf(self)) : writesTo(self, called),
    ]),
  ),
  execute: (self, called) => useDatabase(self, 'execute', called) ?? data(),
  executemany: (self, called) => useDatabase(self, 'execute', called) ?? data(),
  write: onText,
  writelines: onText,
  // Only with arguments do these name another file.
  copy: (self, called) =>
    called.args.length === 0 ? data(taintsOf(self)) : giveUp(called.world, 'copy() with an argument copies a file'),
  rename: (_self, called) =>
    called.args.length === 0 ? pure(called) : giveUp(called.world, 'rename() with an argument moves a file'),
  // Path.replace(target) moves a file; str.replace(old, new) does not.
  replace: (self, called) =>
    called.args.length >= 2 || called.named.size > 0
      ? data([...taintsOf(self), ...allTaints(called)])
      : giveUp(called.world, 'replace() with one argument moves a file'),
};

export const python: Library = {
  language: 'python',
  global,
  module: (name, world) => {
    if (name.startsWith('.')) return importForeign(name, world);
    return MODULES.has(name) ? ref(name) : importForeign(name, world);
  },
  member,
  call: callFunction,
  acts: (name) => hasRow(FUNCTIONS, name),
  method: useMethod,
  attribute,
  harmless: HARMLESS_METHODS,
  onUnknown: (name) => rowOf(ON_UNKNOWN, name),
  forbidden: (name) => name.startsWith('__') && name.endsWith('__') && !ANNOTATIONS.has(name) && name !== '__next__',
  implicit: (name) => /^__\w+__$/.test(name) || HARMLESS_METHODS.has(name) || hasRow(ON_UNKNOWN, name),
  implicitKey: () => false,
  constructor: '__init__',
  instanceOfUnknownBase: (base) =>
    !(base.kind === 'ref' && /^(builtins|enum|abc|typing)\.(?!NamedTuple)/.test(base.name)),
  parse: parsePython,
};
