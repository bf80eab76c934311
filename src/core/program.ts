// Owns the contract between the shell reading and the catalogue: what a program's description gets and gives.
import type { Context } from './context.ts';
import type { EffectBody, Place, Span } from './effect.ts';
import type { FactSource } from './fact.ts';
import type { Invocation, Stream, Word } from './invocation.ts';
import type { Taint, Value } from './value.ts';

export interface Call {
  readonly invocation: Invocation;
  /** Base name of argv[0] as it was written (`python3.12`). */
  readonly name: string;
  /** argv without argv[0]. */
  readonly args: readonly Word[];
  readonly cwd: Value;
  readonly stdin: Stream;
  readonly context: Context;
  readonly facts: FactSource;
  /** Value of an environment variable the program would see; undefined when nothing is known of it. */
  readonly env: (name: string) => Word | undefined;
}

/** An effect; its span defaults to the whole invocation. */
export type EffectDraft = EffectBody & { readonly span?: Span; readonly place?: Place; readonly root?: boolean };

interface RunSetting {
  /** How the reader calls this step: `sudo`, `find -exec`, `npm run build`. */
  readonly via: string;
  readonly cwd?: Value;
  readonly place?: Place;
  readonly root?: boolean;
  /** Default: the invocation's own standard input. */
  readonly stdin?: Stream;
  /** Extra environment for what runs. */
  readonly env?: readonly { readonly name: string; readonly word: Word }[];
  readonly span?: Span;
  /** Set when the text was read from this file of the project (package.json, Makefile); the interpreter checks that it was there before. */
  readonly readFrom?: string;
}

export type Language =
  | 'shell'
  | 'python'
  | 'javascript'
  | 'perl'
  | 'ruby'
  | 'php'
  | 'lua'
  | 'go'
  | 'sql'
  | 'awk'
  | 'powershell'
  | 'applescript'
  | 'unknown';

/** Something a program runs in turn. The interpreter reads it and adds the effects of what it finds. */
export type Run = RunSetting &
  (
    | { readonly kind: 'argv'; readonly argv: readonly Word[] }
    /** Shell text; `args` are its positional parameters from $0 on. */
    | { readonly kind: 'shell'; readonly text: Word; readonly args?: readonly Word[] }
    /** A script file (absolute path value). `language` undefined: by its `#!` line or ending. */
    | { readonly kind: 'file'; readonly path: Value; readonly language?: Language; readonly args?: readonly Word[] }
    | { readonly kind: 'code'; readonly language: Language; readonly text: Word; readonly args?: readonly Word[] }
  );

/** What a program writes to standard output. Default: everything it read, with all labels. */
export interface Output {
  /** The text is that of the one file it reads. */
  readonly copies?: boolean;
  readonly text?: Value;
  /** What every line is, when neither their texts nor their number are known (`find src -name '*.ts'`). */
  readonly each?: Value;
  /** Labels the output carries; default: those of arguments, standard input and files read, and `downloaded` for a fetch. */
  readonly taints?: readonly Taint[];
  /** Labels it carries beside those. */
  readonly adds?: readonly Taint[];
}

export interface Lowering {
  readonly effects: readonly EffectDraft[];
  readonly runs?: readonly Run[];
  readonly output?: Output;
}

/** Reads code of one language for effects. What it cannot read it reports as `opaque`. */
export type ReadCode = (
  text: string,
  setting: {
    readonly cwd: Value;
    /** Arguments after the code (`sys.argv[1:]`). */
    readonly args: readonly Word[];
    readonly stdin: Stream;
    readonly context: Context;
    readonly facts: FactSource;
    readonly env: (name: string) => Word | undefined;
  },
) => Lowering;

/** A command line, with the state of the world it assumes where that differs from the stated default. */
export type Example =
  | string
  | {
      readonly command: string;
      readonly cwd?: string;
      readonly branch?: string;
      /** Contents of files, by path relative to the working directory. */
      readonly files?: Readonly<Record<string, string>>;
      readonly env?: Readonly<Record<string, string>>;
    };

export interface Program {
  /** Base names it is known by; a trailing `*` matches version suffixes made of digits, dots and dashes (`python*`). */
  readonly names: readonly string[];
  readonly lower: (call: Call) => Lowering;
  /** Executed by the tests: each list holds command lines and the verdict the whole engine must reach for them. `unsettled` covers ask and classify. */
  readonly examples: {
    readonly allow?: readonly Example[];
    readonly deny?: readonly Example[];
    readonly unsettled?: readonly Example[];
  };
}

export const defineProgram = (program: Program): Program => program;
