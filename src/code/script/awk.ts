// Turns awk programs into effects: what they run, write and read beside their input; knows nothing of awk's options.
import { resolve } from '../../core/path.ts';
import type { EffectDraft, Lowering, ReadCode, Run } from '../../core/program.ts';
import { secretVariable } from '../../core/sensitive.ts';
import { known, mergeTaints, type Taint, unknown, type Value } from '../../core/value.ts';

interface Token {
  readonly kind: 'word' | 'number' | 'string' | 'regex' | 'mark' | 'newline';
  readonly text: string;
}

const opaque = (because: string): EffectDraft => ({ kind: 'opaque', layer: 'code', because });
const STANDARD = /^(-|\/dev\/(stdout|stderr|stdin|null|tty|fd\/\d+))$/;
/** A shell that reads what is printed into it. */
const SHELL = /^(?:\/\S*\/)?(?:ba|da|z|k)?sh(?: -s?)?$/;
const MAX_SIZE = 65_536;

export const readAwk: ReadCode = (text, { cwd, stdin, args }) => {
  if (text.length > MAX_SIZE)
    return { effects: [{ kind: 'opaque', layer: 'limit', because: 'awk code that is too long to read' }] };
  const tokens = tokenize(text);
  if (tokens === undefined) return { effects: [opaque('awk code that is not read')] };
  const taints = environmentTaints(tokens);
  return {
    ...lower(tokens, cwd),
    ...(taints.length > 0
      ? { output: { taints: mergeTaints(taints, stdin.taints, ...args.map((word) => word.taints)) } }
      : {}),
  };
};

/** `ENVIRON["NAME"]`, and all of it when the name is computed. */
const environmentTaints = (tokens: readonly Token[]): readonly Taint[] =>
  tokens.flatMap(({ kind, text }, index): readonly Taint[] => {
    if (kind !== 'word' || text !== 'ENVIRON' || tokens[index - 1]?.text === 'in') return [];
    const name = tokens[index + 2];
    if (name?.kind !== 'string' || tokens[index + 3]?.text !== ']')
      return [{ label: 'secret', from: 'the environment' }];
    return secretVariable(name.text) ? [{ label: 'secret', from: `$${name.text}` }] : [];
  });

/** A slash after something that has a value divides; otherwise it starts a regular expression. */
const endsValue = (token: Token | undefined): boolean =>
  token !== undefined &&
  (token.kind === 'number' ||
    token.kind === 'string' ||
    token.kind === 'regex' ||
    (token.kind === 'word' && !/^(print|printf|return|in|if|while|for|do|else|case|getline)$/.test(token.text)) ||
    /^(\)|\]|\$|\+\+|--)$/.test(token.text));

const ESCAPES: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  a: '\x07',
  b: '\b',
  f: '\f',
  v: '\v',
  '\n': '',
};
const unescapeAwk = (body: string): string =>
  body.replace(/\\([0-7]{1,3}|x[0-9a-fA-F]{1,2}|[\s\S])/g, (_, code: string) => {
    if (/^[0-7]/.test(code)) return String.fromCharCode(Number.parseInt(code, 8));
    if (/^x./.test(code)) return String.fromCharCode(Number.parseInt(code.slice(1), 16));
    return Object.hasOwn(ESCAPES, code) ? (ESCAPES[code] as string) : code;
  });

function tokenize(text: string): readonly Token[] | undefined {
  const tokens: Token[] = [];
  let at = 0;
  const take = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = at;
    return pattern.exec(text)?.[0];
  };
  while (at < text.length) {
    const blank = take(/[ \t\r]+|\\\r?\n|#[^\n]*/y);
    if (blank !== undefined) {
      at += blank.length;
      continue;
    }
    const char = text[at] as string;
    const string = char === '"' ? take(/"(?:[^"\\\n]|\\[\s\S])*"/y) : undefined;
    if (char === '"' && string === undefined) return undefined;
    const regex = char === '/' && !endsValue(tokens.at(-1)) ? take(/\/(?:[^/\\\n]|\\[^\n])*\//y) : undefined;
    if (char === '/' && !endsValue(tokens.at(-1)) && regex === undefined) return undefined;
    const word = take(/[A-Za-z_][A-Za-z0-9_:]*/y);
    const number = take(/\d+(?:\.\d*)?(?:[eE][-+]?\d+)?|\.\d+/y);
    const mark = take(/\|\||\|&|&&|>>|[-+*/%^=!<>]=|\+\+|--|!~|\*\*=?|[\s\S]/y) as string;
    const kind = string
      ? 'string'
      : regex
        ? 'regex'
        : word
          ? 'word'
          : number
            ? 'number'
            : char === '\n'
              ? 'newline'
              : 'mark';
    const found = string ?? regex ?? word ?? number ?? mark;
    tokens.push({ kind, text: kind === 'string' ? unescapeAwk(found.slice(1, -1)) : found });
    at += found.length;
  }
  return tokens;
}

function lower(tokens: readonly Token[], cwd: Value): Lowering {
  const effects: EffectDraft[] = [];
  const runs: Run[] = [];
  /** Parentheses that were opened since `print`; undefined outside of a print statement. */
  let printing: number | undefined;
  const isEnd = (token: Token | undefined): boolean =>
    token === undefined || token.kind === 'newline' || /^[;}]$/.test(token.text);
  const literalAt = (index: number): string | undefined =>
    tokens[index]?.kind === 'string' ? tokens[index]?.text : undefined;
  const runShell = (text: string): void => {
    runs.push({
      kind: 'shell',
      via: 'awk',
      text: { value: known(text), taints: [], fields: 'one', span: { start: 0, end: 0 } },
    });
  };
  const path = (name: string): Value =>
    name.startsWith('/inet') ? unknown('a network address') : resolve(known(name), cwd);
  tokens.forEach((token, index) => {
    const next = tokens[index + 1];
    const { kind, text } = token;
    if (kind === 'word' && (text === 'print' || text === 'printf')) printing = 0;
    else if (isEnd(token)) printing = undefined;
    else if (printing !== undefined && text === '(' && kind === 'mark') printing++;
    else if (printing !== undefined && text === ')' && kind === 'mark') printing--;
    if (kind === 'word' && text === 'system') {
      const command = next?.text === '(' && tokens[index + 3]?.text === ')' ? literalAt(index + 2) : undefined;
      if (command === undefined) effects.push(opaque('awk runs a command that is not known'));
      else runShell(command);
    } else if (kind === 'mark' && text === '@') effects.push(opaque('awk loads code or calls a function by its name'));
    else if (kind === 'mark' && text === '|&') effects.push(opaque('awk talks with another program'));
    else if (kind === 'mark' && text === '|') {
      const reads = next?.kind === 'word' && next.text === 'getline';
      const before = tokens[index - 2];
      const alone =
        before === undefined || before.kind === 'newline' || /^[;{}(]$|^(while|if|do|else)$/.test(before.text);
      const command = reads
        ? alone
          ? literalAt(index - 1)
          : undefined
        : isEnd(tokens[index + 2])
          ? literalAt(index + 1)
          : undefined;
      const printed = tokens[index - 2]?.text === 'print' ? literalAt(index - 1) : undefined;
      if (command === undefined) effects.push(opaque('awk runs a command that is not known'));
      else runShell(!reads && printed !== undefined && SHELL.test(command) ? printed : command);
    } else if (kind === 'mark' && (text === '>' || text === '>>') && printing === 0) {
      const name = isEnd(tokens[index + 2]) ? literalAt(index + 1) : undefined;
      const how = text === '>' ? 'overwrite' : 'append';
      if (name === undefined) effects.push({ kind: 'fs.write', path: unknown('a file name that awk computes'), how });
      else if (name.startsWith('/inet')) effects.push(opaque('awk writes to the network'));
      else if (!STANDARD.test(name)) effects.push({ kind: 'fs.write', path: path(name), how });
    } else if (kind === 'mark' && text === '<' && isGetline(tokens, index)) {
      const name = literalAt(index + 1);
      if (name?.startsWith('/inet')) effects.push(opaque('awk reads from the network'));
      else if (name === undefined || !STANDARD.test(name))
        effects.push({
          kind: 'fs.read',
          path: name === undefined ? unknown('a file name that awk computes') : path(name),
          use: 'content',
        });
    }
  });
  return { effects: effects.length > 0 ? effects : [{ kind: 'inspect', what: 'awk program' }], runs };
}

/** `getline < file` and `getline variable < file`. */
const isGetline = (tokens: readonly Token[], index: number): boolean =>
  [1, 2, 5].some((back) => tokens[index - back]?.kind === 'word' && tokens[index - back]?.text === 'getline');
