// Lists what of Go's standard library is read: packages that only compute, and the functions of others that look at or change files.

const names = (text: string): ReadonlySet<string> => new Set(text.split(/\s+/).filter((name) => name !== ''));

/** Packages without a function that writes, starts, connects or opens a file by its name. */
export const HARMLESS: ReadonlySet<string> = names(`
bufio bytes cmp container/heap container/list container/ring context crypto crypto/aes crypto/cipher crypto/ecdsa crypto/ed25519
crypto/elliptic crypto/hmac crypto/md5 crypto/rand crypto/rsa crypto/sha1 crypto/sha256 crypto/sha512 crypto/subtle embed encoding
encoding/ascii85 encoding/base32 encoding/base64 encoding/binary encoding/csv encoding/gob encoding/hex encoding/json encoding/pem
encoding/xml errors flag fmt go/ast go/constant go/format go/printer go/scanner go/token go/types hash hash/adler32 hash/crc32 hash/crc64
hash/fnv hash/maphash html image image/color image/draw image/gif image/jpeg image/png index/suffixarray io io/fs iter log log/slog maps
math math/big math/bits math/cmplx math/rand math/rand/v2 mime mime/quotedprintable net/mail net/netip net/url path path/filepath reflect
regexp regexp/syntax runtime runtime/debug slices sort strconv strings sync sync/atomic testing testing/quick text/scanner
text/tabwriter time unicode unicode/utf16 unicode/utf8 unique archive/tar compress/bzip2 compress/flate compress/gzip compress/lzw
compress/zlib compress/zstd os/signal os/user`);

/** Harmless members of packages that also have others. */
export const MEMBERS: Readonly<Record<string, ReadonlySet<string>>> = {
  os: names(`Args Exit Getwd Stdin Stdout Stderr Stat Lstat IsNotExist IsExist IsPermission ErrNotExist ErrExist ErrPermission
    ErrClosed ErrInvalid Hostname Getpid Getppid Getuid Geteuid Getgid TempDir UserHomeDir UserCacheDir UserConfigDir FileMode FileInfo
    DirEntry ModePerm ModeDir ModeSymlink ModeType O_RDONLY O_WRONLY O_RDWR O_CREATE O_TRUNC O_APPEND O_EXCL O_SYNC PathSeparator
    PathListSeparator File PathError LinkError SyscallError Executable Readlink SameFile Getpagesize DevNull Interrupt Kill Signal
    Getenv LookupEnv Environ ExpandEnv`),
  'io/ioutil': names('ReadAll NopCloser Discard'),
  'os/exec': names('LookPath Error ExitError ErrNotFound'),
  'net/http/httptest': names('NewRequest NewRecorder ResponseRecorder'),
  net: names('ParseIP ParseCIDR ParseMAC SplitHostPort JoinHostPort IP IPNet IPMask CIDRMask IPv4 ErrClosed'),
  'text/template': names('New Must Template FuncMap HTMLEscapeString JSEscapeString URLQueryEscaper'),
  'html/template': names('New Must Template FuncMap HTML HTMLEscapeString JSEscapeString'),
  'go/parser': names('ParseExpr ParseComments SkipObjectResolution AllErrors Mode'),
  'archive/zip': names('NewReader NewWriter Reader Writer File FileHeader Deflate Store'),
};
const HTTP = /^(Status\w+|Method\w+|Header|Cookie|ResponseWriter|DetectContentType|CanonicalHeaderKey|TimeFormat)$/;

export const isHarmless = (path: string, member: string): boolean =>
  HARMLESS.has(path) || MEMBERS[path]?.has(member) === true || (path === 'net/http' && HTTP.test(member));

/** What a function does with the file its argument number `at` names. */
export type Row =
  | { readonly does: 'read' | 'names' | 'write' | 'mkdir' | 'delete' | 'delete-tree' | 'mode'; readonly at: number }
  /** Makes a new file or folder in the folder of its first argument, or among the temporary ones. */
  | { readonly does: 'temporary'; readonly folder: boolean }
  | { readonly does: 'open' | 'move' | 'link' | 'fetch' }
  | { readonly does: 'command'; readonly at: number };

export const ROWS: Readonly<Record<string, Row>> = {
  'os.ReadFile': { does: 'read', at: 0 },
  'os.Open': { does: 'read', at: 0 },
  'os.ReadDir': { does: 'names', at: 0 },
  'os.OpenFile': { does: 'open' },
  'os.Create': { does: 'write', at: 0 },
  'os.WriteFile': { does: 'write', at: 0 },
  'os.Truncate': { does: 'write', at: 0 },
  'os.Mkdir': { does: 'mkdir', at: 0 },
  'os.MkdirAll': { does: 'mkdir', at: 0 },
  'os.MkdirTemp': { does: 'temporary', folder: true },
  'os.CreateTemp': { does: 'temporary', folder: false },
  'os.Remove': { does: 'delete', at: 0 },
  'os.RemoveAll': { does: 'delete-tree', at: 0 },
  'os.Rename': { does: 'move' },
  'os.Symlink': { does: 'link' },
  'os.Chmod': { does: 'mode', at: 0 },
  'io/ioutil.ReadFile': { does: 'read', at: 0 },
  'io/ioutil.ReadDir': { does: 'names', at: 0 },
  'io/ioutil.WriteFile': { does: 'write', at: 0 },
  'io/ioutil.TempDir': { does: 'temporary', folder: true },
  'io/ioutil.TempFile': { does: 'temporary', folder: false },
  'archive/zip.OpenReader': { does: 'read', at: 0 },
  'go/parser.ParseFile': { does: 'read', at: 1 },
  'os/exec.Command': { does: 'command', at: 0 },
  'os/exec.CommandContext': { does: 'command', at: 1 },
  'net/http.Get': { does: 'fetch' },
  'net/http.Head': { does: 'fetch' },
};

/** Names of methods that open files of any name, and fields that change what a started program gets. */
export const UNREAD_MEMBER = /^(ParseFiles|ParseGlob|ParseFS|SysProcAttr)$/;
export const COMMAND_FIELD = /^(Dir|Env|Path|Args|Stdin|ExtraFiles|Cancel)$/;
