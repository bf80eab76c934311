// Lists JavaScript methods and library names whose use only computes data.

const names = (text: string): ReadonlySet<string> => new Set(text.split(/\s+/).filter((name) => name !== ''));

/** Methods without an effect on any object that is read: texts, arrays, maps, dates, buffers, streams of data, promises. */
export const HARMLESS_METHODS: ReadonlySet<string> = names(`
at charAt charCodeAt codePointAt concat endsWith includes indexOf lastIndexOf localeCompare match matchAll normalize padEnd padStart repeat
replace replaceAll search slice split startsWith substring substr toLowerCase toUpperCase toLocaleLowerCase toLocaleUpperCase toString trim
trimEnd trimStart trimLeft trimRight valueOf anchor raw every some filter find findIndex findLast findLastIndex flat flatMap forEach map reduce
reduceRight reverse sort splice fill join keys values entries push pop shift unshift copyWithin toSorted toReversed toSpliced with get set has add clear size
getTime getFullYear getMonth getDate getDay getHours getMinutes getSeconds getMilliseconds toISOString toJSON toLocaleString toLocaleDateString
toLocaleTimeString toDateString toUTCString getTimezoneOffset setDate setMonth setHours setMinutes setFullYear exec test toFixed toPrecision
toExponential then catch finally json text arrayBuffer blob formData getAll append update digest final setEncoding on once off
hasOwnProperty propertyIsEnumerable isPrototypeOf next return throw equals compare readUInt8 readUInt16LE readUInt32LE readInt32LE readUInt16BE
readUInt32BE subarray byteLength isFile isDirectory isSymbolicLink now format formatToParts resolvedOptions getOwnPropertyNames
encode decode parse stringify setTimeout ref unref isBuffer from of isArray max min abs floor ceil round log warn info error debug group groupEnd
table time timeEnd getReader read safeParse safeParseAsync cancel resume pause setPrompt prompt close question html attr first last eq children parent
clone is closest find toArray each`);

/** Modules of Node.js and global objects all of whose listed functions return data. */
export const HARMLESS: Readonly<Record<string, ReadonlySet<string> | '*'>> = {
  JSON: names('parse stringify'),
  Math: '*',
  Number: '*',
  String: '*',
  Boolean: '*',
  BigInt: '*',
  Date: '*',
  RegExp: '*',
  Symbol: '*',
  Intl: '*',
  Atomics: '*',
  Error: names('captureStackTrace stackTraceLimit'),
  Buffer: '*',
  URL: names('canParse createObjectURL'),
  performance: names('now mark measure timeOrigin'),
  util: names(
    'inspect format isDeepStrictEqual types styleText stripVTControlCharacters parseArgs TextDecoder TextEncoder',
  ),
  url: names('parse format resolve fileURLToPath pathToFileURL URL URLSearchParams'),
  querystring: names('parse stringify escape unescape'),
  crypto: names(
    'createHash createHmac randomBytes randomUUID randomInt getHashes getCiphers timingSafeEqual scryptSync pbkdf2Sync createCipheriv createDecipheriv hash webcrypto subtle createHmac generateKeyPairSync createPublicKey createPrivateKey verify',
  ),
  zlib: names(
    'gzipSync gunzipSync deflateSync inflateSync brotliCompressSync brotliDecompressSync crc32 createGzip createGunzip inflateRawSync deflateRawSync constants unzipSync',
  ),
  os: names(
    'platform arch cpus totalmem freemem uptime release type hostname networkInterfaces loadavg EOL endianness version machine availableParallelism constants userInfo',
  ),
  assert: '*',
  buffer: names('Buffer'),
  string_decoder: names('StringDecoder'),
  perf_hooks: names('performance'),
  tty: names('isatty'),
  punycode: '*',
  timers: names('clearTimeout clearInterval clearImmediate'),
};

/** Global functions and constructors that return data. */
export const PURE_GLOBALS: ReadonlySet<string> = names(`
String Number Boolean BigInt Symbol Date RegExp Error TypeError RangeError SyntaxError EvalError ReferenceError URIError AggregateError parseInt parseFloat isNaN
isFinite encodeURIComponent decodeURIComponent encodeURI decodeURI escape unescape atob btoa TextEncoder TextDecoder URLSearchParams Uint8Array
Int8Array Uint16Array Int16Array Uint32Array Int32Array Float32Array Float64Array BigInt64Array BigUint64Array Uint8ClampedArray ArrayBuffer
DataView AbortController AbortSignal Event EventTarget clearTimeout clearInterval clearImmediate Blob FormData Headers assert Buffer WeakRef
Intl WeakSet SharedArrayBuffer`);

/** What these return may hold what they are given. */
export const MIXING_GLOBALS: ReadonlySet<string> = names(
  'Map Set WeakMap Array Object structuredClone setTimeout setInterval setImmediate queueMicrotask requestAnimationFrame FinalizationRegistry',
);

export const DATA_GLOBALS: ReadonlySet<string> = names('undefined NaN Infinity');

/** Modules of Node.js that run code in ways that are not read. */
export const UNREAD_MODULES: ReadonlySet<string> = names(
  'vm worker_threads cluster v8 inspector repl module dgram tls http2 wasi trace_events async_hooks diagnostics_channel domain sys test sea ffi',
);

/** Packages whose calls only compute data or read files; anything of them with a far-reaching name is still not read. */
export const READ_PACKAGES: ReadonlySet<string> = names(`
lodash lodash-es underscore ramda chalk picocolors kleur semver yaml js-yaml toml smol-toml json5 dayjs date-fns moment luxon uuid nanoid zod ajv
minimatch micromatch picomatch fast-glob glob globby tinyglobby cheerio marked markdown-it gray-matter typescript acorn espree @babel/parser
esprima csv-parse papaparse xml2js fast-xml-parser diff deep-equal fast-deep-equal qs ms bytes mime mime-types iconv-lite strip-ansi ansi-styles
cli-table3 table classnames immer rxjs decimal.js bignumber.js big.js tslib object-hash string-width slugify escape-html he entities
source-map source-map-js @jridgewell/trace-mapping htmlparser2 parse5 postcss prettier`);
