// Owns what every host's events look like once they are parsed, and what an answer is before it is rendered. Knows no host.
import type { Environment } from '../core/context.ts';

/** How the host treats calls that nothing decides. `unknown`: a mode this version has not heard of. */
export type Mode = 'default' | 'acceptEdits' | 'plan' | 'dontAsk' | 'auto' | 'bypassPermissions' | 'unknown';

/** What a call does, apart from the host's name for it. */
export type Tool =
  | { readonly kind: 'shell'; readonly command: string; readonly unsandboxed: boolean }
  | { readonly kind: 'write'; readonly path: string; readonly content: string }
  /** `content` is the text that is put in. */
  | { readonly kind: 'edit'; readonly path: string; readonly content: string }
  | {
      readonly kind: 'read';
      /** Empty: the working directory. */
      readonly path: string;
      readonly use: 'content' | 'names';
      readonly recursive: boolean;
      /** Glob that the names of the files match. */
      readonly only?: string;
    }
  | { readonly kind: 'fetch'; readonly url: string }
  | { readonly kind: 'search'; readonly query: string }
  | { readonly kind: 'spawn'; readonly agent: string; readonly task: string; readonly approvals: 'on' | 'off' }
  | { readonly kind: 'mcp'; readonly server: string; readonly name: string; readonly own: boolean }
  /** The host's own bookkeeping: lists, plans, output of what already runs. */
  | { readonly kind: 'harmless'; readonly what: string }
  /** By its nature a question to the person; answering for them would take their decision away. */
  | { readonly kind: 'person'; readonly what: string }
  | { readonly kind: 'other'; readonly because: string };

export interface ToolCall {
  readonly host: string;
  readonly session: string;
  /** Set when a subagent makes the call. */
  readonly agent: string | undefined;
  readonly cwd: string;
  readonly mode: Mode;
  /** False when nobody can answer a prompt. */
  readonly attended: boolean;
  readonly name: string;
  readonly tool: Tool;
  /** As the host handed it over, for the journal and the classifier. */
  readonly input: Readonly<Record<string, unknown>>;
  /** Empty when the host gives none. */
  readonly id: string;
  readonly transcriptPath: string | undefined;
}

interface Common {
  readonly session: string;
  readonly cwd: string;
}

export type HostEvent =
  | { readonly kind: 'call'; readonly call: ToolCall }
  | (Common & { readonly kind: 'ran'; readonly id: string; readonly name: string })
  | (Common & { readonly kind: 'start'; readonly source: string; readonly attended: boolean })
  | (Common & { readonly kind: 'prompt'; readonly text: string; readonly byUser: boolean })
  | (Common & { readonly kind: 'agent-stop'; readonly agent: string })
  | (Common & { readonly kind: 'config'; readonly source: string; readonly path: string });

export interface Answer {
  readonly decision: 'allow' | 'deny' | 'ask';
  readonly reason: string;
  /** Set to end the run with these words; only together with `deny`. */
  readonly end?: string;
}

/** What a host can do with an answer, so that the engine need not know the host. */
export interface Capabilities {
  /** Modes in which the host has a classifier of its own; ours stays out of its way there. */
  readonly ownClassifier: readonly Mode[];
  /** Modes in which the host does not honour an allow, so that asking a classifier would buy nothing. */
  readonly allowIgnored: readonly Mode[];
  /** The oldest version that keeps the promises the hook leans on (a failing hook blocks the call). */
  readonly minimumVersion: string;
}

export interface Host {
  readonly name: string;
  readonly capabilities: Capabilities;
  /** Never throws; a text that is not one of the host's events gives a fault. */
  readonly parse: (input: string, env: Environment) => HostEvent | Fault;
  /** The answer to a call, as the one JSON object the host reads. */
  readonly render: (answer: Answer) => string;
  /** The answer to an event that decides nothing. */
  readonly acknowledge: string;
}

export interface Fault {
  readonly kind: 'fault';
  readonly because: string;
}
