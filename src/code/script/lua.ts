// Owns the words of Lua that are read: printing, texts, tables, numbers, and the file functions that are well known.
import { reader } from './read.ts';

const words = (text: string): ReadonlySet<string> => new Set(text.split(/\s+/).filter((word) => word !== ''));

export const readLua = reader({
  language: 'lua',
  syntax: {
    comment: /--(?!\[\[|\[=)[^\n]*/,
    quotes: { "'": {}, '"': {} },
    regex: false,
    refused: /\[\[|\[=+\[|--\[|\\z/,
  },
  words: words(
    'print if then else elseif end for in do while repeat until local function return and or not nil true false break pairs ipairs type tostring tonumber select unpack next error assert _VERSION goto arg rawlen rawequal',
  ),
  rows: {
    'os.execute': { does: 'shell' },
    'io.popen': { does: 'shell' },
    'os.remove': { does: 'delete' },
    'os.rename': { does: 'move' },
    'io.open': { does: 'open' },
    'io.lines': { does: 'read' },
  },
  modules: {
    string: words('format rep sub gsub gmatch match find upper lower len byte char reverse pack unpack'),
    table: words('concat insert remove sort unpack pack'),
    math: words('floor ceil abs max min sqrt pi huge random randomseed sin cos tan log exp fmod modf tointeger type'),
    os: words('time date clock getenv difftime tmpname exit'),
    io: words('write read stdout stderr'),
    utf8: words('char codepoint len offset'),
  },
  libraries: new Set(),
  loads: new Set(['require', 'dofile', 'loadfile']),
  names: new Set(['local', 'for', 'function']),
  bareVariables: true,
  member: words('format rep sub gsub gmatch match find upper lower len byte reverse read lines close write'),
  indirect: (tokens, index) => {
    const [token, next] = [tokens[index], tokens[index + 1]];
    if (
      token?.kind === 'word' &&
      /^(os|io|string|table|math|_G|_ENV|debug|package)$/.test(token.text) &&
      next?.text !== '.'
    )
      return `${token.text} is used as a value`;
    return (token?.text === ']' || token?.text === ')') && next?.text === '(' && !next.newline
      ? 'a function is called by a value'
      : undefined;
  },
});
