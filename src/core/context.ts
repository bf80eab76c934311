// Owns what is given before a call is read: where it runs, for whom, and which policy the user set.

/** Variables of the process that asks; handed in, because what is pure has none. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Choices of the user or their organisation; a repository can only tighten them. */
export interface Policy {
  readonly pushToDefault: 'deny' | 'ask' | 'allow';
  /** Host names (with their subdomains) that may receive data. */
  readonly domains: readonly string[];
  readonly buckets: readonly string[];
  /** `owner/name` or remote URL prefixes beside the configured remotes. */
  readonly repositories: readonly string[];
  readonly services: readonly string[];
  /** Per rule: a tier to use instead of the rule's own. */
  readonly rules: Readonly<Record<string, 'hard' | 'soft' | 'ask' | 'observe' | 'off'>>;
}

export const DEFAULT_POLICY: Policy = {
  pushToDefault: 'deny',
  domains: [],
  buckets: [],
  repositories: [],
  services: [],
  rules: {},
};

export interface Context {
  /** Absolute. */
  readonly cwd: string;
  /** Absolute; the folder the session works in. */
  readonly projectRoot: string;
  readonly home: string;
  /** Folders for temporary files, absolute. */
  readonly tmp: readonly string[];
  /** Variables whose values are known: HOME, PWD, TMPDIR, USER and such. Never secrets. */
  readonly env: Readonly<Record<string, string>>;
  readonly policy: Policy;
  /** Folders of Greenlight itself on this machine, its program and its journals, absolute; nothing changes them. */
  readonly guarded?: readonly string[];
}
