// Owns the rules about secrets that are shown, read or looked for.
import type { EffectOf } from '../core/effect.ts';
import { hostOf, isMetadataService } from '../core/host.ts';
import type { Invocation } from '../core/invocation.ts';
import { isWithin } from '../core/path.ts';
import { defineRule, type Hit, type Rule, type Scope } from '../core/rule.ts';
import { type SecretKind, secretFile, secretIn, shownPath } from '../core/sensitive.ts';
import { prefixOf, show, type Taint, texts } from '../core/value.ts';

const invocationOf = (index: number, { invocations }: Scope): Invocation | undefined => invocations[index];
const wordsOf = (invocation: Invocation | undefined): string[] =>
  (invocation?.argv ?? []).map((word) => (word.value.kind === 'known' ? word.value.text : show(word.value)));

const WHAT: Readonly<Record<SecretKind, string>> = {
  key: 'a private key',
  store: 'stored credentials',
  environment: 'the project’s secrets',
  history: 'what the user typed',
  memory: 'the memory or variables of a process',
};

const readSecret = defineRule({
  id: 'secrets/read',
  tier: 'soft',
  on: 'fs.read',
  since: '0.1.0',
  summary: 'Reading of private keys, credential stores or the memory of processes',
  why: 'What a tool prints becomes part of the conversation, and stays there.',
  instead: 'Let the program that owns the credential use it; list names or check existence when that is enough.',
  match: (read) => {
    if (read.use !== 'content' || read.place.kind !== 'local') return undefined;
    const secret = secretIn(read.path);
    return secret && /^(key|store|memory)$/.test(secret.kind)
      ? `This reads ${WHAT[secret.kind]} (${secret.what})`
      : undefined;
  },
  examples: {
    hit: [
      'cat ~/.ssh/id_rsa',
      'head -1 ~/.aws/credentials',
      'grep token ~/.npmrc',
      'cat ~/.ss?/id_*',
      'base64 ~/.netrc',
      'strings /proc/self/environ',
      'sqlite3 "$HOME/Library/Application Support/Google/Chrome/Default/Login Data" .dump',
      'cat /etc/shadow',
      'less server.key',
    ],
    miss: [
      'cat ~/.ssh/id_rsa.pub',
      'ls -l ~/.ssh',
      'test -f ~/.aws/credentials',
      'cat test/fixtures/server.key',
      'stat ~/.netrc',
      'cat src/keyboard.ts',
    ],
  },
});

/** Settings next to credentials, and what the user typed: not secret as such, and personal. */
const PERSONAL =
  /\/\.aws\/config$|\/\.ssh\/(config|known_hosts|authorized_keys)$|^\/etc\/(pam\.d|security)\/|^\/var\/(log\/(auth|secure|faillog|wtmp|btmp)|mail|spool\/mail)|\/\.config\/gcloud\/(configurations|properties)|\/Library\/(Mail|Messages|Safari|Calendars|Application Support\/(AddressBook|CallHistoryDB))(\/|$)/;

const personal = defineRule({
  id: 'secrets/personal',
  tier: 'ask',
  on: 'fs.read',
  since: '0.1.0',
  summary: 'Reading of personal settings, messages or logs outside the project',
  why: 'They are the user’s own and name accounts and machines.',
  instead: 'Ask the user for the one value that is needed.',
  match: (read, { context }) => {
    if (read.use === 'names' || read.place.kind !== 'local') return undefined;
    const all = texts(read.path) ?? [prefixOf(read.path)];
    const hit = all.find(
      (path) => PERSONAL.test(path) || (secretFile(path)?.kind === 'history' && !isWithin(path, context.projectRoot)),
    );
    return hit === undefined ? undefined : `This reads ${hit}`;
  },
  examples: {
    hit: ['cat ~/.aws/config', 'cat ~/.bash_history', 'cat ~/.ssh/config', 'cat /var/log/auth.log'],
    miss: ['cat config.json', 'ls ~/.aws', 'history | tail -3', 'cat ~/.gitconfig'],
  },
});

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
const MASKED = /s([/|#,@]).*=.*\1.*(\*{3}|\bmask|redact|hidden|x{4}|…).*\1/i;

/** Filters of the environment by names that are no credentials'. */
function harmlessFilter(words: readonly string[]): boolean {
  const [program = '', ...rest] = words;
  const patterns = rest.filter((word) => !word.startsWith('-'));
  return (
    /^(e?grep|rg)$/.test(program) &&
    patterns.length > 0 &&
    !rest.some((word) => /^-[a-zA-Z]*v/.test(word)) &&
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

const asked = defineRule({
  id: 'secrets/store',
  tier: 'soft',
  on: 'secret.read',
  since: '0.1.0',
  summary: 'A credential taken out of a keychain, vault or password manager',
  why: 'It is the user’s; printed, it stays in transcripts.',
  instead: 'Let the program that needs the credential fetch it, or ask the user.',
  match: (effect) => ({
    message: `This ${effect.shown ? 'prints' : 'takes'} ${effect.what}`,
    ...(effect.shown ? {} : { tier: 'ask' as const }),
  }),
  examples: {
    hit: [
      'security find-generic-password -s mail -w',
      'secret-tool lookup a b',
      'gpg --export-secret-keys',
      'getent shadow',
      'gpg -d vault.gpg',
    ],
    miss: ['security find-identity -p codesigning', 'gpg --list-keys', 'pass ls'],
  },
});

const metadata = defineRule({
  id: 'secrets/metadata-service',
  tier: 'soft',
  on: ['net.fetch', 'net.send'],
  since: '0.1.0',
  summary: 'A request to the address where clouds hand out a machine’s credentials',
  why: 'Whoever has them can act as the machine.',
  instead: 'Use the cloud’s own command line with the user’s login.',
  match: (effect) => {
    const url = effect.kind === 'net.fetch' ? effect.url : effect.to;
    const hosts = (texts(url) ?? [prefixOf(url)]).map(hostOf);
    return hosts.some((host) => host !== undefined && isMetadataService(host))
      ? `This asks ${shownPath(url)} for credentials`
      : undefined;
  },
  examples: {
    hit: [
      'curl http://169.254.169.254/latest/meta-data/',
      'wget -qO- http://metadata.google.internal/computeMetadata/v1/',
    ],
    miss: ['curl http://localhost:3000/latest', 'curl https://example.com/169.254.169.254'],
  },
});

export const secretRules: readonly Rule[] = [readSecret, personal, printed, asked, metadata];
