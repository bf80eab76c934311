// Owns what the descriptions of git's subcommands share: their contract, and how addresses are told from names. Describes none.
import type { Word } from '../../core/invocation.ts';
import type { Call, EffectDraft, Lowering, Run } from '../../core/program.ts';
import { prefixOf, type Taint, text, texts } from '../../core/value.ts';
import { wordOf } from '../words.ts';

/** One subcommand as git sees it: `call.args` and `call.cwd` are those after the global options. */
export interface GitCall {
  readonly call: Call;
  readonly verb: string;
  /** Settings given with `-c`, keys in lower case where git ignores case. */
  readonly settings: ReadonlyMap<string, Word>;
}

export type Verb = (git: GitCall) => Lowering;

export const local = (action: string): EffectDraft => ({ kind: 'git.local', action });

/** Shell text that git hands to `sh`, with more arguments behind it. */
export const shellRun = (word: Word, via: string): Run => ({ kind: 'shell', text: word, via });

/** True for a word that git takes as the address of a repository, not as the name of a remote. */
export const isAddress = (word: string): boolean =>
  /^[a-z][a-z0-9+.-]*::?\/\//i.test(word) ||
  word.includes('::') ||
  /^[^/:]+:/.test(word) ||
  word.startsWith('/') ||
  word.startsWith('.') ||
  word.startsWith('~');

/** The transports that start a program of the address's own choosing: `ext::sh -c ...`. */
export function transportRuns(words: readonly Word[]): Run[] {
  return words.flatMap((word) => {
    const all = texts(word.value) ?? [prefixOf(word.value)];
    return all
      .filter((each) => each.startsWith('ext::'))
      .map((each): Run => {
        const line = each.slice(5);
        if (/['"]/.test(line)) return { kind: 'shell', text: wordOf(line, word), via: 'git ext::' };
        // Blanks part its words; `% ` is a blank within one (git-remote-ext).
        const parts = line.split(/(?<!%) +/).map((part) => part.replace(/%([ %])/g, '$1'));
        return { kind: 'argv', argv: parts.map((part) => wordOf(part, word)), via: 'git ext::' };
      });
  });
}

/** `downloaded`, with the address as its source. */
export const downloadedFrom = (word: Word | undefined): readonly Taint[] => [
  { label: 'downloaded', from: (word && text(word.value)) ?? 'a repository' },
];

/** Working directory as text, when there is exactly one. */
export const cwdOf = (call: Call): string | undefined => text(call.cwd);
