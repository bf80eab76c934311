// Owns the table of environment variables that make programs run, load or trust something. Holds no code but the look-up.
import { isProxyVariable } from '../core/proxy.ts';

export type Meaning =
  | 'preload'
  | 'search-path'
  | 'start-up'
  | 'command'
  | 'prompt'
  | 'options'
  | 'loads'
  | 'weakens'
  | 'empty-weakens'
  | 'history'
  | 'key-log'
  | 'registry'
  | 'proxy'
  | 'skips-hooks'
  | 'git-key'
  | 'guard';

const NAMES: Readonly<Record<Meaning, string>> = {
  preload: 'LD_PRELOAD LD_AUDIT DYLD_INSERT_LIBRARIES',
  'search-path':
    'PATH LD_LIBRARY_PATH DYLD_LIBRARY_PATH DYLD_FRAMEWORK_PATH DYLD_FALLBACK_LIBRARY_PATH PYTHONPATH PERL5LIB PERLLIB RUBYLIB NODE_PATH CLASSPATH LUA_PATH LUA_CPATH GEM_PATH GCONV_PATH',
  'start-up': 'BASH_ENV ENV PYTHONSTARTUP ZDOTDIR PERL5DB R_PROFILE R_PROFILE_USER',
  command:
    'GIT_SSH_COMMAND GIT_SSH GIT_PAGER GIT_EDITOR GIT_SEQUENCE_EDITOR GIT_EXTERNAL_DIFF GIT_PROXY_COMMAND GIT_ASKPASS SSH_ASKPASS SUDO_ASKPASS PAGER MANPAGER EDITOR VISUAL FCEDIT SUDO_EDITOR SYSTEMD_PAGER SYSTEMD_EDITOR BAT_PAGER DELTA_PAGER AWS_PAGER GH_PAGER GH_EDITOR PSQL_PAGER PSQL_EDITOR BROWSER GH_BROWSER LESSOPEN LESSCLOSE RSYNC_RSH CVS_RSH SHELL CC CXX LD AR RUSTC RUSTC_WRAPPER RUSTC_WORKSPACE_WRAPPER CMAKE_C_COMPILER_LAUNCHER CMAKE_CXX_COMPILER_LAUNCHER FZF_DEFAULT_COMMAND KUBE_EDITOR',
  prompt: 'PROMPT_COMMAND PS0 PS1 PS2 PS4',
  options:
    'NODE_OPTIONS PERL5OPT RUBYOPT JAVA_TOOL_OPTIONS _JAVA_OPTIONS JDK_JAVA_OPTIONS JAVA_OPTS MAVEN_OPTS GRADLE_OPTS MAKEFLAGS GNUMAKEFLAGS GOFLAGS RUSTFLAGS RUSTDOCFLAGS PYTEST_ADDOPTS TAR_OPTIONS GREP_OPTIONS LESS',
  loads:
    'GIT_EXEC_PATH GIT_TEMPLATE_DIR GIT_CONFIG GIT_CONFIG_GLOBAL GIT_CONFIG_SYSTEM GIT_CONFIG_PARAMETERS GIT_DIR GIT_WORK_TREE GIT_COMMON_DIR GIT_ALTERNATE_OBJECT_DIRECTORIES PYTHONHOME PYTHONUSERBASE RIPGREP_CONFIG_PATH WGETRC CURL_HOME INPUTRC MAKEFILES OPENSSL_CONF OPENSSL_ENGINES CARGO_HOME RUSTUP_HOME NPM_CONFIG_USERCONFIG npm_config_userconfig NPM_CONFIG_PREFIX npm_config_prefix NPM_CONFIG_GLOBALCONFIG PYTHONBREAKPOINT VIMINIT EXINIT MYVIMRC LUA_INIT PIP_CONFIG_FILE TERMINFO NPM_CONFIG_SCRIPT_SHELL npm_config_script_shell NPM_CONFIG_NODE_OPTIONS KUBECTL_EXTERNAL_DIFF DOCKER_CONFIG XDG_CONFIG_HOME',
  weakens:
    'NODE_TLS_REJECT_UNAUTHORIZED PYTHONHTTPSVERIFY GIT_SSL_NO_VERIFY CURL_INSECURE NPM_CONFIG_STRICT_SSL npm_config_strict_ssl GOINSECURE GONOSUMCHECK GONOSUMDB PIP_TRUSTED_HOST UV_INSECURE_HOST AWS_CLI_NO_VERIFY_SSL HOMEBREW_NO_VERIFY_ATTESTATIONS',
  'empty-weakens': 'REQUESTS_CA_BUNDLE CURL_CA_BUNDLE SSL_CERT_FILE SSL_CERT_DIR NODE_EXTRA_CA_CERTS GIT_SSL_CAINFO',
  history: 'HISTFILE HISTSIZE HISTFILESIZE HISTIGNORE',
  'key-log': 'SSLKEYLOGFILE',
  registry:
    'NPM_CONFIG_REGISTRY npm_config_registry YARN_REGISTRY YARN_NPM_REGISTRY_SERVER BUN_CONFIG_REGISTRY PIP_INDEX_URL PIP_EXTRA_INDEX_URL PIP_FIND_LINKS UV_INDEX_URL UV_EXTRA_INDEX_URL UV_DEFAULT_INDEX UV_INDEX UV_FIND_LINKS GOPROXY BUNDLE_MIRROR__ALL RUBYGEMS_HOST CARGO_REGISTRY_INDEX HOMEBREW_BOTTLE_DOMAIN HOMEBREW_ARTIFACT_DOMAIN HOMEBREW_API_DOMAIN CONDA_CHANNELS',
  proxy: '',
  'skips-hooks':
    'HUSKY LEFTHOOK HUSKY_SKIP_HOOKS HUSKY_SKIP_INSTALL LEFTHOOK_EXCLUDE PRE_COMMIT_ALLOW_NO_CONFIG OVERCOMMIT_DISABLE',
  'git-key': '',
  guard: 'CLAUDE_CONFIG_DIR',
};

/** Settings of a guard, by the beginning of their names, that switch it off or make it lenient. */
const OF_GUARD = /^(GREENLIGHT|NAH|DCG|TIRITH|CC_SAFETY_NET|SAFETY_NET|HALL_PASS|DIPPY)_/;

const MEANINGS: ReadonlyMap<string, Meaning> = new Map(
  Object.entries(NAMES).flatMap(([meaning, names]) =>
    names.split(' ').map((name) => [name, meaning as Meaning] as const),
  ),
);

/** What setting the variable can make happen; undefined when it is ordinary data. */
export function meaningOf(name: string): Meaning | undefined {
  const listed = MEANINGS.get(name);
  if (listed) return listed;
  if (OF_GUARD.test(name)) return 'guard';
  if (isProxyVariable(name)) return 'proxy';
  if (/^GIT_CONFIG_KEY_\d+$/.test(name)) return 'git-key';
  if (/^BASH_FUNC_.+%%$/.test(name)) return 'command';
  if (/^CARGO_TARGET_[A-Z0-9_]+_(RUNNER|LINKER)$/.test(name)) return 'command';
  return /^CARGO_REGISTRIES_[A-Z0-9_]+_INDEX$/.test(name) ? 'registry' : undefined;
}

/** Why a variable of meaning `loads` matters, where that says more than the default. */
export const LOADS: Readonly<Record<string, string>> = {
  GIT_EXEC_PATH: 'replaces the programs of git',
  GIT_TEMPLATE_DIR: 'brings hooks into new repositories',
  GIT_DIR: 'points git at another repository',
  GIT_WORK_TREE: 'points git at another working tree',
};

/** Values that are what these variables usually hold: pagers, editors and compilers without tricks. */
export const PLAIN_COMMANDS =
  /^(\|?(\/usr(\/local)?\/bin\/|\/bin\/|\/opt\/homebrew\/bin\/)?(cat|less|more|most|bat|delta|head|col|true|false|:|echo|vim?|nvim|nano|emacs(client)?|pico|micro|hx|code|cursor|zed|subl|mate|open|xdg-open|firefox|chrome|google-chrome|none|bash|sh|zsh|fish|dash|ssh|gcc|g\+\+|cc|c\+\+|clang|clang\+\+|ld|lld|mold|ar|rustc|sccache|ccache|lesspipe(\.sh)?|node|qemu-[\w-]+|wine|cross)(-[0-9.]+)?( (-[A-Za-z]+|--(wait|plain|paging=never|no-pager|style=\w+)|-o (BatchMode|ConnectTimeout|ServerAliveInterval|ConnectionAttempts)=\w+|%s|-w))*|[a-z0-9_]+-linux-(gnu|musl)[a-z0-9]*-(gcc|g\+\+|ld|ar|clang))$/;

/** Folders of the system and of tool chains, with `~` for the home. */
export const TOOL_FOLDERS =
  /^(\/(usr|bin|sbin|lib|lib64|snap|Library|System|Applications|nix)(\/|$)|\/opt\/(homebrew|local|conda|miniconda|anaconda|rocm|intel|hostedtoolcache|pyenv|venv|[\w.-]+\/(bin|lib))(\/|$)|~\/(\.(cargo|local|bun|deno|volta|pyenv|rbenv|asdf|nvm|fnm|npm-global|npm|yarn|pnpm|rustup|dotnet|sdkman|nodenv|jenv|goenv|poetry|rye|nix-profile|composer|pub-cache|gem|krew|mise|proto|foundry|opam|ghcup|cabal|juliaup)|go|bin|miniconda3?|anaconda3?|miniforge3|mambaforge|Library\/(pnpm|Python|Android))(\/|$))/;

interface OptionRow {
  readonly harmless: RegExp;
  /** An option that loads code: the file is glued (first group) or the next word. */
  readonly loads?: RegExp;
}

const JAVA: OptionRow = {
  harmless:
    /^-(X(?!bootclasspath)|D(?!java\.security\.manager|java\.ext)|ea|da|server|client|enableassertions|-add-opens|-add-exports|-enable-)/,
  loads: /^-javaagent:([^=]+)/,
};

export const OPTIONS: Readonly<Record<string, OptionRow>> = {
  NODE_OPTIONS: {
    harmless:
      /^(--(max-|stack-|no-|enable-|trace-|experimental-(?!loader)|disable-|unhandled-|preserve-|conditions|dns-|use-|abort-|heap|report|throw-|pending-|warnings|openssl-legacy|localstorage|diagnostic|interpreted|jitless|cpu-prof|test-|icu-|input-type|v8-|watch|insecure-http-parser|tls-)|-C$|\d+$)/,
    loads: /^(?:--(?:require|import|loader|experimental-loader)|-r)(?:=(.+))?$/,
  },
  PERL5OPT: { harmless: /^-[wWTt]+$/ },
  RUBYOPT: { harmless: /^(-W\S*|-w|--(yjit|jit|enable|disable)\S*)$/, loads: /^-r(.+)?$/ },
  JAVA_TOOL_OPTIONS: JAVA,
  _JAVA_OPTIONS: JAVA,
  JDK_JAVA_OPTIONS: JAVA,
  JAVA_OPTS: JAVA,
  MAVEN_OPTS: JAVA,
  GRADLE_OPTS: JAVA,
  MAKEFLAGS: {
    harmless:
      /^(-?[jksnwB]+\d*|-l\d*|--(jobs|keep-going|silent|no-print-directory|output-sync|load-average)\S*|-O\S*)$/,
  },
  GNUMAKEFLAGS: { harmless: /^(-?[jksnwB]+\d*|--(jobs|keep-going|silent|no-print-directory|output-sync)\S*)$/ },
  GOFLAGS: {
    harmless:
      /^-(mod|tags|count|race|v|x|p|trimpath|buildvcs|ldflags|gcflags|timeout|short|cover\w*|modcacherw)(=\S*)?$/,
  },
  RUSTFLAGS: { harmless: /^(-[CDWAFZLl]\S*|--(cfg|cap-lints|deny|warn|allow|codegen)\S*|[a-z][\w=-]*)$/ },
  RUSTDOCFLAGS: { harmless: /^(-[DWACZ]\S*|--(cfg|cap-lints|deny|warn)\S*|[a-z][\w=:-]*)$/ },
  PYTEST_ADDOPTS: {
    harmless:
      /^(-[vqsxlr]\w*|--(tb|color|durations|maxfail|cov|no-cov|strict|lf|ff|sw|capture|showlocals|timeout|numprocesses)\S*|-n|-k|-m|\w+)$/,
  },
  TAR_OPTIONS: {
    harmless: /^--(no-same-owner|no-same-permissions|owner|group|numeric-owner|sort|mtime|exclude|warning)\S*$/,
  },
  GREP_OPTIONS: { harmless: /^--colou?r\S*$/ },
  LESS: { harmless: /^-?[A-Za-z0-9~]+$/ },
};
