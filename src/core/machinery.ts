// Owns the contract of what a reading leans on: descriptions of programs, code readers, variables that run something. Holds none of them.
import type { Assignment } from './invocation.ts';
import type { Call, EffectDraft, Language, Program, ReadCode, Run } from './program.ts';
import type { Rule } from './rule.ts';

export interface Catalogue {
  readonly find: (name: string) => Program | undefined;
}

/** Effects of environment variables that make programs run or load something. */
export type LowerVariables = (
  assignments: readonly Assignment[],
  call: Pick<Call, 'cwd' | 'context' | 'name'>,
) => { readonly effects: readonly EffectDraft[]; readonly runs: readonly Run[] };

export interface Readers {
  readonly catalogue: Catalogue;
  readonly readers: Partial<Readonly<Record<Language, ReadCode>>>;
  readonly environment?: LowerVariables;
}

/** Everything the pure path leans on; composed by the entry points. */
export interface Machinery extends Readers {
  readonly rules: readonly Rule[];
}
