// Owns what counts as a secret: files, variables and texts that hold credentials. Decides nothing.
import { basename, dirname } from './path.ts';
import { prefixOf, texts, type Value } from './value.ts';

/**
 * What a file holds. `key`: private keys. `store`: credentials of a person or service. `environment`: a project's own
 * settings with secrets among them. `history`: what a person typed. `memory`: other processes' variables or memory.
 */
export type SecretKind = 'key' | 'store' | 'environment' | 'history' | 'memory';

export interface SecretFile {
  readonly kind: SecretKind;
  readonly what: string;
}

const KEYS: readonly RegExp[] = [
  /\/\.ssh\/(?!.*\.pub$)(?!(known_hosts|config|authorized_keys|environment|rc|allowed_signers)[^/]*$)(?!(config|conf)\.d(\/|$))[^/]+$/,
  /\/\.gnupg\/(private-keys|secring|.*\.key$)/,
  /\/(ssl|tls|pki)\/private\/[^/]+$/,
  /\/ssh_host_[a-z0-9]+_key$/,
];
const STORES: readonly RegExp[] = [
  /\/\.aws\/(credentials|sso|cli\/cache)(\/|$)/,
  /\/\.azure\/(accessTokens|msal_token_cache|azureProfile|service_principal_entries|.*token)/i,
  /\/\.config\/gcloud\/(credentials|access_tokens|application_default_credentials|legacy_credentials)/,
  /\/\.(oci|bluemix|scw|linode-cli|config\/doctl|config\/hcloud|fly|config\/scw|config\/op|vercel|netlify|wrangler|config\/\.wrangler|railway|heroku)\/.*(config|auth|token|credential|sessions|key)/i,
  /\/\.config\/(gh\/hosts\.yml|hub|glab-cli\/config\.yml|rclone\/rclone\.conf|configstore\/.*|stripe\/config\.toml|sops\/age\/.*)$/,
  /\/\.(netrc|pgpass|my\.cnf|mylogin\.cnf|git-credentials|vault-token|authinfo(\.gpg)?|s3cfg|boto|smbcredentials|rclone\.conf|terraformrc|yarnrc\.yml)$/,
  /^\/(home|Users)\/[^/]+\/\.(npmrc|pypirc|gemrc)$|^\/root\/\.(npmrc|pypirc)$|\/\.pypirc$/,
  /\/\.(cargo\/credentials(\.toml)?|gem\/credentials|m2\/settings(-security)?\.xml|gradle\/gradle\.properties|nuget\/NuGet\.Config|composer\/auth\.json|terraform\.d\/credentials\.tfrc\.json)$/i,
  /\/\.docker\/config\.json$|\/containers\/auth\.json$/,
  /\/\.kube\/(?!cache)[^/]*config[^/]*$|\/(kubeconfig|admin\.conf)$|\/k3s\.yaml$/,
  /\/(\.gnupg|\.password-store|\.local\/share\/keyrings|Library\/Keychains|\.local\/share\/kwalletd)(\/|$)/,
  /\/(\.claude\/\.credentials\.json|\.codex\/auth\.json|\.gemini\/oauth_creds\.json|\.local\/share\/opencode\/auth\.json|\.config\/github-copilot\/(hosts|apps)\.json)$/,
  /\/(Login Data( For Account)?|Web Data|Cookies(\.binarycookies)?|Local State|key[34]\.db|logins\.json|cookies\.sqlite|signons\.sqlite|formhistory\.sqlite)(-journal|-wal)?(\?[^/]*)?$/,
  /\/(\.electrum|\.bitcoin|\.ethereum|\.config\/solana|\.monero|Exodus|Electrum)\/.*(wallet|keystore|id\.json|seed)/i,
  /\/(1Password|Bitwarden|KeePass(XC)?|LastPass|Dashlane)\//,
  /^\/etc\/(shadow|gshadow|master\.passwd|security\/passwd|spwd\.db|sudoers|krb5\.keytab|ppp\/(chap|pap)-secrets|wireguard\/|NetworkManager\/system-connections\/|openvpn\/.*\.(key|auth))/,
  /^(\/private)?\/var\/db\/(dslocal|shadow)\//,
  /^(\/var)?\/run\/secrets\//,
];
const MEMORY =
  /^\/proc\/(self|thread-self|\d+|\*|…|[^/]*)\/(environ|mem|auxv)$|^\/dev\/(k?mem|port)$|^\/dev\/(input\/|uinput|hidraw|vcsa?\d|fb\d)|^\/proc\/kcore$/;
const HISTORY =
  /\/\.((bash|zsh|sh|ksh|fish|python|node_repl|psql|mysql|sqlite|redis|rediscli|irb|less|mongo|dbshell|scala|php)_?(history|sessions)|histfile|mongodb\/mongosh\/mongosh_repl_history)(\/|$)|\/fish_history$|\/\.zsh_sessions(\/|$)/i;

/** A token of some tool, in its own folder of the home folder. */
const HOME_TOKEN =
  /^(\/(home|Users)\/[^/]+|\/root)\/\.[^/]+(\/[^/]+){0,2}\/\.?([\w.-]*[._-])?(tokens?|api[-_]?key|secrets?|passwords?|credentials?|oauth[\w.-]*)(\.(json|txt|ya?ml|toml|db))?$|^(\/(home|Users)\/[^/]+|\/root)\/\.[\w-]*(token|api[-_]?key|secret|password)s?$/i;

const ENVIRONMENT_NAME =
  /^(\.env(rc)?([._-].+|[~\d])?|.+\.env|\.dev\.vars|\.flaskenv|env\.(local|prod(uction)?|staging)|secrets?\.(json|ya?ml|toml|env|ini|properties|rb|py|txt|enc|auto\.tfvars|tfvars)|.*[._-]secrets?\.(ya?ml|json|toml|env)|(application|appsettings|config)[._-](prod(uction)?|secrets?|local)\.(json|ya?ml|properties)|terraform\.tfstate(\.backup)?|.*\.tfstate|(prod(uction)?|secrets?)[^/]*\.tfvars|local\.settings\.json|wp-config\.php|\.htpasswd|master\.key)$/i;
const KEY_NAME =
  /^(id_(rsa|dsa|ecdsa|ed25519)(_sk)?|.*_(rsa|dsa|ecdsa|ed25519)|.*\.(pem|key|ppk|p12|pfx|p8|keystore|jks|kdbx?|asc\.key|agekey|pgp\.key|mobileprovision\.key)|identity\.age|keys\.txt\.age|.*private[-_]?key.*\.(txt|json|pem)|.*(service[-_]?account|gcp[-_]?key|firebase-adminsdk).*\.json|wallet\.(dat|json))$/i;
const STORE_NAME =
  /^(credentials?(\.(json|csv|ini|txt|db))?|client_secrets?.*\.json|accessTokens\.json|access_tokens\.db|msal_token_cache\.(json|bin)|application_default_credentials\.json|\.netrc|\.pgpass|\.git-credentials|\.vault-token|passwords?\.(txt|csv|json|ya?ml)|.*passwords?\.(txt|csv)|tokens?\.(txt|csv)|.*\.keychain(-db)?|login\.keychain.*)$/i;

/** Examples, public halves, certificates and test material: named like secrets, and none. */
const PUBLIC_NAME =
  /\.pub$|^(?:.*\.)?env[._-](?:.*[._-])?(example|sample|template|dist|defaults?|schema|test|testing|ci|d\.ts|ts|js|mjs|cjs|py|md|go|rs)([._-].*)?$|^(example|sample|template)s?[._-]|[._-](example|sample|template|dist|schema)(\.[a-z]+)?$|^\.env\.vault$|^(ca|cacert|ca-bundle|cert|chain|fullchain|public|pub|.*[._-]pub(lic)?|.*[._-]?cert(ificate)?s?|.*-bundle|roots?|ca-certificates|dhparams?|csr)\.pem$|\.crt$|\.cer$/i;
const TEST_FOLDER =
  /\/(test|tests|__tests__|spec|specs|fixtures?|__fixtures__|testdata|test-data|mocks?|__mocks__|examples?|samples?|node_modules|site-packages|vendor|docs?)\//i;
/** Certificate stores of the system and of packages. */
const PUBLIC_PLACE = /^\/etc\/ssl\/certs\/|\/(certifi|ca-certificates)\/|\/Keynote\//;

/** No file has a longer path (limits.h). */
const PATH_MAX = 4096;

/** What an absolute path is known to hold that should stay secret; undefined when it is not known to hold a secret. */
export function secretFile(path: string): SecretFile | undefined {
  if (path.length > PATH_MAX) return undefined;
  const name = basename(path);
  const is = (kind: SecretKind): SecretFile => ({ kind, what: shownAs(path, name) });
  if (MEMORY.test(path)) return is('memory');
  if (PUBLIC_NAME.test(name) || PUBLIC_PLACE.test(path)) return undefined;
  if (KEYS.some((each) => each.test(path))) return is('key');
  if (STORES.some((each) => each.test(path))) return is('store');
  if (HISTORY.test(path)) return is('history');
  if (HOME_TOKEN.test(path)) return is('environment');
  if (TEST_FOLDER.test(path)) return undefined;
  if (KEY_NAME.test(name)) return is('key');
  if (STORE_NAME.test(name)) return is('store');
  if (ENVIRONMENT_NAME.test(name)) return is('environment');
  return undefined;
}

/** Paths of the home folder begin with `~`; others are told by their name. */
const shownAs = (path: string, name: string): string =>
  /^(?:\/(?:home|Users)\/[^/]+|\/root)(\/\.[^/]+\/.*|\/Library\/.*)$/.exec(path)?.[1]?.replace(/^/, '~') ?? name;

/** What kind of secret an absolute path holds, in words for a reader; undefined when it is not known to hold one. */
export const secretPath = (path: string): string | undefined => secretFile(path)?.what;

const SECRET_FOLDER =
  /\/(\.ssh|\.aws|\.azure|\.gnupg|\.kube|\.docker|\.password-store|\.config\/(gcloud|gh|op)|Keychains|keyrings|secrets?|certs?|credentials|private|keys|(\.mozilla\/firefox|\.config\/(google-chrome|chromium|BraveSoftware|microsoft-edge)|Application Support\/(Google\/Chrome|Firefox|Chromium|BraveSoftware|Microsoft Edge))(\/(Profiles|Default|[^/]+\.default[^/]*))?)$/;

/** A folder that conventionally holds secrets, to be copied or packed as a whole. */
export function secretFolder(path: string): string | undefined {
  return SECRET_FOLDER.test(path) && !TEST_FOLDER.test(`${path}/`) && !PUBLIC_PLACE.test(`${path}/`)
    ? basename(path)
    : undefined;
}

/** Names that a glob is tried on: one of each well-known kind that is secret wherever it is. */
const TELLING =
  '.env .env~ .env1 .env.local .env.production .envrc id_rsa id_ed25519 credentials server.key server.pem cert.p12 .netrc .npmrc .pgpass .git-credentials .bash_history .zsh_history'.split(
    ' ',
  );
/** Names that are secret in the folders they belong to. */
const PLACED = [
  'config.json',
  'config',
  'shadow',
  'environ',
  'login.keychain-db',
  'Login Data',
  'credentials.db',
  'token.json',
];

/** The secret a value may name: any of its texts, or what its glob or open end can match. */
export function secretIn(value: Value): SecretFile | undefined {
  const all = texts(value);
  if (all) return first(all);
  if (value.kind !== 'pattern') return undefined;
  if (value.glob === undefined) {
    const fixed = value.prefix + value.suffix;
    return value.suffix.includes('/') || value.suffix === ''
      ? first([`${value.prefix}x${value.suffix}`])
      : first([fixed]);
  }
  const name = basename(value.glob);
  const folder = dirname(value.glob).replace(/[*?[\]{}]+/g, 'x');
  const shape = globExpression(name);
  if (!/[*?[]/.test(name)) return secretFile(`${folder}/${name}`);
  const literal = name.replace(/\[[^\]]*\]|[*?]/g, '');
  const fits = (each: string): boolean => shape.test(each) && (!each.startsWith('.') || name.startsWith('.'));
  const alone = literal.length >= 2 || name.startsWith('.') || secretFolder(folder) !== undefined;
  const names = [...(alone ? TELLING : []), ...PLACED.filter((each) => secretFile(`/${each}`) === undefined)];
  return first(names.filter(fits).map((each) => `${folder}/${each}`));
}

const first = (paths: readonly string[]): SecretFile | undefined => {
  for (const path of paths) {
    const found = secretFile(path);
    if (found) return found;
  }
  return undefined;
};

function globExpression(glob: string): RegExp {
  const source = glob
    .replace(/[.+^${}()|\\]/g, '\\$&')
    .replace(/\*+/g, '.*')
    .replace(/\?/g, '.');
  try {
    return new RegExp(`^${source.replace(/\[!/g, '[^')}$`);
  } catch {
    return /^$/;
  }
}

/** The deepest path text that is certain of a value, for messages. */
export const shownPath = (value: Value): string => {
  const all = texts(value);
  return all?.[0] ?? (value.kind === 'pattern' ? (value.glob ?? `${value.prefix}…`) : prefixOf(value) || '…');
};

const SECRET_VARIABLE =
  /(^|_)(TOKEN|SECRETS?|PASSWORD|PASSWD|PASSPHRASE|PASS|PWD|API_?KEY|APIKEY|ACCESS_KEY|SECRET_KEY|PRIVATE_KEY|SIGNING_KEY|ENCRYPTION_KEY|MASTER_KEY|CREDENTIALS?|CREDS|AUTH|PAT|KEY|DSN|CONNECTION_STRING|WEBHOOK_URL|(DATABASE|DB|MONGO(DB)?|REDIS|POSTGRES(QL)?|MYSQL|AMQP)_(URL|URI))(_|$|\d)/i;
const PUBLIC_VARIABLE =
  /^(OLD)?PWD$|PUBLIC|PUBLISHABLE|KEYBOARD|KEYMAP|KEYCHAIN|KEYRING|AUTHOR|SSH_AUTH_SOCK|XAUTHORITY|PASSED|(^|_)(KEY|TOKEN|SECRET|PASSWORD|CREDENTIALS?|AUTH)_?(FILE|PATH|ID|NAME|DIR|TYPE|URL|HOST|LEN(GTH)?|SIZE|COUNT|INDEX|ARN)S?$|TOKENS?_(COUNT|LIMIT)|MAX_TOKENS|(PRIMARY|FOREIGN|SORT|CACHE|PARTITION|HASH|GROUP|UNIQUE|DICT|JSON|MAP)_KEY/i;

/** True when a variable of this name conventionally holds a credential. */
export const secretVariable = (name: string): boolean => SECRET_VARIABLE.test(name) && !PUBLIC_VARIABLE.test(name);
