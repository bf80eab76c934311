// Owns what a look at the machine is given: the project, what the session did so far, and limits. Looks at nothing.
import type { Environment } from '../core/context.ts';

/** What the journal says the session did; paths are absolute. */
export interface SessionFacts {
  /** Files and folders the agent wrote or made. */
  readonly made: readonly string[];
  /** Files and folders that came from outside through the agent: downloads, clones, extracted archives. */
  readonly received: readonly string[];
  readonly ownBranches: readonly string[];
  /** Milliseconds since the epoch; undefined when the start was not journalled. */
  readonly started: number | undefined;
}

export const NO_SESSION: SessionFacts = { made: [], received: [], ownBranches: [], started: undefined };

export interface FactEnvironment {
  readonly projectRoot: string;
  /** Folders for temporary files, absolute. */
  readonly tmp: readonly string[];
  readonly session: SessionFacts;
  /** Environment of the process; only PATH, HOME and XDG_CONFIG_HOME are handed on to git. */
  readonly env: Environment;
  /** Milliseconds since the epoch after which nothing more is looked up. */
  readonly deadline?: number;
}
