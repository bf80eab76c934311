// Owns the reading of sed scripts: which files they write and read, and which commands they run. Knows no effects.

export interface SedScript {
  readonly writes: readonly string[];
  readonly reads: readonly string[];
  readonly runs: readonly string[];
  /** Why the script is not fully understood. */
  readonly because?: string;
}

/** The end of a delimited part that starts after `from`; -1 when it has none. */
function closing(script: string, from: number, delimiter: string): number {
  let bracket = false;
  for (let at = from; at < script.length; at++) {
    const mark = script[at];
    if (mark === '\\') at++;
    else if (mark === '[' && !bracket) {
      bracket = true;
      if (script[at + 1] === '^') at++;
      if (script[at + 1] === ']') at++;
    } else if (mark === ']') bracket = false;
    else if (mark === delimiter && !bracket) return at;
    else if (mark === '\n' && bracket) bracket = false;
  }
  // A bracket that never closes is an ordinary character to sed.
  return bracket ? plainClosing(script, from, delimiter) : -1;
}

function plainClosing(script: string, from: number, delimiter: string): number {
  for (let at = from; at < script.length; at++) {
    if (script[at] === '\\') at++;
    else if (script[at] === delimiter) return at;
  }
  return -1;
}

const lineEnd = (script: string, from: number): number => {
  const at = script.indexOf('\n', from);
  return at < 0 ? script.length : at;
};

/** Position after an address (`3`, `$`, `/x/I`, `0~4`, `\\,x,`), or undefined when it is not understood. */
function address(script: string, from: number): number | undefined {
  let at = from;
  for (;;) {
    const rest = script.slice(at);
    const number = /^(\$|[+~]?[0-9]+(~[0-9]+)?)/.exec(rest);
    if (number) at += number[0].length;
    else if (script[at] === '/' || (script[at] === '\\' && at + 1 < script.length)) {
      const start = script[at] === '/' ? at : at + 1;
      const end = closing(script, start + 1, script[start] as string);
      if (end < 0) return undefined;
      at = end + 1;
      while ('IM'.includes(script[at] ?? '?')) at++;
    } else return at;
    while (script[at] === ' ') at++;
    if (script[at] !== ',') return at;
    at++;
    while (script[at] === ' ') at++;
  }
}

/** Reads a sed script by its grammar (GNU sed manual, section "sed scripts"). */
export function readSed(script: string): SedScript {
  const [writes, reads, runs] = [[] as string[], [] as string[], [] as string[]];
  const stuck = (because: string): SedScript => ({ writes, reads, runs, because });
  let at = 0;
  while (at < script.length) {
    if (/[\s;}{]/.test(script[at] as string)) {
      at++;
      continue;
    }
    const after = address(script, at);
    if (after === undefined) return stuck('an address in the script of sed is not understood');
    at = after;
    while (/[\s!]/.test(script[at] ?? '')) at++;
    const command = script[at];
    if (command === undefined) break;
    at++;
    if (command === '#') at = lineEnd(script, at);
    else if ('={}dDgGhHnNpPxFz'.includes(command)) continue;
    else if ('lqQL'.includes(command)) while (/[0-9 ]/.test(script[at] ?? '')) at++;
    else if (':btTv'.includes(command)) while (at < script.length && !/[;\n}]/.test(script[at] as string)) at++;
    else if ('aic'.includes(command)) {
      do at = lineEnd(script, at) + 1;
      while (script[at - 2] === '\\' && at < script.length);
    } else if ('wWrR'.includes(command)) {
      const end = lineEnd(script, at);
      ('wW'.includes(command) ? writes : reads).push(script.slice(at, end).trim());
      at = end;
    } else if (command === 'e') {
      const end = lineEnd(script, at);
      const text = script.slice(at, end).trim();
      if (text === '') return stuck('sed runs each line as a command');
      runs.push(text);
      at = end;
    } else if (command === 's' || command === 'y') {
      const delimiter = script[at] ?? '';
      const middle = closing(script, at + 1, delimiter);
      const end = middle < 0 ? -1 : plainClosing(script, middle + 1, delimiter);
      if (end < 0 || delimiter === '' || delimiter === '\\' || delimiter === '\n')
        return stuck('a substitution of sed is not understood');
      at = end + 1;
      while (command === 's' && /[gpiIMme0-9]/.test(script[at] ?? '')) {
        if (script[at] === 'e') {
          const text = script.slice(middle + 1, end);
          if (!/&|\\[0-9lLuUE]/.test(text)) runs.push(text.replaceAll(`\\${delimiter}`, delimiter));
          return stuck('sed runs the result of a substitution as a command');
        }
        at++;
      }
      if (command === 's' && script[at] === 'w') {
        const stop = lineEnd(script, at);
        writes.push(script.slice(at + 1, stop).trim());
        at = stop;
      }
    } else return stuck(`sed command ${command} is not understood`);
  }
  return { writes, reads, runs };
}
