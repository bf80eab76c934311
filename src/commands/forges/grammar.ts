// Owns the noun-verb grammars of gh and glab as data: what each verb does to what. Knows no arguments.
import type { EffectBody } from '../../core/effect.ts';
import { entries } from '../table.ts';

type Action = Extract<EffectBody, { kind: 'forge' }>['action'];

/** `local`: the repository on disk alone; `clone`: a repository is brought here; `token`: a credential is shown; `self`: the tool itself is changed. */
export type Meaning = Action | 'local' | 'clone' | 'save' | 'token' | 'self' | 'shell';

const TABLE: Readonly<Record<string, Partial<Record<Meaning, string>>>> = {
  pr: {
    read: 'view|list|ls|diff|checks|status',
    local: 'checkout|co',
    create: 'create|new',
    update:
      'edit|ready|comment|note|close|reopen|review|merge|accept|lock|unlock|update-branch|update|rebase|approve|revoke|todo|subscribe|unsubscribe|for|revert',
    delete: 'delete',
  },
  issue: {
    read: 'view|list|ls|status|board',
    create: 'create|new',
    update: 'edit|update|comment|note|close|reopen|lock|unlock|pin|unpin|transfer|develop|subscribe|unsubscribe|link',
    delete: 'delete',
  },
  repo: {
    read: 'view|list|ls|search|contributors|members|license|gitignore|autolink-list',
    clone: 'clone',
    create: 'create|new|fork',
    local: 'set-default',
    update: 'edit|rename|archive|unarchive|sync|transfer|mirror|update|autolink',
    grant: 'deploy-key',
    delete: 'delete',
    save: 'archive-download',
  },
  run: {
    read: 'view|list|watch|status|trace',
    save: 'download',
    run: 'rerun|cancel|retry|play|trigger|run',
    delete: 'delete',
  },
  workflow: { read: 'view|list', run: 'run', update: 'enable|disable' },
  release: {
    read: 'view|list|ls|verify|verify-asset',
    save: 'download',
    publish: 'create|new|upload|edit',
    delete: 'delete|delete-asset',
  },
  gist: { read: 'view|list', clone: 'clone', publish: 'create|new|edit|rename', delete: 'delete' },
  snippet: { read: 'view|list', publish: 'create|new' },
  label: { read: 'list|ls|get', create: 'create|clone', update: 'edit', delete: 'delete' },
  milestone: { read: 'list|get', create: 'create', update: 'edit', delete: 'delete' },
  search: { read: 'code|commits|issues|prs|repos' },
  secret: { read: 'list|ls', token: 'get|export', secret: 'set|delete|remove|create|update' },
  variable: { read: 'list|ls|get|export', update: 'set|create|update', delete: 'delete|remove' },
  'ssh-key': { read: 'list|ls|get', grant: 'add|delete' },
  'gpg-key': { read: 'list|ls|get', grant: 'add|delete' },
  'deploy-key': { read: 'list|get', grant: 'add|delete' },
  token: { read: 'list', grant: 'create|revoke|rotate' },
  org: { read: 'list' },
  ruleset: { read: 'list|view|check' },
  project: {
    read: 'list|view|item-list|field-list|ls|search',
    create: 'create|item-create|item-add|field-create|copy',
    update: 'edit|item-edit|item-archive|close|link|unlink|mark-template',
    delete: 'delete|item-delete|field-delete',
  },
  cache: { read: 'list', delete: 'delete' },
  attestation: { read: 'verify|trusted-root', save: 'download' },
  codespace: {
    read: 'list|view|logs|ports',
    shell: 'ssh|cp|jupyter|code',
    create: 'create',
    update: 'edit|stop|rebuild',
    delete: 'delete',
  },
  extension: { read: 'list|search|browse', self: 'install|upgrade|remove|exec|create' },
  alias: { read: 'list', self: 'set|delete|import' },
  config: { read: 'list|get|clear-cache', self: 'set|edit' },
  auth: {
    read: 'status',
    token: 'token',
    self: 'login|logout|refresh|setup-git|switch|configure-docker|docker-helper|git-credential',
  },
  preview: { read: 'prompter' },
  'agent-task': { read: 'list|view', run: 'create' },
  schedule: { read: 'list', create: 'create', update: 'update', run: 'run', delete: 'delete' },
  incident: { read: 'list|view', update: 'close|reopen|note|subscribe' },
  iteration: { read: 'list' },
  user: { read: 'events' },
  changelog: { read: 'generate' },
  cluster: { read: 'list|get', create: 'create|bootstrap', grant: 'token|update-kubeconfig' },
};

/** Nouns of other spelling, and of glab and tea. */
const SAME: Readonly<Record<string, string>> = {
  mr: 'pr',
  prs: 'pr',
  pulls: 'pr',
  pull: 'pr',
  issues: 'issue',
  i: 'issue',
  repos: 'repo',
  releases: 'release',
  labels: 'label',
  ci: 'run',
  pipe: 'run',
  pipeline: 'run',
  pipelines: 'run',
  cs: 'codespace',
  ext: 'extension',
  extensions: 'extension',
  at: 'attestation',
  rs: 'ruleset',
  sched: 'schedule',
};

/** Nouns that stand alone and only look. */
export const ALONE: ReadonlySet<string> = new Set(
  entries('status|browse|help|version|completion|whoami|licenses|check-update|accessibility|reference'),
);

/** ci lint and such: nouns whose verbs differ from the shared table. */
const LINT = /^(lint|config|get)$/;

const verbsOf = new Map(
  Object.entries(TABLE).map(([noun, meanings]) => [
    noun,
    new Map(
      Object.entries(meanings).flatMap(([meaning, verbs]) =>
        entries(verbs).map((verb): [string, Meaning] => [verb, meaning as Meaning]),
      ),
    ),
  ]),
);

export const nounOf = (word: string): string => SAME[word] ?? word;
export const isNoun = (noun: string): boolean => verbsOf.has(noun);

/** What a verb does to a noun; undefined when the tool has no such verb that is known. */
export const meaningOf = (noun: string, verb: string): Meaning | undefined =>
  noun === 'run' && LINT.test(verb) ? 'read' : verbsOf.get(noun)?.get(verb);
