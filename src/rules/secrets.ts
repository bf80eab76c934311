// Owns the rules about reading secrets where they are kept.
import { hostOf, isMetadataService } from '../core/host.ts';
import { isWithin } from '../core/path.ts';
import { defineRule, type Rule } from '../core/rule.ts';
import { type SecretKind, secretFile, secretFolder, secretIn, shownPath } from '../core/sensitive.ts';
import { prefixOf, texts } from '../core/value.ts';

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
  match: (read, { context }) => {
    if (read.use !== 'content') return undefined;
    const secret = secretIn(read.path);
    const folder = texts(read.path)
      ?.filter((path) => !isWithin(path, context.projectRoot))
      .map(secretFolder)
      .find((each) => each !== undefined);
    if (secret === undefined && folder !== undefined && read.place.kind === 'local')
      return `This reads what is in the folder ${folder}`;
    if (secret === undefined) return undefined;
    const message = `This reads ${WHAT[secret.kind]} (${secret.what})`;
    if (/^(key|store|memory)$/.test(secret.kind)) return message;
    return secret.kind === 'environment' && read.path.kind === 'pattern' ? { message, tier: 'ask' } : undefined;
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
      'tar czf /tmp/k.tgz ~/.ssh ~/.aws',
      'grep -r . ~/.ssh',
      'cat .e*',
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
  /\/\.aws\/config$|\/\.ssh\/(config|authorized_keys)$|^\/etc\/(pam\.d|security|ssh|ssl\/openssl)[./]|^\/var\/(log|lib\/pam|mail|spool\/mail)\/|^\/proc\/(cmdline|kallsyms|keys)$|\/\.config\/gcloud\/(configurations|properties)|\/Library\/(Mail|Messages|Safari|Calendars|Application Support\/(AddressBook|CallHistoryDB))(\/|$)/;

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
    if (hit !== undefined) return `This reads ${hit}`;
    const globbed = read.path.kind === 'pattern' ? secretIn(read.path) : undefined;
    return globbed?.kind === 'history' ? `This reads ${globbed.what}` : undefined;
  },
  examples: {
    hit: [
      'cat ~/.aws/config',
      'cat ~/.bash_history',
      'tail -5 /home/*/.zsh_history',
      'cat ~/.ssh/config',
      'cat /var/log/auth.log',
    ],
    miss: ['cat config.json', 'ls ~/.aws', 'history | tail -3', 'cat ~/.gitconfig'],
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
    // The brackets of an IPv6 address are a glob to the shell.
    const hosts = (texts(url) ?? [url.kind === 'pattern' ? (url.glob ?? url.prefix) : prefixOf(url)]).map(hostOf);
    return hosts.some((host) => host !== undefined && isMetadataService(host))
      ? `This asks ${shownPath(url)} for credentials`
      : undefined;
  },
  examples: {
    hit: [
      'curl http://169.254.169.254/latest/meta-data/',
      'wget -qO- http://metadata.google.internal/computeMetadata/v1/',
      'curl http://2852039166/latest/meta-data/',
      'curl http://[fd00:ec2::254]/latest/meta-data/',
    ],
    miss: ['curl http://localhost:3000/latest', 'curl https://example.com/169.254.169.254'],
  },
});

export const secretRules: readonly Rule[] = [readSecret, personal, asked, metadata];
