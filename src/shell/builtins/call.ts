// Owns what a builtin is given, and the reading of its words.
import type { Word } from '../../core/invocation.ts';
import { mergeTaints, text, unknown } from '../../core/value.ts';
import type { Start } from '../simple.ts';
import type { State } from '../state.ts';
import { type Frame, type Out, SILENT, type Trace } from '../trace.ts';

export interface BuiltinCall {
  readonly trace: Trace;
  readonly frame: Frame;
  readonly state: State;
  readonly what: Start;
  readonly index: number;
  readonly name: string;
  readonly args: readonly Word[];
}

export type Builtin = (call: BuiltinCall) => Out;

export const silent: Builtin = () => SILENT;

/** Lists what the shell keeps or knows; words that were given may be among it. */
export const printing: Builtin = ({ name, args }) => ({
  text: unknown(`the output of ${name}`),
  taints: mergeTaints(...args.map((word) => word.taints)),
});

/** Options a builtin may have, and the words that are none. */
export const operands = (args: readonly Word[]): readonly Word[] =>
  args.filter((word) => !/^[-+][A-Za-z]+$/.test(text(word.value) ?? ''));

export const hasFlag = (args: readonly Word[], letter: string): boolean =>
  args.some((word) => new RegExp(`^-[A-Za-z]*${letter}`).test(text(word.value) ?? ''));
