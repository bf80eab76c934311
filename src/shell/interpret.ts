// Owns the walk over a command: what would run, in which order, where, fed by what. Judges nothing.
import type { Catalogue } from '../commands/index.ts';
import type { Context } from '../core/context.ts';
import type { Effect } from '../core/effect.ts';
import type { FactSource } from '../core/fact.ts';
import type { Invocation } from '../core/invocation.ts';
import type { Language, ReadCode } from '../core/program.ts';

export interface Reading {
  readonly invocations: readonly Invocation[];
  readonly effects: readonly Effect[];
}

export interface Readers {
  readonly catalogue: Catalogue;
  readonly readers: Partial<Readonly<Record<Language, ReadCode>>>;
}

export function readCommand(_source: string, _context: Context, _facts: FactSource, _readers: Readers): Reading {
  return { invocations: [], effects: [] };
}
