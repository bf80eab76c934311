// Owns what a search program is looking for, when that is credentials. Holds no rule.
import type { Invocation } from '../core/invocation.ts';
import { secretFile } from '../core/sensitive.ts';
import { show, texts } from '../core/value.ts';

/** Every text a word can be, joined by blanks. */
export const wordsOf = (invocation: Invocation | undefined): string[] =>
  (invocation?.argv ?? []).map((word) => texts(word.value)?.join(' ') ?? show(word.value));

/** A name or shape that only credentials have. */
function namesSecrets(pattern: string): boolean {
  const plain = pattern.replace(/^\*+\/?/, '').replace(/[*?]+$/, '');
  if (
    /^\.(key|pem|ppk|p12|pfx|pgp|gpg|asc|kdbx?|jks|keystore|ovpn|rdp|p8|ssh|aws|gnupg|env|netrc|npmrc|pgpass|azure|kube)/i.test(
      plain,
    )
  )
    return true;
  if (
    /(^|[^a-z])(id_[rd]sa|id_ecdsa|id_ed25519|password|passwd|credential|secret|token|wallet|keychain|login data|logins\.json|key4\.db|cookies|shadow|private.?key|service.?account|access.?tokens?|msal_token|kubeconfig)/i.test(
      plain,
    )
  )
    return true;
  return (
    secretFile(`/home/x/${plain}`) !== undefined || secretFile(`/home/x/a${pattern.replace(/\*/g, '')}`) !== undefined
  );
}

const SHAPES =
  /^pass$|password|passwd|secret|api.?key|access.?key|private.?key|token|credential|AKIA|BEGIN [A-Z ]*(RSA|OPENSSH|PRIVATE|PGP)|ghp_|xox[abp]|sk-[a-z]/i;

/** What a search program looks for: names for find and fd, text for grep and its kin. */
export function soughtBy(words: readonly string[]): string | undefined {
  const [path = '', ...rest] = words;
  const program = path.replace(/^.*\//, '');
  if (/^(find|gfind|bfs)$/.test(program))
    return rest.find(
      (word, index) =>
        /^-i?(name|path|wholename|regex)$/.test(rest[index - 1] ?? '') && word.split(' ').some(namesSecrets),
    );
  if (/^(fd|fdfind|locate|plocate|mlocate|mdfind)$/.test(program))
    return rest.find((word) => !word.startsWith('-') && namesSecrets(word));
  if (/^(e?grep|fgrep|rg|ag|ack|ugrep|zgrep|git-grep)$/.test(program)) {
    const given = rest.filter((word, index) => !word.startsWith('-') || /^(-e|--regexp)$/.test(rest[index - 1] ?? ''));
    const sought = rest.includes('-e')
      ? given.filter((word) => rest[rest.indexOf(word) - 1] === '-e')
      : given.slice(0, 1);
    return sought.find((word) => SHAPES.test(word));
  }
  return undefined;
}
