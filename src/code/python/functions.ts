// Says what the functions of Python's library do to files, processes and the network; one row per function.
import { known, text as knownText, mergeTaints, pattern, unknown } from '../../core/value.ts';
import {
  argument,
  copies,
  deletes,
  emits,
  fetchUrl,
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
  same,
  write,
  writes,
} from '../action.ts';
import { joinPathValues } from '../operate.ts';
import { asValue, data, handle, listOf, manyOf, type Thing, taintsOf, textOf } from '../thing.ts';
import { type Action, absolute, type Called, giveUp } from '../world.ts';
import { BUILTINS } from './builtins.ts';
import { DATABASES } from './databases.ts';
import { NETWORK } from './network.ts';
import {
  absolutePath,
  asText,
  changeFolder,
  compressedFile,
  copyFile,
  copyTree,
  environment,
  expandUser,
  extract,
  glob,
  joined,
  makeFolder,
  nameOf,
  openArchive,
  rmtree,
  temporary,
  temporaryFolder,
  walk,
} from './places.ts';
import { PROCESSES } from './processes.ts';

/** A path, or a URL that is fetched. */
const readsPlace: Action = (called) =>
  /^\w+:\/\//.test(knownText(asValue(called.args[0])) ?? '')
    ? fetchUrl(called.world, called.args[0])
    : readsContent([0])(called);

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
  'sys._is_gil_enabled': pure,
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
    ].map((name) => [`pandas.${name}`, readsPlace]),
  ),
  'PIL.Image.open': readsContent([0]),
  'PIL.Image.new': pure,
  'openpyxl.load_workbook': readsContent([0]),
  'openpyxl.Workbook': gives(() => data()),
};

function loaderName(thing: Thing | undefined): string {
  return thing?.kind === 'ref' ? thing.name : '';
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
