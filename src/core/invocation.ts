// Owns the shape of one program start as the shell would make it. Knows nothing of what programs mean.
import type { Place, Span } from './effect.ts';
import type { Taint, Value } from './value.ts';

export interface Word {
  readonly value: Value;
  readonly taints: readonly Taint[];
  /** `many`: an unquoted expansion or glob that may become no word, one or several. */
  readonly fields: 'one' | 'many';
  readonly span: Span;
  /** How its spelling hides what it says, when it does; counts where the word names a program. */
  readonly disguise?: string;
}

/** What a program reads on standard input. */
export interface Stream {
  readonly from: 'inherit' | 'pipe' | 'text' | 'file' | 'closed';
  /** What is known of the content. */
  readonly text: Value;
  readonly taints: readonly Taint[];
  /** What every line is, when neither their texts nor their number are known (file names of one folder). */
  readonly each?: Value;
  /** Absolute path, when `from` is `file`. */
  readonly path?: Value;
}

export interface Redirect {
  readonly fd: number;
  readonly mode: 'read' | 'write' | 'append' | 'both' | 'duplicate' | 'close' | 'text';
  /** Absolute path value, or the text of a here-document. */
  readonly target: Value;
  readonly span: Span;
}

export interface Assignment {
  readonly name: string;
  readonly word: Word;
}

export interface Invocation {
  /** argv[0] is the program; empty for a line of assignments or redirections alone. */
  readonly argv: readonly Word[];
  readonly assignments: readonly Assignment[];
  readonly redirects: readonly Redirect[];
  readonly stdin: Stream;
  /** True when standard output goes into a pipe, file or variable and not to the reader. */
  readonly captured: boolean;
  readonly cwd: Value;
  readonly place: Place;
  readonly root: boolean;
  readonly via: readonly string[];
  readonly span: Span;
  /** Path of the project file this was read in, when it was there before the session. */
  readonly projectCode?: string;
}

/** Why a name that mktemp makes is not known; nothing of that name was there before. */
export const FRESH_NAME = 'a fresh temporary name';

/** Why a line is not known that begins with its number and a colon (`grep -n`). */
export const NUMBERED_LINE = 'a line after its number';

/** Why a line is not known that names some file of the repository; relative, and in no folder above. */
export const REPOSITORY_FILE = 'the name of a file of the repository';

/** Why the value of `$!`, `$$` or `%1` is not known; such a process was started by the command itself. */
export const OWN_PROCESS = 'the id of a process this command started';

/** Why the value of `$PPID` is not known: what runs the agent's commands is the agent. */
export const PARENT_PROCESS = 'the id of the process that started this shell';

/** Begin the reason why a list of process ids is not known, before what their names or command lines match. */
export const NAMED_PROCESS = 'the processes whose name matches ';
export const LINE_PROCESS = 'the processes whose command line matches ';

/** Begins the reason why a list of process ids is not known, before the port that they listen on. */
export const PORT_PROCESS = 'the processes that use port ';
