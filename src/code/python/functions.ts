// Says what the functions of Python's library do to files, processes and the network; one row per function.
import { secretVariable } from '../../core/sensitive.ts';
import { known, text as knownText, mergeTaints, pattern, type Taint, unknown } from '../../core/value.ts';
import {
  anyText,
  argument,
  copies,
  copy,
  deletes,
  emits,
  fresh,
  gives,
  links,
  looksAt,
  mayBeOn,
  mixes,
  modes,
  moves,
  pathAt,
  pure,
  read,
  readsContent,
  readsNames,
  refuses,
  remove,
  same,
  write,
  writes,
} from '../action.ts';
import { joinPathValues } from '../evaluate.ts';
import { asValue, data, handle, listOf, manyOf, type Thing, taintsOf, textOf } from '../thing.ts';
import { type Action, absolute, type Called, emit, giveUp } from '../world.ts';
import { BUILTINS } from './builtins.ts';
import { DATABASES } from './databases.ts';
import { NETWORK } from './network.ts';
import { PROCESSES } from './processes.ts';

const joined: Action = (called) => {
  const values = called.args.map(asValue);
  const value = called.more ? unknown('several parts') : values.reduce(joinPathValues, known(''));
  return textOf(value, mergeTaints(...called.args.map((each) => taintsOf(each))));
};

/** The value as text, its labels kept. */
const asText =
  (change: (text: string, called: Called) => string | undefined): Action =>
  (called) => {
    const given = called.args[0];
    const written = knownText(asValue(given));
    const changed = written === undefined ? undefined : change(written, called);
    return changed === undefined
      ? anyText('computed from a path', taintsOf(given))
      : textOf(known(changed), taintsOf(given));
  };

const expandUser: Action = (called) => {
  const given = called.args[0];
  const value = asValue(given);
  const { home } = called.world.setting.context;
  const expand = (written: string): string =>
    written === '~' || written.startsWith('~/') ? home + written.slice(1) : written;
  if (value.kind === 'known') return textOf(known(expand(value.text)), taintsOf(given));
  if (value.kind === 'pattern') return textOf({ ...value, prefix: expand(value.prefix) }, taintsOf(given));
  return textOf(value, taintsOf(given));
};

const absolutePath: Action = (called) => textOf(pathAt(called, [0, 'path']), taintsOf(called.args[0]));

const walk: Action = (called) => {
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

const glob: Action = (called) => {
  const written = knownText(asValue(called.args[0]));
  const root = called.named.get('root_dir');
  read(called.world, pathAt(called, [0, 'pathname']), 'names');
  return manyOf(written === undefined || root ? anyText('a glob that is not known') : globbed('', written));
};

const temporaryFolder = (called: Called): string =>
  knownText(asValue(called.named.get('dir'))) ?? called.world.setting.context.tmp[0] ?? '/tmp';

const temporary =
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

const changeFolder: Action = (called) => {
  const { world } = called;
  world.cwd =
    world.conditional > 0 ? unknown('the working directory changes in a branch') : pathAt(called, [0, 'path']);
  return data();
};

const rmtree: Action = (called) => {
  remove(called.world, pathAt(called, [0, 'path']), true);
  return data();
};

const copyTree: Action = (called) => {
  copy(called.world, pathAt(called, [0, 'src']), pathAt(called, [1, 'dst']));
  return data();
};

/** `copy(file, folder)` writes into the folder; a path that ends in `/` says so. */
const copyFile: Action = (called) => {
  const from = pathAt(called, [0, 'src']);
  const to = argument(called, [1, 'dst']);
  const written = knownText(asValue(to)) ?? '';
  const name = knownText(from)?.split('/').at(-1);
  const target = written.endsWith('/') && name ? known(written + name) : asValue(to);
  copy(called.world, from, absolute(called.world, target));
  return textOf(target, taintsOf(to));
};

const extract =
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

const openArchive: Action = (called) => {
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

const compressedFile: Action = (called) => {
  const mode = knownText(asValue(argument(called, [1, 'mode']) ?? textOf(known('rb'))));
  const path = pathAt(called, [0, 'filename']);
  if (mode !== undefined && /^r/.test(mode)) return handle('file', path, read(called.world, path));
  write(called.world, path, 'overwrite');
  return handle('file', path);
};

const makeFolder = writes([0, 'name'], 'mkdir');
const environment: Action = (called) => readVariable(called, knownText(asValue(called.args[0])));

export function readVariable(called: Called, name: string | undefined): Thing {
  const fallback = called.args[1];
  if (name === undefined) return anyText('an environment variable whose name is not known');
  const word = called.world.env.get(name) ?? called.world.setting.env(name);
  if (word) return textOf(word.value, word.taints);
  return anyText(`the environment variable ${name}`, mergeTaints(labelOfVariable(name), taintsOf(fallback)));
}

const labelOfVariable = (name: string): readonly Taint[] =>
  secretVariable(name) ? [{ label: 'secret', from: name }] : [];

export const FUNCTIONS: Readonly<Record<string, Action>> = {
  ...BUILTINS,
  ...PROCESSES,
  ...NETWORK,
  ...DATABASES,

  'os.remove': deletes([0, 'path']),
  'os.unlink': deletes([0, 'path']),
  'os.rmdir': deletes([0, 'path'], false, 'empty'),
  'os.removedirs': deletes([0, 'name'], false, 'empty'),
  'shutil.rmtree': rmtree,
  'os.rename': moves([0, 'src'], [1, 'dst']),
  'os.renames': moves([0, 'old'], [1, 'new']),
  'os.replace': moves([0, 'src'], [1, 'dst']),
  'shutil.move': moves([0, 'src'], [1, 'dst']),
  'shutil.copy': copyFile,
  'shutil.copy2': copyFile,
  'shutil.copyfile': copies([0, 'src'], [1, 'dst']),
  'shutil.copymode': modes([1, 'dst'], [2]),
  'shutil.copystat': modes([1, 'dst'], [2]),
  'shutil.copytree': copyTree,
  'shutil.copyfileobj': (called) => {
    const to = called.args[1];
    if (to?.kind === 'object' && to.type === 'file')
      write(called.world, to.value, 'edit', data(taintsOf(called.args[0])));
    return to?.kind === 'object' ? data() : giveUp(called.world, 'data is copied into something that is not known');
  },
  'shutil.unpack_archive': extract(1),
  'shutil.which': pure,
  'shutil.disk_usage': pure,
  'shutil.get_terminal_size': pure,
  'shutil.chown': modes([0, 'path'], [1, 'user'], 'owner'),
  'os.mkdir': makeFolder,
  'os.makedirs': makeFolder,
  'os.symlink': links([0, 'src'], [1, 'dst']),
  'os.link': links([0, 'src'], [1, 'dst']),
  'os.chmod': modes([0, 'path'], [1, 'mode']),
  'os.lchmod': modes([0, 'path'], [1, 'mode']),
  'os.chown': modes([0, 'path'], [1, 'uid'], 'owner'),
  'os.truncate': writes([0, 'path'], 'overwrite'),
  'os.utime': writes([0, 'path'], 'touch'),
  'os.mkfifo': writes([0, 'path'], 'create'),
  'os.chdir': changeFolder,
  'os.getcwd': (called) => textOf(called.world.cwd),
  'os.listdir': readsNames([0, 'path']),
  'os.scandir': (called) => {
    read(called.world, called.args[0] ? pathAt(called, [0, 'path']) : called.world.cwd, 'names');
    const folder = knownText(asValue(called.args[0])) ?? '.';
    return manyOf(handle('entry', pattern(`${folder}/`, '', 'a file in a folder', { climbs: false })));
  },
  'os.walk': walk,
  'os.stat': looksAt([0, 'path']),
  'os.lstat': looksAt([0, 'path']),
  'os.access': looksAt([0, 'path']),
  'os.readlink': looksAt([0, 'path']),
  'os.statvfs': looksAt([0, 'path']),
  'os.getenv': environment,
  'os.environ.get': environment,
  'os.environb.get': environment,
  'os.getpid': emits({ kind: 'inspect', what: 'process id' }),
  'os.getppid': pure,
  'os.getuid': pure,
  'os.geteuid': pure,
  'os.getgid': pure,
  'os.getlogin': pure,
  'os.uname': pure,
  'os.cpu_count': pure,
  'os.getloadavg': pure,
  'os.fspath': (called) => textOf(asValue(called.args[0]), taintsOf(called.args[0])),
  'os.fsencode': same([0]),
  'os.fsdecode': same([0]),
  'os.fsync': pure,
  'os.close': pure,
  'os.isatty': pure,
  'os.get_terminal_size': pure,
  'os.urandom': pure,
  'os.umask': pure,
  'os.strerror': pure,
  'os.waitpid': pure,
  'os.path.join': joined,
  'os.path.expanduser': expandUser,
  'os.path.expandvars': asText((written) => (written.includes('$') ? undefined : written)),
  'os.path.abspath': absolutePath,
  'os.path.realpath': absolutePath,
  'os.path.normpath': same([0]),
  'os.path.normcase': same([0]),
  'os.path.dirname': asText((written) =>
    written.slice(0, Math.max(written.lastIndexOf('/'), written.startsWith('/') ? 1 : 0)),
  ),
  'os.path.basename': (called) => nameOf(called.args[0]),
  'os.path.relpath': pure,
  'os.path.split': pure,
  'os.path.splitext': pure,
  'os.path.commonpath': pure,
  'os.path.commonprefix': pure,
  'os.path.isabs': pure,
  'os.path.samefile': pure,
  'os.path.splitdrive': pure,
  ...Object.fromEntries(
    ['exists', 'isfile', 'isdir', 'islink', 'lexists', 'getsize', 'getmtime', 'getctime', 'getatime', 'ismount'].map(
      (name) => [`os.path.${name}`, looksAt([0, 'path'])],
    ),
  ),
  'glob.glob': glob,
  'glob.iglob': glob,
  'glob.escape': pure,
  'pathlib.Path': (called) => {
    const value = called.args.length === 0 ? known('.') : called.args.map(asValue).reduce(joinPathValues);
    return handle(
      'path',
      called.more ? unknown('several parts') : value,
      mergeTaints(...called.args.map((each) => taintsOf(each))),
    );
  },
  'pathlib.Path.cwd': (called) => handle('path', called.world.cwd),
  'pathlib.Path.home': (called) => handle('path', known(called.world.setting.context.home)),
  'tempfile.mkdtemp': temporary('text'),
  'tempfile.mktemp': (called) => textOf(fresh(`${temporaryFolder(called)}/tmp`)),
  'tempfile.gettempdir': (called) => textOf(known(temporaryFolder(called))),
  'tempfile.mkstemp': (called) => listOf([data(), temporary('text')(called)]),
  'tempfile.NamedTemporaryFile': temporary('file'),
  'tempfile.TemporaryFile': temporary('file'),
  'tempfile.SpooledTemporaryFile': temporary('file'),
  'tempfile.TemporaryDirectory': temporary('folder'),
  'zipfile.ZipFile': openArchive,
  'zipfile.is_zipfile': looksAt([0]),
  'tarfile.open': openArchive,
  'tarfile.is_tarfile': looksAt([0]),
  'gzip.open': compressedFile,
  'bz2.open': compressedFile,
  'lzma.open': compressedFile,
  'gzip.compress': pure,
  'gzip.decompress': pure,
  'bz2.compress': pure,
  'bz2.decompress': pure,
  'lzma.decompress': pure,
  'io.StringIO': (called) => handle('memory', undefined, taintsOf(called.args[0])),
  'io.BytesIO': (called) => handle('memory', undefined, taintsOf(called.args[0])),
  'io.open': (called) => BUILTINS['builtins.open']?.(called) ?? data(),
  'codecs.open': (called) => BUILTINS['builtins.open']?.(called) ?? data(),
  'codecs.encode': pure,
  'codecs.decode': pure,
  'fileinput.input': refuses('fileinput can change files in place'),
  'filecmp.cmp': readsContent([0]),
  'json.dump': dumpInto,
  'yaml.load': (called) =>
    /^yaml\.(C?SafeLoader|BaseLoader)$/.test(loaderName(argument(called, [1, 'Loader'])))
      ? pure(called)
      : giveUp(called.world, 'yaml.load can run code that the document names'),
  'yaml.dump': dumpInto,
  'yaml.safe_dump': dumpInto,
  'toml.dump': dumpInto,
  'ast.literal_eval': pure,
  'xml.etree.ElementTree.parse': readsContent([0]),
  'lxml.etree.parse': readsContent([0]),
  'xml.dom.minidom.parse': readsContent([0]),
  'dotenv.load_dotenv': (called) => {
    read(called.world, called.args[0] ? pathAt(called, [0]) : absolute(called.world, known('.env')));
    return data();
  },
  'dotenv.dotenv_values': (called) =>
    data(read(called.world, called.args[0] ? pathAt(called, [0]) : absolute(called.world, known('.env')))),
  'logging.FileHandler': writes([0], 'append'),
  'collections.defaultdict': (called) => (called.args[0]?.kind === 'ref' ? data() : mixes(called)),
  'collections.Counter': pure,
  'runpy.run_path': refuses('runpy runs another file'),
  'atexit.register': mixes,
  'signal.signal': mixes,
  'signal.alarm': pure,
  'getpass.getpass': pure,
  'sys.exit': pure,
  'sys.getsizeof': pure,
  'sys.getrecursionlimit': pure,
  'sys.setrecursionlimit': pure,
  'sys.getdefaultencoding': pure,
  'sys.exc_info': pure,
  'sys.intern': same([0]),
  'sys.path.insert': pathChange,
  'sys.path.append': pathChange,
  'sys.path.extend': pathChange,
  'time.sleep': emits({ kind: 'inspect', what: 'wait' }),
  'types.FunctionType': refuses('a function is built from parts'),
  'warnings.catch_warnings': pure,
  'matplotlib.pyplot.savefig': writes([0, 'fname'], 'overwrite'),
  'matplotlib.use': pure,
  'numpy.load': (called) =>
    mayBeOn(called, [2, 'allow_pickle'])
      ? giveUp(called.world, 'numpy.load with allow_pickle can run code')
      : readsContent([0, 'file'])(called),
  'numpy.loadtxt': readsContent([0, 'fname']),
  'numpy.genfromtxt': readsContent([0, 'fname']),
  'numpy.save': writes([0, 'file'], 'overwrite'),
  'numpy.savez': writes([0, 'file'], 'overwrite'),
  'numpy.savetxt': writes([0, 'fname'], 'overwrite'),
  ...Object.fromEntries(
    [
      'read_csv',
      'read_json',
      'read_excel',
      'read_parquet',
      'read_table',
      'read_html',
      'read_feather',
      'ExcelFile',
      'read_fwf',
      'read_xml',
      'read_hdf',
    ].map((name) => [`pandas.${name}`, readsContent([0])]),
  ),
  'PIL.Image.open': readsContent([0]),
  'PIL.Image.new': pure,
  'openpyxl.load_workbook': readsContent([0]),
  'openpyxl.Workbook': gives(() => data()),
};

function loaderName(thing: Thing | undefined): string {
  return thing?.kind === 'ref' ? thing.name : '';
}

/** The last part of a path never climbs. */
export function nameOf(thing: Thing | undefined): Thing {
  const value = asValue(thing);
  const written = knownText(value);
  if (written !== undefined) return textOf(known(written.replace(/\/+$/, '').split('/').at(-1) ?? ''), taintsOf(thing));
  const suffix = value.kind === 'pattern' ? (value.suffix.split('/').at(-1) ?? '') : '';
  return textOf(pattern('', suffix, 'the name of a file', { climbs: false }), taintsOf(thing));
}

/** Serialises into a handle when one is given. */
function dumpInto(called: Called): Thing {
  const stream = argument(called, [1, 'stream']) ?? called.named.get('fp');
  const [content] = called.args;
  const taints = taintsOf(content);
  if (stream?.kind === 'object' && stream.type === 'file') write(called.world, stream.value, 'edit', data(taints));
  else if (stream && !(stream.kind === 'object' || stream.kind === 'data') && taints.length > 0)
    return giveUp(called.world, 'labelled data is written to something that is not known');
  return data(taints);
}

/** Modules are then found elsewhere. */
function pathChange(called: Called): Thing {
  const value = asValue(called.args.at(-1));
  called.world.written.set('sys.path', []);
  const { projectRoot } = called.world.setting.context;
  const where = absolute(called.world, value);
  const inside = knownText(where);
  return inside !== undefined && (inside === projectRoot || inside.startsWith(`${projectRoot}/`))
    ? data()
    : giveUp(called.world, 'modules are imported from a folder outside the project');
}
