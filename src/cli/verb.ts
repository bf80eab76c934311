// Owns the contract of a CLI verb and the reading of its arguments. Runs none.
import { type ParseArgsConfig, parseArgs } from 'node:util';
import type { Terminal } from './terminal.ts';

/** Exit codes that every verb shares; `check` adds the verdict's own. */
export const EXIT = { ok: 0, failed: 1, usage: 2 } as const;

export interface Arguments {
  readonly operands: readonly string[];
  readonly flag: (name: string) => boolean;
  readonly value: (name: string) => string | undefined;
}

export interface Verb {
  readonly name: string;
  /** What stands after the name: `CMD`, `FILE...`. */
  readonly operands: string;
  readonly summary: string;
  /** Paragraphs of `greenlight VERB --help` after the options. */
  readonly details?: string;
  readonly options: Readonly<Record<string, { readonly type: 'boolean' | 'string'; readonly describe: string }>>;
  readonly examples: readonly string[];
  readonly run: (given: Arguments, terminal: Terminal) => number | Promise<number>;
}

/** A mistake of the caller; shown with the usage on standard error. */
export class UsageError extends Error {}

const COMMON: Verb['options'] = { help: { type: 'boolean', describe: 'show this help' } };

export function readArguments(verb: Verb, argv: readonly string[]): Arguments {
  const options: NonNullable<ParseArgsConfig['options']> = {};
  for (const [name, { type }] of Object.entries({ ...verb.options, ...COMMON }))
    options[name] = name === 'help' ? { type, short: 'h' } : { type };
  try {
    const { values, positionals } = parseArgs({ args: [...argv], options, allowPositionals: true, strict: true });
    return {
      operands: positionals,
      flag: (name) => values[name] === true,
      value: (name) => (typeof values[name] === 'string' ? values[name] : undefined),
    };
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

export function verbHelp(verb: Verb): string {
  const options = Object.entries({ ...verb.options, ...COMMON });
  const spelled = options.map(([name, { type }]) => `--${name}${type === 'string' ? ' VALUE' : ''}`);
  const width = Math.max(...spelled.map((each) => each.length));
  return [
    `greenlight ${verb.name} ${verb.operands}`.trimEnd(),
    '',
    `${verb.summary}.`,
    '',
    'Options:',
    ...options.map(([, { describe }], at) => `  ${(spelled[at] ?? '').padEnd(width)}  ${describe}`),
    ...(verb.details === undefined ? [] : ['', verb.details]),
    '',
    'Examples:',
    ...verb.examples.map((example) => `  ${example}`),
    '',
  ].join('\n');
}
