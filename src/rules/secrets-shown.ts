// Owns the rules about secrets that are printed, or used out of a settings file.
import type { EffectOf } from '../core/effect.ts';
import type { Invocation } from '../core/invocation.ts';
import { certainlyWithin } from '../core/path.ts';
import { providerOfVariable, secretText } from '../core/providers.ts';
import { defineRule, type Hit, type Rule, type Scope } from '../core/rule.ts';
import { secretIn } from '../core/sensitive.ts';
import { show, type Taint, text } from '../core/value.ts';

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
/** Values replaced by something else before they are shown. */
const MASKED =
  /^s([/|#,@])\^?[^A-Za-z]*=(?:(?!\1|[A-Z]{3}).)*\1(?:(?!\1).)*(\*{3}|mask|redact|hidden|x{4}|…)(?:(?!\1).)*\1[gi]*$/i;

/** A word that the names of some service's credentials begin with. */
const names = (word: string): boolean => providerOfVariable(`${word.replace(/\W/g, '')}_`) !== undefined;

/** Filters of the environment by names that are no credentials'. */
function harmlessFilter(words: readonly string[]): boolean {
  const [program = '', ...rest] = words;
  const patterns = rest.filter((word) => !word.startsWith('-'));
  return (
    /^(e?grep|rg)$/.test(program) &&
    patterns.length > 0 &&
    !rest.some((word) => /^-[a-zA-Z]*v/.test(word)) &&
    !patterns.some(names) &&
    !patterns.some((word) => /key|token|secret|pass|cred|auth|pwd|^\W*$|^\.[*+]?$|^=$|^\^/i.test(word))
  );
}

function shown(effect: EffectOf<'print'>, scope: Scope): Hit | undefined {
  const secrets = effect.taints.filter((taint: Taint) => taint.label === 'secret');
  const [first] = secrets;
  if (first === undefined || effect.place.kind !== 'local') return undefined;
  if (secrets.every(({ from }) => /history|^\d|_history$/.test(from))) return undefined;
  const words = wordsOf(invocationOf(effect.invocation, scope));
  if (NAMES_ONLY(words) || masked(effect, scope)) return undefined;
  const environment = secrets.every(({ from }) => from === 'the environment');
  if (environment && harmlessFilter(words)) return undefined;
  const file = secrets.find(({ from }) => !from.startsWith('$') && from !== 'the environment');
  const direct = file !== undefined && readsWhole(words);
  return { message: `This prints ${first.from}`, ...(direct ? {} : { tier: 'ask' as const }) };
}

/** The value is covered before it is shown. */
const masked = (effect: EffectOf<'print'>, scope: Scope): boolean =>
  wordsOf(invocationOf(effect.invocation, scope)).some((word) => MASKED.test(word));

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
      'cat .env.example',
      'wc -l .env',
      'test -n "$GITHUB_TOKEN" && echo yes',
      'source .env && npm test',
      'env | grep -c NODE',
    ],
  },
});

const used = defineRule({
  id: 'secrets/used',
  tier: 'ask',
  on: 'db',
  since: '0.1.0',
  summary: 'A database reached with a credential taken out of a settings file',
  why: 'Which database that is, and whose data, cannot be told from the command.',
  instead: 'Use the project’s own scripts against the local database, or ask the user.',
  match: (effect, scope) => {
    const words = scope.invocations[effect.invocation]?.argv ?? [];
    const from = words
      .flatMap((word) => word.taints)
      .find((taint) => taint.label === 'secret' && !taint.from.startsWith('$'));
    return from === undefined ? undefined : `This opens a database with ${from.from}`;
  },
  examples: {
    hit: ['U=$(grep DB_URL .env | cut -d= -f2-); psql "$U" -c "select 1"'],
    miss: ['psql -c "select 1"', 'psql -h localhost app -c "select 1"'],
  },
});

const written = defineRule({
  id: 'secrets/written',
  tier: 'ask',
  on: 'fs.write',
  since: '0.1.0',
  summary: 'A live credential written into a file that is not kept for secrets',
  why: 'It ends up in a commit, a log or a backup.',
  instead: 'Refer to it by the name of its variable, or keep it in a file that git ignores.',
  match: (write, { context }) => {
    if (secretIn(write.path) !== undefined || write.place.kind !== 'local') return undefined;
    const content = write.content === undefined ? undefined : text(write.content);
    const literal = content === undefined ? undefined : secretText(content);
    if (literal !== undefined) return `This writes ${literal} to ${show(write.path)}`;
    const from = (write.taints ?? []).find(
      (taint) => taint.label === 'secret' && !taint.from.startsWith('$') && taint.from !== 'the shell history',
    );
    return from !== undefined && certainlyWithin(write.path, context.projectRoot)
      ? `This writes ${from.from} to ${show(write.path)}`
      : undefined;
  },
  examples: {
    hit: ['echo "key: sk_live_9aZ3kQ7pLm2xVb8cRt5w" > config.yml', 'cat .env >> README.md', 'env > debug.txt'],
    miss: [
      'echo "key: $STRIPE_KEY" > config.yml',
      'cat .env.example > README.md',
      'cat .env > /dev/null',
      'echo "key: sk_live_EXAMPLE_xxxxxxxxxxxxxxxx" > config.yml',
    ],
  },
});

export const shownSecretRules: readonly Rule[] = [printed, used, written];
