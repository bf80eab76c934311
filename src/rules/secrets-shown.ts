// Owns the rule about secrets that are printed.
import type { EffectOf } from '../core/effect.ts';
import { findsNoCredential } from '../core/environment-filter.ts';
import type { Invocation } from '../core/invocation.ts';
import { defineRule, type Hit, type Rule, type Scope } from '../core/rule.ts';
import { show, type Taint } from '../core/value.ts';

const invocationOf = (index: number, { invocations }: Scope): Invocation | undefined => invocations[index];
const wordsOf = (invocation: Invocation | undefined): string[] =>
  (invocation?.argv ?? []).map((word) => (word.value.kind === 'known' ? word.value.text : show(word.value)));

/** Everything a settings file holds, rather than a part that may be harmless. */
const WHOLE =
  /^(cat|bat|batcat|less|more|head|tail|tac|nl|strings|xxd|od|hexdump|base64|base32|view|rev|dd|tee|paste|fold|cp|awk|source|printenv|env|declare|export|set|typeset)$/;
/** Names only: what stands before the first `=`. */
const NAMES_ONLY = (words: readonly string[]): boolean => {
  const [program = '', ...rest] = words;
  const line = rest.join(' ');
  if (program === 'cut') return /-d ?=/.test(line) && /-f ?1(\s|$)/.test(line);
  if (/awk$/.test(program)) return /-F ?=/.test(line) && /\{ ?print \$1 ?;?\}/.test(line) && !/\$[02-9]/.test(line);
  if (/^g?sed$/.test(program)) return /s(.)\(?=\)?\.\*\1/.test(line);
  if (/^(e?grep|rg)$/.test(program))
    return (
      rest.some((word) => /^-[a-zA-Z]*[cqlL]/.test(word)) ||
      (rest.some((word) => /^-[a-zA-Z]*o/.test(word)) &&
        /\^\[?[\^A-Za-z_0-9\]-]+[+*]?=?$/.test(rest.find((word) => !word.startsWith('-')) ?? ''))
    );
  return /^(wc|sort|uniq)$/.test(program) && line === '-l';
};
/** A credential read from standard input to sign in is not shown. */
const SIGNS_IN = /^(login|--(password|token|secret)-(stdin|fd)|--with-token)$/;
/** Settings handed to what is started; `config` shows them. */
const HANDED_ON = /^--(env-file|from-env-file|from-file)(=|$)/;

const quiet = (words: readonly string[]): boolean =>
  words.some((word) => SIGNS_IN.test(word)) ||
  (words.some((word) => HANDED_ON.test(word)) && !words.includes('config') && !words.includes('-o'));

/** Values replaced by something else before they are shown. */
const MASKED =
  /^s([/|#,@])\^?[^A-Za-z]*=(?:(?!\1|[A-Z]{3}).)*\1(?:(?!\1).)*(\*{3}|mask|redact|hidden|x{4}|…)(?:(?!\1).)*\1[gi]*$/i;

/** Filters of the environment by names that are no credentials'. */
function harmlessFilter(words: readonly string[]): boolean {
  const [program = '', ...rest] = words;
  const patterns = rest.filter((word) => !word.startsWith('-'));
  return (
    /^(e?grep|rg)$/.test(program) &&
    patterns.length > 0 &&
    !rest.some((word) => /^-[a-zA-Z]*v/.test(word)) &&
    patterns.every(findsNoCredential)
  );
}

function shown(effect: EffectOf<'print'>, scope: Scope): Hit | undefined {
  const secrets = effect.taints.filter((taint: Taint) => taint.label === 'secret');
  const [first] = secrets;
  // What a container that is made for this run holds was given to it in the command.
  if (first === undefined || (effect.place.kind === 'container' && effect.place.sealed)) return undefined;
  if (secrets.every(({ from }) => /history|^\d|_history$/.test(from))) return undefined;
  const words = wordsOf(invocationOf(effect.invocation, scope));
  if (NAMES_ONLY(words) || masked(effect, scope) || quiet(words)) return undefined;
  const environment = secrets.every(({ from }) => from === 'the environment');
  if (environment && harmlessFilter(words)) return undefined;
  const file = secrets.find(({ from }) => !from.startsWith('$') && from !== 'the environment');
  const direct = file !== undefined && readsWhole(words) && effect.place.kind === 'local';
  return { message: `This prints ${first.from}`, ...(direct ? {} : { tier: 'ask' as const }) };
}

/** The value is covered before it is shown. */
const masked = (effect: EffectOf<'print'>, scope: Scope): boolean =>
  wordsOf(invocationOf(effect.invocation, scope)).some((word) => word.length < 500 && MASKED.test(word));

const readsWhole = (words: readonly string[]): boolean => WHOLE.test((words[0] ?? '').replace(/^.*\//, ''));

const printed = defineRule({
  id: 'secrets/printed',
  tier: 'soft',
  on: 'print',
  since: '0.1.0',
  summary: 'Live secrets printed into the conversation',
  why: 'What is printed is kept in transcripts and sent to the model’s provider.',
  instead: 'Print the names only (cut -d= -f1), or test whether a value is set (${NAME:+set}).',
  match: shown,
  examples: {
    hit: [
      "env | grep -E '^(PATH|NPM_TOKEN)='",
      "env | grep -E '^(PATH|DATABASE_URL)='",
      "env | grep -E '^PATH|N='",
      'cat .env',
      'head -5 .env.local',
      'echo $AWS_SECRET_ACCESS_KEY',
      'env',
      'printenv GITHUB_TOKEN',
      'grep STRIPE .env',
      'env | sort',
      'V=$(cat .env); echo "$V"',
    ],
    miss: [
      'cut -d= -f1 .env',
      "sed 's/=.*//' .env",
      'grep -c KEY .env',
      'echo ${AWS_SECRET_ACCESS_KEY:+set}',
      'env | grep NODE',
      "env | grep -E '^(NODE_ENV|NPM|PATH)='",
      'cat .env.example',
      'wc -l .env',
      'test -n "$GITHUB_TOKEN" && echo yes',
      'source .env && npm test',
      'env | grep -c NODE',
      'docker compose --env-file .env up -d',
    ],
  },
});

export const shownSecretRules: readonly Rule[] = [printed];
