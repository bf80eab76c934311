// Owns the questions the pure code may ask about the machine, and the shapes of their answers. Looks nothing up.

/** Path as it is on disk. `real` has symbolic links resolved (the nearest existing ancestor's, for a path that is not there). */
export interface PathFact {
  readonly exists: boolean;
  readonly type: 'file' | 'dir' | 'other' | 'none';
  /** The last component is itself a symbolic link; deleting it leaves alone what it leads to. */
  readonly link?: boolean;
  readonly real: string;
  /** Inside the project root, after resolving links. */
  readonly inProject: boolean;
  /** For a folder: the worst of what it holds (`modified` beats `untracked` beats `ignored` beats `tracked`). */
  readonly git: 'tracked' | 'modified' | 'untracked' | 'ignored' | 'none';
  /** Made by the agent in this session, brought in from outside by it, or there before. */
  readonly session: 'made' | 'received' | 'before';
}

export interface GitFact {
  readonly inRepo: boolean;
  readonly root: string;
  /** Undefined when detached or not a repository. */
  readonly branch: string | undefined;
  readonly defaultBranch: string | undefined;
  /** `origin/feature`, when the branch has one. */
  readonly upstream: string | undefined;
  readonly remotes: Readonly<Record<string, string>>;
  /** Uncommitted changes to tracked files. */
  readonly dirty: boolean;
  /** Files neither tracked nor ignored. */
  readonly untracked: boolean;
  /** Branches the agent made in this session. */
  readonly ownBranches: readonly string[];
  /** push.default when set. */
  readonly pushDefault: string | undefined;
}

/** `unread`: there, but not readable as text here (too big, binary, or an evaluation row that carries no contents). */
export type FileFact =
  | {
      readonly state: 'text';
      readonly text: string;
      readonly git: PathFact['git'];
      readonly session: PathFact['session'];
    }
  | { readonly state: 'missing' }
  | {
      readonly state: 'unread';
      readonly because: string;
      readonly git: PathFact['git'];
      readonly session: PathFact['session'];
    };

/** The nearest file of one of `names` at or above `from`. */
export interface NearestFact {
  readonly path: string | undefined;
  readonly file: FileFact;
}

export interface FactTable {
  readonly path: { readonly ask: { readonly path: string }; readonly answer: PathFact };
  readonly git: { readonly ask: { readonly cwd: string }; readonly answer: GitFact };
  readonly file: { readonly ask: { readonly path: string }; readonly answer: FileFact };
  readonly nearest: {
    readonly ask: { readonly from: string; readonly names: readonly string[] };
    readonly answer: NearestFact;
  };
}

export type FactKind = keyof FactTable;
export type FactRequest = { [K in FactKind]: { readonly kind: K } & FactTable[K]['ask'] }[FactKind];
export type FactAnswer<K extends FactKind> = FactTable[K]['answer'];

/** Answers a question, or undefined when it has not been looked up yet; the request is then noted and the reading repeated. */
export type FactSource = <K extends FactKind>(kind: K, ask: FactTable[K]['ask']) => FactAnswer<K> | undefined;

/** One text per question; equal questions have equal keys. */
export const factKey = (kind: FactKind, ask: object): string => `${kind} ${JSON.stringify(ask)}`;
