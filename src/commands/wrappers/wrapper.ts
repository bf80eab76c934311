// Owns the shape of a wrapper's row: which of its words are its own, and which are the program it runs.
import type { OptionSpec } from '../../core/options.ts';
import type { Program } from '../../core/program.ts';

export interface Wrapper {
  readonly names: readonly string[];
  readonly flags?: readonly string[];
  readonly values?: readonly string[];
  readonly optional?: readonly string[];
  readonly style?: OptionSpec['style'];
  /** Operands before the command: a duration, a lock file, a profile. */
  readonly skip?: number;
  /** A word that must come first (`direnv exec`, `op run`); other first words are left to `otherwise`. */
  readonly verbs?: readonly string[];
  /** First words that only show something. */
  readonly shows?: readonly string[];
  /** `NAME=value` operands before the command are its environment. */
  readonly assignments?: boolean;
  /** Options whose value is a file that is written. */
  readonly outputs?: readonly string[];
  /** Options whose value is shell text. */
  readonly shell?: readonly string[];
  /** The operands joined with spaces are shell text. */
  readonly joins?: boolean;
  /** Options that make the call opaque, with the reason. */
  readonly refuses?: readonly string[];
  /** Options that take two words. */
  readonly pairs?: readonly string[];
  /** The shell that what stands behind its own options is given to. */
  readonly starts?: string;
  /** Options that make the call a harmless look at something. */
  readonly looks?: readonly string[];
  /** Rights that the wrapper gives or changes. */
  readonly privilege?: 'capability' | 'escape' | 'user';
  /** Secrets are put into the environment of what runs. */
  readonly secrets?: string;
  /** What it prints when it runs nothing, where a shell is meant to read that. */
  readonly prints?: string;
  /** What runs sends its traffic through a proxy that a configuration file names. */
  readonly proxy?: boolean;
  /** Outlives the call. */
  readonly persists?: boolean;
  readonly examples?: Program['examples'];
}

export const ordinary = (name: string): Program['examples'] => ({
  allow: [`${name} npm test`],
  deny: [`${name} rm -rf ~`],
});
