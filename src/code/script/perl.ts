// Owns the words of Perl that are read: text processing, printing, and the file functions that are well known.
import { reader } from './read.ts';
import { type Syntax, simple, type Token } from './tokens.ts';

const words = (text: string): ReadonlySet<string> => new Set(text.split(/\s+/).filter((word) => word !== ''));

/** Quote-like operators: how many parts they have and whether their text is interpolated. */
const OPERATORS: Readonly<Record<string, { readonly parts: 1 | 2; readonly kind: 'string' | 'command' | 'regex' }>> = {
  q: { parts: 1, kind: 'string' },
  qq: { parts: 1, kind: 'string' },
  qw: { parts: 1, kind: 'string' },
  qx: { parts: 1, kind: 'command' },
  m: { parts: 1, kind: 'regex' },
  qr: { parts: 1, kind: 'regex' },
  s: { parts: 2, kind: 'regex' },
  tr: { parts: 2, kind: 'string' },
  y: { parts: 2, kind: 'string' },
};
const CLOSING: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}', '<': '>' };
/** Code inside a text or a regular expression. */
const CODE = /@\{|\$\{\s*[^\w^}]|\$\{\\|\(\?\??\{/;

function part(text: string, from: number): { readonly body: string; readonly end: number } | undefined {
  const open = text[from] as string;
  const close = CLOSING[open];
  let depth = 0;
  for (let at = from + 1; at < text.length; at++) {
    if (text[at] === '\\') at++;
    else if (close !== undefined && text[at] === open) depth++;
    else if (text[at] === (close ?? open)) {
      if (depth === 0) return { body: text.slice(from + 1, at), end: at + 1 };
      depth--;
    }
  }
  return undefined;
}

const special: Syntax['special'] = (text, at, before) => {
  const word = /^(?:qq|qw|qx|qr|q|m|s|tr|y)(?=\s*[^\w\s,;=)]|\s+[^\w\s=,;)])/.exec(text.slice(at, at + 40))?.[0];
  if (
    word === undefined ||
    before?.text === '->' ||
    before?.text === '$' ||
    (before?.text === '{' && text[at + word.length] === '}')
  )
    return undefined;
  if (/^\s*=>/.test(text.slice(at + word.length, at + word.length + 8))) return undefined;
  const operator = OPERATORS[word];
  if (!operator) return undefined;
  let start = at + word.length;
  while (/\s/.test(text[start] ?? '')) start++;
  if (text[start] === '#' && start > at + word.length) return 'refused';
  const first = part(text, start);
  if (!first) return 'refused';
  let end = first.end;
  let second: { readonly body: string; readonly end: number } | undefined;
  if (operator.parts === 2) {
    let next = end;
    if (CLOSING[text[start] as string] !== undefined) while (/\s/.test(text[next] ?? '')) next++;
    else next--;
    second = part(text, next);
    if (!second) return 'refused';
    end = second.end;
  }
  const flags =
    operator.kind === 'regex' || word === 'tr' || word === 'y'
      ? (/^[a-z]*/.exec(text.slice(end, end + 12))?.[0] ?? '')
      : '';
  if (word !== 'q' && word !== 'qw' && CODE.test(first.body)) return 'refused';
  const replaced = second?.body ?? '';
  if (flags.includes('ee')) return 'refused';
  if (!flags.includes('e') && word === 's' && CODE.test(replaced)) return 'refused';
  const computed = word !== 'q' && word !== 'qw' && /[$@]/.test(first.body);
  const token: Token = {
    kind: operator.kind === 'command' ? 'command' : 'string',
    text: simple(first.body),
    newline: false,
    ...(computed || operator.kind === 'regex' || operator.parts === 2 ? { computed: true } : {}),
    // The replacement of s///e is code.
    ...(word === 's' && flags.includes('e') ? { code: [replaced] } : {}),
  };
  return { tokens: [token], length: end - at + flags.length };
};

const STRING = { computed: /[$@]/ };

export const readPerl = reader({
  language: 'perl',
  syntax: {
    comment: /#[^\n]*/,
    variable: /(?:\$#?|@|%(?=[A-Za-z_]))(?:[A-Za-z_]\w*(?![\w]*::)|\d+|[&_,./;!@0"](?![\w])|\{\w+\}|\$(?=[A-Za-z_{]))/,
    quotes: { "'": {}, '"': STRING, '`': { computed: /[$@]/, command: true } },
    regex: true,
    special,
    // Here-documents, format and POD sections, code in texts, calls by name, special variables that open files.
    refused:
      /<<["'~A-Z]|=(?:pod|head\d|begin|for|cut)\b|__(?:END|DATA)__|"(?:[^"\\]|\\.)*(?:@\{|\$\{\s*[^\w^}])|\$\^[A-Z]|\$\{\^|&\s*[{$]|&\w|\*\w|\\&|\$(?:INC|0)\s*[[={]|%INC|@INC|@ARGV\s*=|%ENV\s*=|\$ENV\{[^}]*\}\s*=[^=~]/,
  },
  words: words(`
print printf say if elsif else unless while until for foreach my our local use no strict warnings utf8 feature split join map grep sort keys values each length
substr lc uc lcfirst ucfirst index rindex push pop shift unshift splice reverse sprintf chomp chop scalar defined exists delete next last redo
return and or not xor eq ne lt gt le ge cmp x BEGIN END STDIN STDERR STDOUT ARGV eof die warn exit undef ref int abs hex oct ord chr time
localtime gmtime sqrt sin cos atan2 exp log rand srand pos quotemeta pack unpack wantarray lstat stat binmode sub ENV qw g i gi encode_json decode_json
encode_base64 decode_base64 Dumper sum max min first uniq any all none shuffle floor ceil strftime md5_hex sha1_hex sha256_hex basename dirname
blessed looks_like_number encode decode close readline FH IN OUT fh chained vec exists _ e f d s r w z l`),
  rows: {
    system: { does: 'shell' },
    exec: { does: 'shell' },
    unlink: { does: 'delete' },
    rmdir: { does: 'delete' },
    remove_tree: { does: 'delete-tree' },
    rmtree: { does: 'delete-tree' },
    rename: { does: 'move' },
    mkdir: { does: 'mkdir' },
    opendir: { does: 'names' },
    open: { does: 'open' },
  },
  modules: {},
  libraries: words(
    'strict warnings utf8 feature JSON::PP JSON List::Util Scalar::Util POSIX Data::Dumper MIME::Base64 Digest::MD5 Digest::SHA File::Basename Time::HiRes Time::Local Encode open 5 v5 5.010 v5.10 5.010 File::Path Text::Wrap Text::ParseWords constant integer bytes Getopt::Long',
  ),
  loads: new Set(['use', 'no', 'require']),
  names: new Set(['sub', 'package']),
  bareVariables: false,
  member: words('canonical pretty utf8 encode decode new add hexdigest b64digest allow_nonref'),
  indirect: (tokens, index) => {
    const [token, next] = [tokens[index], tokens[index + 1]];
    if (token?.text === '->' && (next?.text === '(' || next?.kind === 'variable'))
      return 'a function is called by a value';
    if (token?.kind === 'mark' && token.text === '&' && next?.text !== '&') return 'a function is called by a value';
    if (token?.text === 'open' && tokens[index + 1]?.text !== '(' && tokens[index + 1]?.kind === 'string')
      return 'open with one text';
    // <$handle> reads; <$x*> lists files; both only read, but the operator hides what follows it.
    return undefined;
  },
});
