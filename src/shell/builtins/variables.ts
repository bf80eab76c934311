// Owns the builtins that set variables and positional parameters.
import type { Word } from '../../core/invocation.ts';
import { concat, known, pattern, text, texts, unknown, type Value } from '../../core/value.ts';
import { checkEvaluated } from '../arithmetic.ts';
import { setText } from '../assign.ts';
import { environmentOf } from '../run.ts';
import { addEffect, addOpaque, NO_TAINTS, type Out, SILENT } from '../trace.ts';
import { lookUp, setVariable } from '../variables.ts';
import { type Builtin, hasFlag, operands } from './call.ts';

export const declare: Builtin = ({ trace, state, args, name, frame, what, index }) => {
  const exported = name === 'export' || hasFlag(args, 'x');
  const integer = name !== 'export' && hasFlag(args, 'i');
  if (name === 'export' && hasFlag(args, 'f')) state.exportedFunctions = true;
  if (hasFlag(args, 'n') && name !== 'export')
    addOpaque(trace, frame, what.span, 'shell', 'a name that stands for another variable', index);
  const set: { name: string; word: Word }[] = [];
  for (const word of args) {
    const whole = text(word.value) ?? (word.value.kind === 'pattern' ? word.value.prefix : undefined);
    if (texts(word.value) === undefined && whole === undefined) {
      addOpaque(trace, frame, word.span, 'shell', 'a variable whose name is not known', index);
      continue;
    }
    for (const each of texts(word.value) ?? [whole as string]) {
      const match = /^([A-Za-z_]\w*)(\+?)=/.exec(each);
      const variable = match?.[1] ?? (/^[A-Za-z_]\w*$/.test(each) ? each : undefined);
      if (variable === undefined) continue;
      if (
        state.locals &&
        (name === 'local' || ((name === 'declare' || name === 'typeset') && !hasFlag(args, 'g'))) &&
        !state.locals.has(variable)
      )
        state.locals.set(variable, state.vars.get(variable));
      if (match && !each.endsWith('=(…)')) {
        const value: Word = { ...word, value: restOf(word.value, each, match[0].length), fields: 'one' };
        setText(trace, state, variable, value, match[2] === '+');
        if (integer || state.vars.get(variable)?.integer)
          checkEvaluated(trace, frame, value.value, value.taints, word.span);
        set.push({ name: variable, word: value });
      }
      if (integer) state.vars.set(variable, { ...lookUp(trace, state, variable), integer: true });
      const now = lookUp(trace, state, variable);
      if (exported) {
        state.vars.set(variable, { ...now, exported: true });
        if (!match)
          set.push({ name: variable, word: { value: now.value, taints: now.taints, fields: 'one', span: word.span } });
      } else if (!match && name !== 'readonly' && !state.vars.has(variable))
        setVariable(state, variable, known(''), NO_TAINTS);
    }
  }
  if (exported) environmentOf(trace, frame, state, set, '', what.span, index);
  return args.length === operands(args).length && args.length > 0 ? SILENT : listing(args, 'declarations');
};

function restOf(value: Value, whole: string, cut: number): Value {
  if (value.kind === 'pattern')
    return concat(
      pattern(value.prefix.slice(cut), '', value.because, { climbs: value.climbs }),
      value.suffix === '' ? known('') : pattern('', value.suffix, value.because),
    );
  return known(whole.slice(cut));
}

/** `export -p`, `set` and such show every variable, secrets included. */
const listing = (args: readonly Word[], what: string): Out =>
  operands(args).length > 0
    ? SILENT
    : { text: unknown(`the ${what} of the shell`), taints: [{ label: 'secret', from: 'the environment' }] };

/** Variables by which shells keep their history. */
const HISTORY = /^HIST(FILE|SIZE|FILESIZE)$/;

export const unset: Builtin = ({ state, args, trace, frame }) => {
  for (const word of operands(args)) {
    const name = text(word.value);
    if (name === undefined || /[[$`]/.test(name))
      addOpaque(trace, frame, word.span, 'shell', 'a variable whose name is evaluated');
    else if (hasFlag(args, 'f')) state.functions.delete(name);
    else {
      state.vars.set(name, { value: known(''), taints: NO_TAINTS, exported: false, unset: true });
      if (HISTORY.test(name)) addEffect(trace, frame, word.span, { kind: 'weaken', what: 'the shell history' });
    }
  }
  return SILENT;
};

export const set: Builtin = ({ trace, frame, state, args, what }) => {
  if (args.length === 0) return listing(args, 'variables');
  if (
    args.length === 2 &&
    text(args[0]?.value ?? known('')) === '+o' &&
    text(args[1]?.value ?? known('')) === 'history'
  )
    addEffect(trace, frame, what.span, { kind: 'weaken', what: 'the shell history' });
  const dashes = args.findIndex((word) => text(word.value) === '--');
  const flags = (dashes < 0 ? args : args.slice(0, dashes)).filter((word) => /^[-+]/.test(text(word.value) ?? ''));
  for (const word of flags) {
    const flag = text(word.value) as string;
    const on = flag.startsWith('-');
    // With an option that it does not have, set changes nothing.
    if (!/^[-+]([abefhkmnptuvxBCEHPT]*o?)$/.test(flag)) {
      state.positionalUnknown = true;
      return SILENT;
    }
    if (/^[-+][a-zA-Z]*e/.test(flag)) state.exitOnError = on;
    if (/^[-+][a-zA-Z]*f/.test(flag)) state.noGlob = on;
  }
  const options = flags.some((word) => /^[-+][a-zA-Z]*o$/.test(text(word.value) ?? ''));
  const rest = dashes >= 0 ? args.slice(dashes + 1) : options ? [] : args.filter((word) => !flags.includes(word));
  if (dashes >= 0 || rest.length > 0) {
    state.positional = [
      state.positional[0] ?? {
        value: unknown('the name of the script'),
        taints: NO_TAINTS,
        fields: 'one',
        span: { start: 0, end: 0 },
      },
      ...rest,
    ];
    state.positionalUnknown = rest.some((word) => word.fields === 'many');
  }
  return SILENT;
};

export const shift: Builtin = ({ state, args }) => {
  const by = args.length === 0 ? 1 : Number(text(args[0]?.value ?? unknown('')));
  if (!Number.isInteger(by) || state.positionalUnknown) state.positionalUnknown = true;
  else state.positional = [...state.positional.slice(0, 1), ...state.positional.slice(1 + by)];
  return SILENT;
};

export const getopts: Builtin = ({ state, args }) => {
  const name = text(args[1]?.value ?? unknown(''));
  if (name !== undefined) setVariable(state, name, unknown('an option of the script'), NO_TAINTS);
  setVariable(state, 'OPTARG', unknown('an option of the script'), NO_TAINTS);
  return SILENT;
};

/** `let` and `test -v` evaluate their words as arithmetic. */
export const letBuiltin: Builtin = ({ trace, frame, state, args, what, index }) => {
  for (const word of args) {
    const plain = text(word.value);
    if (plain === undefined || /[[$`]/.test(plain))
      addOpaque(trace, frame, what.span, 'shell', 'arithmetic that is evaluated from text', index);
    const name = /^\s*([A-Za-z_]\w*)\s*(?:[-+*/%]?=|\+\+|--)/.exec(plain ?? '')?.[1];
    if (name) setVariable(state, name, unknown('a computed number'), NO_TAINTS);
  }
  return SILENT;
};
