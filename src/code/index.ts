// Owns the list of code readers. Adding a language is one folder or file and one line here.
import type { Language, ReadCode } from '../core/program.ts';
import { known, text } from '../core/value.ts';
import { readJavaScript } from './javascript/read.ts';
import { readPython } from './python/read.ts';
import { readAwk } from './script/awk.ts';
import { readLua } from './script/lua.ts';
import { readPerl } from './script/perl.ts';
import { readPhp } from './script/php.ts';
import { readPowerShell } from './script/powershell.ts';
import { readRuby } from './script/ruby.ts';
import { readSql } from './sql/read.ts';

/** `args` are the engine and the target. */
const readSqlCode: ReadCode = (code, { args, cwd }) =>
  readSql(code, { engine: text(args[0]?.value ?? known('')) ?? 'unknown', target: args[1]?.value ?? known(''), cwd });

export const readers: Partial<Readonly<Record<Language, ReadCode>>> = {
  python: readPython,
  javascript: readJavaScript,
  sql: readSqlCode,
  awk: readAwk,
  perl: readPerl,
  ruby: readRuby,
  php: readPhp,
  lua: readLua,
  powershell: readPowerShell,
};
