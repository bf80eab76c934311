// Owns what the classifier is asked and what it answers. Holds no text for the model.
import type { Effect } from '../core/effect.ts';
import type { Finding, Unsettled } from '../core/rule.ts';

/** One prompt of the session as it was logged when it was submitted. */
export interface Turn {
  /** Number in the log, from 1; a reply names the turn by it. */
  readonly id: number;
  readonly text: string;
  /** False for prompts the host made (`<task-notification>`, `<agent-message>`): shown, but never consent. */
  readonly byUser: boolean;
}

/** A tool call: the name the host gives the tool and its input. */
export interface Action {
  readonly tool: string;
  readonly input: Readonly<Record<string, unknown>>;
}

/** The user's own policy in prose, under the names the host's settings use; `"$defaults"` stands for the built-in entries. */
export interface Prose {
  readonly environment: readonly string[];
  readonly allow: readonly string[];
  readonly soft_deny: readonly string[];
  readonly hard_deny: readonly string[];
}

export interface ClassifierRequest {
  readonly action: Action;
  readonly cwd: string;
  readonly effects: readonly Effect[];
  /** Soft findings are cleared only by consent that names what is at stake; a hard one is never sent. */
  readonly findings: readonly Finding[];
  readonly unsettled: readonly Unsettled[];
  /** Observed, not guessed: branch, upstream, remotes, who made a file. */
  readonly facts: Readonly<Record<string, unknown>>;
  /** All turns of the session, oldest first. */
  readonly turns: readonly Turn[];
  /** Earlier calls of the session that ran, oldest first. */
  readonly calls: readonly Action[];
  /** Text of the project's instruction file (CLAUDE.md). */
  readonly instructions?: string;
  readonly prose?: Prose;
  /** Type of the subagent that acts, when it is not the main agent. */
  readonly agent?: string;
}

export interface Tokens {
  readonly input: number;
  readonly output: number;
  readonly cacheRead: number;
  readonly cacheWrite: number;
}

export interface ClassifierVerdict {
  /** `none`: no verdict (no key, outage, refusal, unreadable reply); a person or the host has to decide. */
  readonly decision: 'allow' | 'deny' | 'ask' | 'none';
  /** `classifier/<rule>`. */
  readonly rule: string;
  /** At most 400 characters, rule first. */
  readonly reason: string;
  /** Stage that decided; 0 when no model was asked. */
  readonly stage: 0 | 1 | 2;
  readonly model: string | undefined;
  readonly tokens: Tokens;
  readonly ms: number;
}
