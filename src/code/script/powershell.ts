// Reads PowerShell for what it fetches and runs, deletes and overwrites; everything else in it stays unread.
import { resolve } from '../../core/path.ts';
import type { EffectDraft, ReadCode } from '../../core/program.ts';
import { known, type Taint, unknown, type Value } from '../../core/value.ts';

/** Commands, their aliases and .NET methods. Source: learn.microsoft.com, about_Aliases and the cmdlet references. */
const FETCHES =
  /^(irm|iwr|invoke-restmethod|invoke-webrequest|start-bitstransfer|curl|wget)$|downloadstring$|downloadfile$|downloaddata$/i;
const EVALUATES = /^(iex|invoke-expression|invoke-command|icm|\[scriptblock\]::create)$/i;
const DELETES = /^(remove-item|ri|rm|del|erase|rd|rmdir)$/i;
const OVERWRITES = /^(clear-content|clc|set-content|sc|out-file|new-item|ni)$/i;
const APPENDS = /^(add-content|ac)$/i;
/** Options of those commands that take a value which is no path. */
const VALUED = /^-(value|encoding|itemtype|type|filter|include|exclude|stream|erroraction|ea)$/i;

const MAX_SIZE = 65_536;

interface Token {
  readonly text: string;
  readonly quoted: boolean;
}

const TOKEN = /"((?:[^"`]|`.)*)"|'((?:[^']|'')*)'|#[^\n]*|([;|\n(){}]|&&|\|\|)|([^\s;|(){}"'#]+)/g;

function tokens(code: string): Token[] {
  const found: Token[] = [];
  for (const [whole, double, single, mark, bare] of code.matchAll(TOKEN)) {
    if (whole.startsWith('#')) continue;
    found.push({ text: double ?? single ?? mark ?? bare ?? '', quoted: double !== undefined || single !== undefined });
  }
  return found;
}

const ENDS = new Set([';', '|', '\n', '(', ')', '{', '}', '&&', '||']);
const ends = (token: Token): boolean => !token.quoted && ENDS.has(token.text);

/** Simple commands: a name and what follows it up to the next separator or bracket. */
function commands(all: readonly Token[]): Token[][] {
  const list: Token[][] = [[]];
  for (const token of all) {
    if (ends(token)) list.push([]);
    else list.at(-1)?.push(token);
  }
  // `&` and `.` start what follows them.
  return list
    .map((each) => (/^[&.]$/.test(each[0]?.text ?? '') ? each.slice(1) : each))
    .filter((each) => each.length > 0);
}

/** Operands of a command that names paths. */
function paths(rest: readonly Token[]): string[] {
  const found: string[] = [];
  for (let at = 0; at < rest.length; at++) {
    const token = rest[at] as Token;
    if (token.quoted || !token.text.startsWith('-')) found.push(...token.text.split(','));
    else if (VALUED.test(token.text)) at++;
  }
  return found.filter((each) => each !== '');
}

function pathOf(spelled: string, home: string, cwd: Value): Value {
  const plain = spelled
    .replace(/^(\$HOME|\$\{HOME\}|\$env:(HOME|USERPROFILE)|~)(?=[\\/]|$)/i, home)
    .replace(/^[A-Za-z]:[\\/]?(?=\*?$)/, '/')
    .replaceAll('\\', '/');
  return plain.includes('$') ? unknown(`${spelled} is not known`) : resolve(known(plain), cwd);
}

export const readPowerShell: ReadCode = (code, { cwd, context }) => {
  if (code.length > MAX_SIZE)
    return { effects: [{ kind: 'opaque', layer: 'limit', because: 'powershell code that is too long to read' }] };
  const all = tokens(code);
  const list = commands(all);
  const name = (command: readonly Token[]): string => command[0]?.text ?? '';
  const effects: EffectDraft[] = [];
  const fetches = all.filter((token) => !token.quoted && FETCHES.test(token.text.replace(/^.*\./, '')));
  const urls = all.filter((token) => /^https?:\/\//i.test(token.text)).map((token) => token.text);
  const spoken = list
    .filter((command) => FETCHES.test(name(command)))
    .flatMap((command) => command.slice(1).filter((token) => !token.text.startsWith('-')));
  const from = urls[0] ?? spoken[0]?.text ?? 'the network';
  const taints: readonly Taint[] = fetches.length > 0 ? [{ label: 'downloaded', from }] : [];
  if (fetches.length > 0) effects.push({ kind: 'net.fetch', url: known(from) });
  const saved = list.flatMap((command) => {
    const at = command.findIndex((token) => /^-(outfile|o|destination)$/i.test(token.text));
    const file = at < 0 ? undefined : command[at + 1]?.text;
    return file === undefined ? [] : [file.replace(/^.*[\\/]/, '')];
  });
  const starts = list.some(
    (command) =>
      !FETCHES.test(name(command)) &&
      command.slice(0, 3).some((token) => saved.includes(token.text.replace(/^.*[\\/]/, ''))),
  );
  const evaluates = list.some((command) => EVALUATES.test(name(command))) || /\.invoke\(/i.test(code);
  for (const command of list) {
    const targets = paths(command.slice(1)).map((each) => pathOf(each, context.home, cwd));
    if (DELETES.test(name(command)))
      effects.push(...targets.map((path): EffectDraft => ({ kind: 'fs.delete', path, recursive: recurses(command) })));
    else if (OVERWRITES.test(name(command)) || APPENDS.test(name(command)))
      effects.push(
        ...targets.slice(0, 1).map(
          (path): EffectDraft => ({
            kind: 'fs.write',
            path,
            how: APPENDS.test(name(command)) ? 'append' : 'overwrite',
          }),
        ),
      );
  }
  // Only what is certain is named above; the code as a whole is not understood.
  effects.push({
    kind: 'code.run',
    origin: taints.length > 0 && (evaluates || starts) ? 'download' : 'unknown',
    language: 'powershell',
    what: known('a snippet'),
    taints: evaluates || starts ? taints : [],
  });
  return { effects };
};

const recurses = (command: readonly Token[]): boolean =>
  command.some((token) => /^-r(ecurse)?$|^\/s$|^-rf$/i.test(token.text));
