// Owns the list of code readers. Adding a language is one folder and one line here.
import type { Language, ReadCode } from '../core/program.ts';
import { known, text } from '../core/value.ts';
import { readJavaScript } from './javascript/read.ts';
import { readPython } from './python/read.ts';
import { readSql } from './sql/read.ts';

/** `args` are the engine and the target. */
const readSqlCode: ReadCode = (code, { args, cwd }) =>
  readSql(code, { engine: text(args[0]?.value ?? known('')) ?? 'unknown', target: args[1]?.value ?? known(''), cwd });

export const readers: Partial<Readonly<Record<Language, ReadCode>>> = {
  python: readPython,
  javascript: readJavaScript,
  sql: readSqlCode,
};
