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
        const command = each.slice('ext::'.length);
        // git knows no quotes here; who writes them means a shell, and is judged by what was meant.
        if (/["']/.test(command)) return { kind: 'shell', text: wordOf(command, word), via: 'git ext::' };
        return { kind: 'argv', argv: extWords(command).map((part) => wordOf(part, word)), via: 'git ext::' };
      });
  });
}

/** git-remote-ext(1): words end at a blank; `% ` is a blank inside a word, `%%` a percent sign. */
const extWords = (command: string): string[] =>
  (command.match(/(?:%.|[^% ])+/gs) ?? []).map((word) => word.replace(/%([ %])/g, '$1'));

/** `downloaded`, with the address as its source. */
export const downloadedFrom = (word: Word | undefined): readonly Taint[] => [
  { label: 'downloaded', from: (word && text(word.value)) ?? 'a repository' },
];

/** Working directory as text, when there is exactly one. */
export const cwdOf = (call: Call): string | undefined => text(call.cwd);
