// Turns sed scripts into effects: the commands that write, read or run something; knows nothing of sed's options.
import { resolve } from '../../core/path.ts';
import type { EffectDraft, Lowering, Run } from '../../core/program.ts';
import { known, type Value } from '../../core/value.ts';

const opaque = (because: string): EffectDraft => ({ kind: 'opaque', layer: 'code', because });

const STANDARD = /^\/dev\/(stdout|stderr|stdin|null)$/;

/** Commands: https://www.gnu.org/software/sed/manual/sed.html, "sed scripts". */
export function readSed(script: string, cwd: Value): Lowering {
  const effects: EffectDraft[] = [];
  const runs: Run[] = [];
  let at = 0;
  const refuse = (because: string): Lowering => ({ effects: [...effects, opaque(because)], runs });
  const skip = (pattern: RegExp): string => {
    pattern.lastIndex = at;
    const found = pattern.exec(script)?.[0] ?? '';
    at += found.length;
    return found;
  };
  const line = (): string => skip(/[^\n]*/y).trim();
  const write = (file: string): void => {
    if (!STANDARD.test(file)) effects.push({ kind: 'fs.write', path: resolve(known(file), cwd), how: 'overwrite' });
  };
  while (at < script.length) {
    skip(/[\s;]+/y);
    if (at >= script.length) break;
    if (!skipAddresses()) return refuse('a sed address that is not read');
    skip(/[\s!]*/y);
    const command = script[at++];
    switch (command) {
      case undefined:
        break;
      case '{':
      case '}':
      case '=':
      case 'd':
      case 'D':
      case 'F':
      case 'g':
      case 'G':
      case 'h':
      case 'H':
      case 'n':
      case 'N':
      case 'p':
      case 'P':
      case 'x':
      case 'z':
        break;
      case '#':
        line();
        break;
      case 'q':
      case 'Q':
      case 'l':
      case 'L':
        skip(/\s*\d*/y);
        break;
      case ':':
      case 'b':
      case 't':
      case 'T':
      case 'v':
        skip(/[^\n;}]*/y);
        break;
      case 'a':
      case 'i':
      case 'c':
        skip(/(?:[^\n\\]|\\[\s\S])*/y);
        break;
      case 'r':
      case 'R': {
        const file = line();
        if (!STANDARD.test(file)) effects.push({ kind: 'fs.read', path: resolve(known(file), cwd), use: 'content' });
        break;
      }
      case 'w':
      case 'W':
        write(line());
        break;
      case 'e': {
        const text = line();
        if (text === '') return refuse('sed runs its input as commands');
        runs.push({
          kind: 'shell',
          via: 'sed e',
          text: { value: known(text), taints: [], fields: 'one', span: { start: 0, end: 0 } },
        });
        break;
      }
      case 's':
      case 'y': {
        const delimiter = script[at++];
        if (delimiter === undefined || delimiter === '\n' || delimiter === '\\')
          return refuse('a sed command that is not closed');
        if (!skipTo(delimiter, command === 's') || !skipTo(delimiter, false))
          return refuse('a sed command that is not closed');
        if (command === 'y') break;
        const flags = skip(/[gpiImM0-9e]*/y);
        if (flags.includes('e')) return refuse('sed runs the result of a substitution as a command');
        if (script[at] === 'w') {
          at++;
          write(line());
        }
        break;
      }
      default:
        return refuse(`the sed command ${command}`);
    }
  }
  return { effects: effects.length > 0 ? effects : [{ kind: 'inspect', what: 'sed script' }], runs };

  /** Up to and over the delimiter; between the brackets of a regular expression it is a character like others. */
  function skipTo(delimiter: string, regex: boolean): boolean {
    while (at < script.length) {
      const char = script[at];
      if (char === '\\') at += 2;
      else if (char === delimiter) {
        at++;
        return true;
      } else if (regex && char === '[') {
        if (skip(/\[\^?\]?(?:\[[:.=](?:[^\]]|(?<![:.=])\])*[:.=]\]|[^\]\n])*\]/y) === '') at++;
      } else at++;
    }
    return false;
  }

  function skipAddresses(): boolean {
    for (let count = 0; count < 2; count++) {
      if (script[at] === '/') {
        at++;
        if (!skipTo('/', true)) return false;
        skip(/[IM]*/y);
      } else if (script[at] === '\\' && script[at + 1] !== undefined) {
        const delimiter = script[at + 1] as string;
        at += 2;
        if (!skipTo(delimiter, true)) return false;
        skip(/[IM]*/y);
      } else skip(/(\d+|\$|\+\d+|~\d+|[0-9]+~[0-9]+)/y);
      skip(/\s*/y);
      if (script[at] !== ',') return true;
      at++;
      skip(/\s*/y);
    }
    return true;
  }
}
