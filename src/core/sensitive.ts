// Owns what counts as a secret: paths of credential files and names of variables that hold them. Decides nothing.
import { basename } from './path.ts';

const SECRET_PATHS: readonly RegExp[] = [
  /\/\.ssh\/(?!.*\.pub$)(?!known_hosts|config$|authorized_keys$)[^/]+$/,
  /\/\.aws\/(credentials|sso\/|cli\/cache\/)/,
  /\/\.(netrc|pgpass|git-credentials|npmrc|pypirc|vault-token)$/,
  /\/\.(gnupg|password-store)(\/|$)/,
  /\/\.config\/(gcloud|gh|hub)(\/|$)/,
  /\/\.docker\/config\.json$/,
  /\/\.kube\/config$/,
  /^\/etc\/(shadow|gshadow|sudoers|master\.passwd)/,
];
const SECRET_NAMES =
  /^(\.env(\.(?!example|sample|template|dist|defaults)[^/]*)?|id_(rsa|dsa|ecdsa|ed25519)|.*\.(pem|key|p12|pfx|keystore|jks|kdbx)|credentials(\.json)?|.*service-account.*\.json|secrets?\.(json|ya?ml|toml|env))$/i;
const PUBLIC_NAMES = /\.pub$|^\.env\.(example|sample|template|dist|defaults|test)$/;

/** What kind of secret an absolute path holds, in words for a reader; undefined when it is not known to hold one. */
export function secretPath(path: string): string | undefined {
  const name = basename(path);
  if (PUBLIC_NAMES.test(name)) return undefined;
  if (SECRET_PATHS.some((each) => each.test(path)) || SECRET_NAMES.test(name)) return name;
  return undefined;
}

const SECRET_VARIABLE =
  /(^|_)(TOKEN|SECRET|PASSWORD|PASSWD|PASS|API_?KEY|APIKEY|ACCESS_KEY|PRIVATE_KEY|CREDENTIALS?|AUTH|PAT|KEY)(_|$|\d)/i;
const PUBLIC_VARIABLE =
  /PUBLIC|PUBLISHABLE|KEYBOARD|KEYMAP|SSH_AUTH_SOCK|_KEY_(FILE|PATH|ID|NAME)$|TOKENS?_(COUNT|LIMIT)|MAX_TOKENS/i;

/** True when a variable of this name conventionally holds a credential. */
export const secretVariable = (name: string): boolean => SECRET_VARIABLE.test(name) && !PUBLIC_VARIABLE.test(name);
