// Owns the builtins that read input and print text.
import type { Stream, Word } from '../../core/invocation.ts';
import { known, text, unknown, type Value } from '../../core/value.ts';
import { printEcho, printPrintf } from '../print.ts';
import { streamOf } from '../redirect.ts';
import type { State } from '../state.ts';
import { addOpaque, SILENT } from '../trace.ts';
import { setVariable } from '../variables.ts';
import { type Builtin, operands } from './call.ts';
import { runHere } from './running.ts';

export const read: Builtin = ({ trace, frame, state, args, what }) => {
  const stdin = inputOf(args, state, what.io.stdin);
  const names = readNames(args);
  for (const name of names) {
    if (!/^[A-Za-z_]\w*$/.test(name)) addOpaque(trace, frame, what.span, 'shell', 'a variable whose name is not known');
    else
      setVariable(
        state,
        name,
        lineOf(stdin.text, names.length === 1) ??
          (names.length === 1 ? stdin.each : undefined) ??
          unknown(`$${name} is read from input`),
        stdin.taints,
      );
  }
  return SILENT;
};

/** `read -u 3` reads from a descriptor that `exec` opened. */
function inputOf(args: readonly Word[], state: State, stdin: Stream): Stream {
  const at = args.findIndex((word) => /^-[a-zA-Z]*u$/.test(text(word.value) ?? ''));
  const descriptor = at < 0 ? undefined : state.descriptors.get(Number(text(args[at + 1]?.value ?? unknown(''))));
  return descriptor ? streamOf(descriptor) : stdin;
}

const READ_VALUES = new Set(['-d', '-n', '-N', '-p', '-t', '-u', '-i']);

function readNames(args: readonly Word[]): string[] {
  const names: string[] = [];
  for (let at = 0; at < args.length; at++) {
    const plain = text(args[at]?.value ?? unknown(''));
    if (plain !== undefined && /^-[a-zA-Z]+$/.test(plain)) {
      if (plain.endsWith('a')) names.push(text(args[++at]?.value ?? unknown('')) ?? '?');
      else if (READ_VALUES.has(`-${plain.at(-1)}`)) at++;
      continue;
    }
    names.push(plain ?? '?');
  }
  return names.length > 0 ? names : ['REPLY'];
}

/** The lines of known input, any of which a loop may be reading. */
function lineOf(input: Value, whole: boolean): Value | undefined {
  const plain = text(input);
  if (plain === undefined || !whole) return undefined;
  const lines = plain
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => line.trim());
  return lines.length > 0 && lines.length <= 32 ? { kind: 'oneOf', texts: [...new Set([...lines, ''])] } : undefined;
}

/** `mapfile -C text` runs the text while it reads (bash manual 4.2). */
export const mapFile: Builtin = ({ trace, frame, state, args, what, index, name: via }) => {
  args.forEach((word, at) => {
    const callback = args[at + 1];
    if (/^-\w*C$/.test(text(word.value) ?? '-C') && callback)
      runHere(trace, frame, state, callback, index, what.span, via);
    else if (/^-\w*C./.test(text(word.value) ?? ''))
      addOpaque(trace, frame, what.span, 'shell', 'text that runs while lines are read', index);
  });
  const name = text(operands(args).at(-1)?.value ?? known('MAPFILE')) ?? 'MAPFILE';
  setVariable(
    state,
    /^[A-Za-z_]\w*$/.test(name) ? name : 'MAPFILE',
    unknown('lines that are read from input'),
    what.io.stdin.taints,
  );
  return SILENT;
};

export const echo: Builtin = ({ args }) => printEcho(args);

export const printf: Builtin = (call) => {
  const { args, state, trace, frame, what, index } = call;
  if (text(args[0]?.value ?? unknown('')) !== '-v') return printPrintf(args);
  const name = text(args[1]?.value ?? unknown(''));
  if (name === undefined || !/^[A-Za-z_]\w*$/.test(name))
    addOpaque(trace, frame, what.span, 'shell', 'a variable whose name is evaluated', index);
  else {
    const out = printPrintf(args.slice(2));
    setVariable(state, name, out.text, out.taints);
  }
  return SILENT;
};
