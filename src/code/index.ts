// Owns the list of code readers. Adding a language is one folder or file and one line here.
import type { Language, ReadCode } from '../core/program.ts';
import { known, text, unknown } from '../core/value.ts';
import { readGo } from './go/read.ts';
import { readJavaScript } from './javascript/read.ts';
import { readPython } from './python/read.ts';
import { readAppleScript } from './script/applescript.ts';
import { readAwk } from './script/awk.ts';
import { joinsShell } from './script/joined.ts';
import { readLua } from './script/lua.ts';
import { readPerl } from './script/perl.ts';
import { readPhp } from './script/php.ts';
import { readPowerShell } from './script/powershell.ts';
import { readRuby } from './script/ruby.ts';
import { readUnread } from './script/unread.ts';
import { readSql } from './sql/read.ts';

/** `args` are the engine and the target. */
const readSqlCode: ReadCode = (code, { args, cwd }) =>
  readSql(code, { engine: text(args[0]?.value ?? known('')) ?? 'unknown', target: args[1]?.value ?? known(''), cwd });

/** Adds what can be told of code that is not read: that it gives a shell to the network. */
const watched =
  (read: ReadCode): ReadCode =>
  (code, setting) => {
    const found = read(code, setting);
    if (!found.effects.some(({ kind }) => kind === 'opaque') || !joinsShell(code)) return found;
    const address = unknown('an address in the code');
    return { ...found, effects: [...found.effects, { kind: 'net.listen', what: 'shell', address }] };
  };

export const readers: Partial<Readonly<Record<Language, ReadCode>>> = {
  python: watched(readPython),
  javascript: watched(readJavaScript),
  sql: readSqlCode,
  awk: watched(readAwk),
  perl: watched(readPerl),
  ruby: watched(readRuby),
  php: watched(readPhp),
  lua: watched(readLua),
  go: watched(readGo),
  powershell: readPowerShell,
  applescript: readAppleScript,
  unknown: watched(readUnread),
};
