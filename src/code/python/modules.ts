// Lists the names of Python modules whose use only computes data; knows nothing of how they are called.

const names = (text: string): ReadonlySet<string> => new Set(text.split(/\s+/));

/**
 * What these return is data, whatever they are given. Only listed names count, because many modules carry other
 * modules as attributes (`glob.os`). `*` is for modules written in C or without such attributes.
 */
export const HARMLESS: Readonly<Record<string, ReadonlySet<string> | '*'>> = {
  json: names('load loads dumps JSONDecodeError JSONEncoder JSONDecoder'),
  re: names(
    'compile search match fullmatch findall finditer split sub subn escape purge error Pattern Match A ASCII I IGNORECASE M MULTILINE S DOTALL X VERBOSE U UNICODE L LOCALE',
  ),
  math: '*',
  cmath: '*',
  time: '*',
  binascii: '*',
  errno: '*',
  unicodedata: '*',
  zlib: '*',
  atexit: names('unregister'),
  array: '*',
  datetime: names('datetime date time timedelta timezone tzinfo UTC MINYEAR MAXYEAR'),
  zoneinfo: names('ZoneInfo available_timezones ZoneInfoNotFoundError'),
  calendar: names(
    'month monthrange monthcalendar isleap timegm day_name month_name day_abbr month_abbr weekday TextCalendar Calendar',
  ),
  csv: names(
    'reader writer DictReader DictWriter Sniffer QUOTE_ALL QUOTE_MINIMAL QUOTE_NONE QUOTE_NONNUMERIC field_size_limit excel excel_tab Error',
  ),
  textwrap: names('dedent indent wrap fill shorten TextWrapper'),
  statistics: names(
    'mean median mode stdev pstdev variance pvariance quantiles fmean harmonic_mean geometric_mean median_low median_high multimode correlation linear_regression',
  ),
  hashlib: names(
    'md5 sha1 sha224 sha256 sha384 sha512 sha3_256 sha3_512 blake2b blake2s new algorithms_available algorithms_guaranteed pbkdf2_hmac scrypt',
  ),
  hmac: names('new compare_digest digest'),
  base64: names(
    'b64encode b64decode urlsafe_b64encode urlsafe_b64decode b32encode b32decode b16encode b16decode b85encode b85decode a85encode a85decode standard_b64encode standard_b64decode encodebytes decodebytes',
  ),
  struct: names('pack unpack calcsize pack_into unpack_from iter_unpack Struct error'),
  string: names(
    'ascii_letters ascii_lowercase ascii_uppercase digits hexdigits octdigits punctuation printable whitespace capwords Template Formatter',
  ),
  random: names(
    'random randint uniform randrange getrandbits seed gauss normalvariate expovariate betavariate triangular randbytes',
  ),
  secrets: names('token_hex token_bytes token_urlsafe randbelow compare_digest randbits'),
  uuid: names('uuid1 uuid3 uuid4 uuid5 UUID getnode NAMESPACE_DNS NAMESPACE_URL'),
  decimal: names('Decimal getcontext ROUND_HALF_UP ROUND_DOWN ROUND_UP ROUND_HALF_EVEN InvalidOperation'),
  fractions: names('Fraction'),
  difflib: names('unified_diff context_diff ndiff SequenceMatcher get_close_matches HtmlDiff Differ restore'),
  fnmatch: names('fnmatch fnmatchcase filter translate'),
  html: names('escape unescape'),
  'html.entities': names('name2codepoint codepoint2name html5 entitydefs'),
  'urllib.parse': names(
    'urlparse urlunparse urlsplit urlunsplit urljoin urlencode quote quote_plus unquote unquote_plus parse_qs parse_qsl urldefrag ParseResult quote_from_bytes',
  ),
  ipaddress: names('ip_address ip_network ip_interface IPv4Address IPv6Address IPv4Network IPv6Network'),
  'xml.etree.ElementTree': names(
    'fromstring tostring Element SubElement XML ParseError iterparse indent Comment QName XMLParser register_namespace',
  ),
  'xml.dom.minidom': names('parseString'),
  'xml.sax.saxutils': names('escape unescape quoteattr'),
  colorsys: '*',
  platform: names(
    'system machine release version node platform processor python_version python_implementation architecture uname mac_ver python_version_tuple',
  ),
  locale: names('setlocale getlocale getpreferredencoding LC_ALL format_string currency'),
  ast: names(
    'parse walk dump literal_eval unparse get_docstring iter_child_nodes iter_fields get_source_segment NodeVisitor FunctionDef ClassDef AsyncFunctionDef Import ImportFrom Call Name Attribute Constant Assign AnnAssign Module Expr Str Num arg arguments keyword Return If For While Try With List Dict Tuple Set Lambda Subscript fix_missing_locations increment_lineno',
  ),
  tokenize: names(
    'generate_tokens tokenize untokenize NAME OP STRING COMMENT NUMBER NEWLINE TokenInfo detect_encoding',
  ),
  token: '*',
  keyword: names('iskeyword kwlist'),
  inspect: names(
    'getsource getsourcefile getfile signature getmembers isfunction isclass ismethod ismodule getdoc getmodule Parameter cleandoc isabstract iscoroutinefunction getsourcelines currentframe stack',
  ),
  traceback: names('format_exc print_exc format_exception format_tb print_stack extract_tb print_exception'),
  pprint: names('pprint pformat pp PrettyPrinter'),
  logging: names(
    'basicConfig getLogger info debug warning error critical exception log INFO DEBUG WARNING ERROR CRITICAL StreamHandler Formatter disable NullHandler captureWarnings Logger NOTSET setLevel getLevelName',
  ),
  warnings: names('filterwarnings simplefilter warn catch_warnings'),
  shlex: names('quote split join shlex'),
  getpass: names('getuser'),
  gettext: names('gettext'),
  argparse: names(
    'ArgumentParser ArgumentDefaultsHelpFormatter RawDescriptionHelpFormatter RawTextHelpFormatter HelpFormatter Namespace SUPPRESS REMAINDER ArgumentTypeError ArgumentError BooleanOptionalAction',
  ),
  optparse: names('OptionParser'),
  typing: names(
    'Any Optional Union List Dict Set Tuple Callable Iterable Iterator Generator Sequence Mapping TypeVar Generic Protocol NamedTuple TypedDict Literal Final ClassVar Type cast overload TYPE_CHECKING Annotated NoReturn Self Awaitable AsyncIterator Pattern Match IO TextIO BinaryIO DefaultDict Counter Deque NewType get_type_hints get_origin get_args',
  ),
  numbers: '*',
  operator: names('itemgetter add mul sub truediv mod lt gt le ge eq ne contains neg not_ or_ and_ xor'),
  sysconfig: names('get_path get_paths get_config_var get_platform get_python_version'),
  'importlib.metadata': names(
    'version metadata distributions PackageNotFoundError requires files packages_distributions',
  ),
  'importlib.util': names('find_spec'),
  site: names('getsitepackages getusersitepackages'),
  stat: '*',
  tomllib: names('load loads TOMLDecodeError'),
  configparser: names('ConfigParser RawConfigParser SafeConfigParser NoSectionError NoOptionError'),
  gc: names('collect disable enable get_count'),
  resource: names('getrusage RUSAGE_SELF getrlimit RLIMIT_NOFILE'),
  email: names('message_from_string message_from_bytes message_from_file'),
  'email.utils': names('parsedate_to_datetime parseaddr formataddr formatdate format_datetime'),
  'email.mime.text': names('MIMEText'),
  'email.mime.multipart': names('MIMEMultipart'),
  mimetypes: names('guess_type guess_extension init'),
  imghdr: names('what'),
  linecache: names('getline getlines'),
  dis: names('dis get_instructions'),
  timeit: names('default_timer'),
  threading: names('Lock RLock Event Semaphore current_thread get_ident active_count main_thread local Condition'),
  yaml: names('safe_load safe_load_all safe_dump dump YAMLError SafeLoader CSafeLoader BaseLoader SafeDumper Dumper'),
  toml: names('load loads dumps TomlDecodeError'),
  tomli: names('load loads TOMLDecodeError'),
  simplejson: names('load loads dumps'),
  orjson: names('loads dumps OPT_INDENT_2 OPT_SORT_KEYS'),
  ujson: names('load loads dumps'),
  bs4: names('BeautifulSoup Tag NavigableString Comment'),
  'lxml.etree': names('fromstring tostring Element SubElement HTML XML XMLParser HTMLParser'),
  'lxml.html': names('fromstring tostring'),
  markdown: names('markdown'),
  tabulate: names('tabulate'),
  rich: names('print'),
  'rich.console': names('Console'),
  'rich.table': names('Table'),
  'rich.pretty': names('pprint'),
  termcolor: names('colored cprint'),
  colorama: names('init Fore Back Style'),
  'dateutil.parser': names('parse isoparse'),
  pytz: names('timezone utc UTC all_timezones'),
  chardet: names('detect'),
  tiktoken: names('get_encoding encoding_for_model'),
  semver: names('compare parse VersionInfo Version'),
  'packaging.version': names('Version parse InvalidVersion'),
  'packaging.requirements': names('Requirement'),
  'packaging.specifiers': names('SpecifierSet'),
  jsonschema: names('validate ValidationError Draft7Validator Draft202012Validator'),
  jwt: names('decode get_unverified_header'),
  psutil: names(
    'cpu_count cpu_percent virtual_memory disk_usage process_iter pids boot_time net_connections swap_memory getloadavg NoSuchProcess AccessDenied',
  ),
  numpy: names(
    'array zeros ones empty arange linspace mean median std var sum min max abs sqrt exp log log2 log10 dot matmul where argmax argmin argsort sort unique concatenate stack vstack hstack reshape transpose allclose isclose isnan isinf nan inf pi e float32 float64 int32 int64 int8 uint8 bool_ ndarray percentile quantile histogram cumsum diff clip round floor ceil random linalg fft corrcoef eye identity full zeros_like ones_like any all count_nonzero set_printoptions array_equal asarray maximum minimum prod cos sin tan power sign outer cross tile repeat split newaxis interp polyfit polyval average nanmean bincount digitize diag triu tril trace kron inner roll flip fliplr flipud rot90 pad ptp gradient cov vander lexsort searchsorted isin setdiff1d intersect1d union1d in1d average quantile nanmax nanmin nanstd nansum array_split hsplit vsplit column_stack row_stack atleast_1d atleast_2d broadcast_to iinfo finfo int16 uint16 uint32 uint64 float16 complex128 bool8 nditer ndenumerate sinh cosh tanh arctan arctan2 hypot degrees radians deg2rad rad2deg mod remainder fmod floor_divide true_divide square cbrt expm1 log1p logical_and logical_or logical_not bitwise_and bitwise_or bitwise_xor meshgrid expand_dims squeeze testing __version__',
  ),
  'matplotlib.pyplot': names(
    'plot scatter bar barh hist boxplot violinplot pie imshow contour contourf fill_between errorbar stem step title suptitle xlabel ylabel xlim ylim xticks yticks legend grid axis axhline axvline text annotate colorbar figure subplot subplots tight_layout subplots_adjust close clf cla gca gcf twinx style rcParams cm get_cmap loglog semilogx semilogy margins',
  ),
  pandas: names(
    'DataFrame Series concat merge to_datetime to_numeric isna isnull notna notnull date_range Timestamp Timedelta NaT NA set_option option_context cut qcut pivot_table crosstab get_dummies melt Index MultiIndex Categorical json_normalize unique value_counts __version__ options',
  ),
};

/** Whole packages of which importing a part gives a part: `xml.etree`, `urllib`. */
export const PACKAGES: ReadonlySet<string> = new Set([
  'xml',
  'xml.etree',
  'xml.dom',
  'xml.sax',
  'urllib',
  'email',
  'email.mime',
  'html',
  'http',
  'concurrent',
  'importlib',
  'logging',
  'lxml',
  'rich',
  'dateutil',
  'packaging',
  'os',
  'collections',
  'unittest',
  'matplotlib',
  'PIL',
  'multiprocessing',
  'json',
  'asyncio',
  'google',
]);

/** These may give back what they are given. */
export const MIXING: Readonly<Record<string, ReadonlySet<string>>> = {
  itertools: names(
    'chain groupby islice product permutations combinations count cycle repeat accumulate zip_longest tee takewhile dropwhile starmap compress pairwise batched filterfalse',
  ),
  functools: names('reduce partial cmp_to_key total_ordering singledispatch'),
  collections: names('OrderedDict deque namedtuple ChainMap UserDict UserList'),
  'collections.abc': names('Iterable Iterator Mapping MutableMapping Sequence Callable Hashable Sized Generator'),
  copy: names('copy deepcopy'),
  heapq: names('heappush heappop heapify nlargest nsmallest merge heappushpop heapreplace'),
  bisect: names('bisect bisect_left bisect_right insort insort_left insort_right'),
  random: names('choice choices sample shuffle'),
  secrets: names('choice'),
  enum: names('Enum IntEnum StrEnum Flag IntFlag auto unique'),
  abc: names('ABC ABCMeta abstractmethod'),
  queue: names('Queue LifoQueue PriorityQueue Empty Full SimpleQueue'),
  types: names('SimpleNamespace MappingProxyType'),
  dataclasses: names('field asdict astuple fields replace is_dataclass make_dataclass'),
  contextlib: names('suppress nullcontext closing ExitStack redirect_stdout redirect_stderr'),
  tqdm: names('tqdm trange'),
  'tqdm.auto': names('tqdm trange'),
};

/** Decorators and wrappers that give the function back. */
export const KEEPING: ReadonlySet<string> = new Set([
  'functools.lru_cache',
  'functools.cache',
  'functools.cached_property',
  'functools.wraps',
  'contextlib.contextmanager',
  'contextlib.asynccontextmanager',
  'dataclasses.dataclass',
  'abc.abstractmethod',
  'typing.overload',
  'typing.final',
  'enum.unique',
  'functools.total_ordering',
  'builtins.staticmethod',
  'builtins.classmethod',
  'typing.runtime_checkable',
  'asyncio.coroutine',
  'unittest.skip',
  'pytest.fixture',
  'typing.cast',
]);

export const EXCEPTIONS =
  /^(\w*(Error|Exception|Warning)|KeyboardInterrupt|SystemExit|StopIteration|StopAsyncIteration|GeneratorExit|BaseException|ExceptionGroup)$/;

export const BUILTIN_TYPES: ReadonlySet<string> = names('object NotImplemented __debug__ __doc__ Ellipsis');

export const BUILTIN_PURE: ReadonlySet<string> = names(
  'len int float bool complex repr hash abs sum round isinstance issubclass id ord chr hex bin oct format divmod pow callable bytes bytearray memoryview any all ascii slice hasattr input range',
);
