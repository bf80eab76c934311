// Owns the list of code readers. Adding a language is one folder or file and one line here.
import type { EffectDraft, Language, ReadCode } from '../core/program.ts';
import { known, text, unknown } from '../core/value.ts';
import { readGo } from './go/read.ts';
import { readJavaScript } from './javascript/read.ts';
import { readPython } from './python/read.ts';
import { readAppleScript } from './script/applescript.ts';
import { readAwk } from './script/awk.ts';
import { computedCode } from './script/computed.ts';
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

/** Adds what can be told of code that is not read: that it gives a shell to the network, or runs what it decodes or fetches. */
const watched =
  (read: ReadCode, language: Language): ReadCode =>
  (code, setting) => {
    const found = read(code, setting);
    const unread = found.effects.some(({ kind }) => kind === 'opaque');
    const shell: EffectDraft = { kind: 'net.listen', what: 'shell', address: unknown('an address in the code') };
    const told = found.effects.some((effect) => effect.kind === 'code.run' && effect.taints.length > 0);
    const effects = [...(unread && joinsShell(code) ? [shell] : []), ...(told ? [] : computedCode(code, language))];
    return effects.length === 0 ? found : { ...found, effects: [...found.effects, ...effects] };
  };

export const readers: Partial<Readonly<Record<Language, ReadCode>>> = {
  python: watched(readPython, 'python'),
  javascript: watched(readJavaScript, 'javascript'),
  sql: readSqlCode,
  awk: watched(readAwk, 'awk'),
  perl: watched(readPerl, 'perl'),
  ruby: watched(readRuby, 'ruby'),
  php: watched(readPhp, 'php'),
  lua: watched(readLua, 'lua'),
  go: watched(readGo, 'go'),
  powershell: watched(readPowerShell, 'powershell'),
  applescript: readAppleScript,
  unknown: watched(readUnread, 'unknown'),
};
