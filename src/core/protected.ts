// Owns which paths are guarded against change and why: settings of agents, profiles, keys, system files. Decides nothing.
import type { Context } from './context.ts';
import { basename, dirname, isWithin, joinPath } from './path.ts';
import { texts, type Value } from './value.ts';

export type Protection =
  | 'guard'
  | 'agent-settings'
  | 'transcripts'
  | 'instructions'
  | 'git-hooks'
  | 'git-internals'
  | 'profile'
  | 'cron'
  | 'service'
  | 'ssh'
  | 'credentials'
  | 'history'
  | 'device'
  | 'logs'
  | 'system'
  | 'tool-config';

/** Why an operand of xargs or parallel is not known; such a target is nowhere to be seen in the command. */
export const FROM_INPUT = 'an operand that is read from standard input';

/** Command-line guards of coding agents, by the name of their program and folder. */
const GUARDS = 'greenlight|nah|dcg|tirith|cc-safety-net|hall-pass|dippy';

const GUARD_NAME = new RegExp(`(^|[/@-])(${GUARDS})($|@)`);

/** True for the name of a package that installs such a guard. */
export const isGuard = (name: string): boolean => GUARD_NAME.test(name);

/**
 * First match wins. Paths are shown with `~` for any home folder and `.` for the project root;
 * `sample` is a path of the kind, so that a glob or a folder above it can be recognised.
 */
const TABLE: readonly { readonly what: Protection; readonly test: RegExp; readonly samples: readonly string[] }[] = [
  {
    what: 'guard',
    test: new RegExp(
      `^(~|\\.)/\\.(${GUARDS})(/|$|\\.(json|toml|ya?ml)$)|^~/\\.(config|cache|local/(share|state))/(${GUARDS})(/|$)|^(~/\\.(local|cargo|npm-global|bun)/|/usr/(local/)?|/opt/homebrew/)bin/(${GUARDS})$|/\\.claude/plugins/.*(${GUARDS})`,
    ),
    samples: [
      '~/.greenlight/config.json',
      '~/.config/greenlight/config.json',
      '~/.local/state/greenlight/journal.jsonl',
      '~/.nah/config.json',
      '~/.local/bin/nah',
    ],
  },
  {
    what: 'transcripts',
    test: /^~\/\.claude\/(projects|history\.jsonl|todos|file-history|shell-snapshots)(\/|$)|^~\/\.(codex|gemini)\/(sessions|history|tmp)(\/|$)/,
    samples: ['~/.claude/projects/p/s.jsonl', '~/.claude/history.jsonl'],
  },
  {
    what: 'instructions',
    test: /(^|\/)(CLAUDE(\.local)?\.md|AGENTS(\.override)?\.md|GEMINI\.md|\.cursorrules|\.windsurfrules|\.clinerules|copilot-instructions\.md)$|(^|\/)\.claude\/(commands|agents|skills|rules|output-styles)(\/|$)|(^|\/)\.(cursor|windsurf|roo|clinerules)\/rules(\/|$)/,
    samples: [
      './CLAUDE.md',
      './AGENTS.md',
      '~/.claude/CLAUDE.md',
      './.claude/commands/x.md',
      './.claude/agents/x.md',
      './.claude/skills/x/SKILL.md',
      './.claude/rules/x.md',
    ],
  },
  {
    what: 'agent-settings',
    test: /(^|\/)\.claude(\/(settings[^/]*\.json|hooks|plugins|managed-settings\.json|remote-settings\.json|\.credentials\.json|statusline[^/]*|launch\.json)(\/.*)?)?$|^~\/\.claude\.json$|(^|\/)\.mcp\.json$|\/claude-code\/|\/ClaudeCode\/|(^|\/)\.(codex|gemini|opencode|cursor|aider|amp|goose|windsurf|roo|qwen|copilot|continue)(\/(config|settings|mcp|hooks|cli-config|permissions|trust)[^/]*(\/.*)?)?$|^~\/\.config\/(opencode|goose|amp|github-copilot)(\/|$)|(^|\/)(opencode\.jsonc?|\.aider\.conf\.yml)$/,
    samples: [
      '~/.claude/settings.json',
      '~/.claude/settings.local.json',
      './.claude/settings.json',
      './.claude/settings.local.json',
      './.claude/hooks/x.sh',
      '~/.claude/hooks/x.sh',
      '~/.claude.json',
      './.mcp.json',
      '/etc/claude-code/managed-settings.json',
      '~/.codex/config.toml',
      '~/.cursor/mcp.json',
    ],
  },
  {
    what: 'git-hooks',
    test: /(^|\/)\.git\/(hooks|modules\/.*\/hooks)(\/|$)|^~\/\.(config\/git\/hooks|git-templates?|githooks)(\/|$)/,
    samples: ['./.git/hooks/pre-commit'],
  },
  {
    what: 'git-internals',
    test: /(^|\/)[^/]*\.git\/(HEAD|refs|objects|packed-refs)(\/|$)|(^|\/)\.git(\/|$)/i,
    samples: [
      './.git',
      './.git/config',
      './.git/HEAD',
      './.git/refs/heads/main',
      './.git/objects/ab',
      './.git/logs/HEAD',
      './.git/index',
    ],
  },
  {
    what: 'profile',
    test: /^~\/\.(bashrc|bash_profile|bash_login|bash_logout|bash_aliases|profile|zshrc|zshenv|zprofile|zlogin|zlogout|cshrc|tcshrc|login|logout|kshrc|mkshrc|xprofile|xinitrc|xsession|xsessionrc|inputrc|pam_environment|envrc|xonshrc)$|^~\/\.config\/(fish|environment\.d|autostart|powershell|nushell|zsh|plasma-workspace\/env)(\/|$)|^~\/\.(oh-my-zsh|zsh|bash_it)(\/|$)|^\/etc\/(profile|bash\.bashrc|bashrc|zshrc|zshenv|zprofile|environment|csh\.cshrc|csh\.login|profile\.d|zsh|fish)(\/|$)|^~\/\.(vimrc|gvimrc|exrc|emacs|spacemacs|pythonrc|pdbrc|irbrc|gdbinit|lldbinit|screenrc|tmux\.conf|npmrc\.js)$|^~\/\.(config\/(nvim|emacs|doom)|emacs\.d|doom\.d|vim)(\/(?!swap|undo|backup|session)|$)|^(?!\.).*\/(site|dist)-packages\/((user|site)customize\.py|[^/]+\.pth)$/,
    samples: [
      '~/.bashrc',
      '~/.bash_profile',
      '~/.profile',
      '~/.zshrc',
      '~/.zshenv',
      '~/.zprofile',
      '~/.config/fish/config.fish',
      '~/.config/autostart/x.desktop',
      '/etc/profile',
      '/etc/profile.d/x.sh',
      '/etc/environment',
      '/etc/bash.bashrc',
    ],
  },
  {
    what: 'cron',
    test: /^\/etc\/(cron[^/]*|anacrontab|at\.(allow|deny))(\/|$)|^\/var\/spool\/(cron|at|anacron)(\/|$)|^\/usr\/lib\/cron(\/|$)|^\/var\/at(\/|$)/,
    samples: ['/etc/cron.d/x', '/etc/crontab', '/var/spool/cron/crontabs/x'],
  },
  {
    what: 'service',
    test: /\/systemd\/(system|user|network)(\/|$)|^\/etc\/(init|init\.d|rc\d?\.d|rc\.local|rc\.common|inittab|runit|sv|xinetd\.d|inetd\.conf|ld\.so\.preload|ld\.so\.conf(\.d)?|modules-load\.d|udev|dbus-1|X11\/xinit|xdg\/autostart|emond\.d|periodic|launchd\.conf|pam\.d)(\/|$)|\/Library\/(LaunchAgents|LaunchDaemons|StartupItems|PrivilegedHelperTools|Scripting Additions|Input Methods|QuickLook)(\/|$)|^\/System\/Library\/Launch|^~\/\.local\/share\/(systemd|dbus-1)(\/|$)|^\/(usr\/)?lib\/systemd(\/|$)/,
    samples: [
      '/etc/systemd/system/x.service',
      '~/.config/systemd/user/x.service',
      '~/Library/LaunchAgents/x.plist',
      '/Library/LaunchDaemons/x.plist',
      '/etc/init.d/x',
      '/etc/rc.local',
      '/etc/ld.so.preload',
    ],
  },
  {
    what: 'ssh',
    test: /^~\/\.ssh(\/|$)|^\/etc\/ssh(\/|$)|^~\/\.(rhosts|shosts)$|^\/etc\/(hosts\.equiv)$/,
    samples: ['~/.ssh/authorized_keys', '~/.ssh/config', '~/.ssh/id_ed25519', '/etc/ssh/sshd_config'],
  },
  {
    what: 'credentials',
    test: /^~\/\.(aws|azure|gnupg|kube|password-store|oci|databricks|terraform\.d)(\/|$)|^~\/\.(netrc|pgpass|my\.cnf|git-credentials|pypirc|vault-token|boto|s3cfg|dockercfg)$|^~\/\.config\/(gcloud|gh|hub|glab-cli|doctl|op|sops|rclone)(\/|$)|^~\/\.docker\/config\.json$|^~\/Library\/Keychains(\/|$)|^~\/\.local\/share\/keyrings(\/|$)|^~\/\.(cargo\/credentials(\.toml)?|gem\/credentials|m2\/settings(-security)?\.xml|composer\/auth\.json)$|^(\/usr\/local|\/private|\/opt\/homebrew)?\/etc\/(shadow|gshadow|passwd|group|sudoers|master\.passwd|security\/opasswd|krb5\.keytab)/,
    samples: [
      '~/.aws/credentials',
      '~/.netrc',
      '~/.git-credentials',
      '~/.kube/config',
      '~/.docker/config.json',
      '/etc/shadow',
      '/etc/passwd',
      '/etc/sudoers',
      '~/.gnupg/x',
    ],
  },
  {
    what: 'history',
    test: /^~\/\.(bash|zsh|sh|ksh|python|node_repl|psql|mysql|sqlite|irb|rediscli|mongo|lua|fish)_?history(\/|$)|^~\/\.(zhistory|histfile|lesshst|viminfo|wget-hsts|local\/share\/fish\/fish_history|zsh_sessions)(\/|$)/,
    samples: ['~/.bash_history', '~/.zsh_history'],
  },
  {
    what: 'device',
    test: /^\/dev\/(?!(null|zero|full|tty|stdin|stdout|stderr|u?random|ptmx)$|(fd|pts|shm|tcp|udp)(\/|$))[^/]/,
    samples: ['/dev/sda', '/dev/sdb', '/dev/nvme0n1', '/dev/disk0', '/dev/mem'],
  },
  {
    what: 'logs',
    test: /^\/(private\/)?var\/(log|audit|run\/utmp)(\/|$)|^\/Library\/Logs(\/|$)|^\/var\/(spool\/)?mail(\/|$)/,
    samples: ['/var/log/syslog', '/var/log/wtmp'],
  },
  {
    what: 'tool-config',
    test: /^~\/\.(gitconfig|npmrc|yarnrc(\.yml)?|pnpmrc|bunfig\.toml|curlrc|wgetrc|gitignore_global|condarc|gemrc|pip\/pip\.conf|inputrc|hgrc|editorconfig|hushlogin)$|^~\/\.(docker|bundle|gradle\/(gradle\.properties|init\.d)|cargo\/config(\.toml)?|config\/(git|pip|uv|npm|pypoetry|containers|direnv|mise|containers)|vscode|config\/Code)(\/|$)/,
    samples: ['~/.gitconfig', '~/.npmrc', '~/.config/git/config', '~/.cargo/config.toml'],
  },
  {
    what: 'system',
    test: /^\/(etc|usr|bin|sbin|boot|lib|lib32|lib64|libx32|opt|root|proc|sys|srv|snap|System|Library|Applications|private\/etc|var)(\/|$)(?!(tmp|folders)(\/|$))/,
    samples: [
      '/etc/hosts',
      '/usr/bin/env',
      '/bin/sh',
      '/boot/vmlinuz',
      '/lib/x',
      '/opt/x',
      '/var/lib/x',
      '/System/x',
      '/Library/x',
      '/sbin/init',
      '/proc/1',
      '/sys/x',
    ],
  },
];

/**
 * What people change by hand below `.git`: leftover locks, and by gitrepository-layout(5), gitattributes(5) and git-commit(1)
 * the local excludes and attributes, the description and messages.
 */
const FOR_PEOPLE =
  /\.lock$|\/\.git\/(.*\/)?info\/(exclude|attributes|sparse-checkout)$|\/\.git\/(description|[^/]*(msg|message)[^/]*)$/i;

export const isForPeople = (path: string): boolean => FOR_PEOPLE.test(path);

/** Any home folder as `~`, the project root as `.`. */
function shortened(path: string, context: Context): string[] {
  const home = /^\/(?:home|Users)\/[^/]+|^\/(?:var\/)?root(?=\/|$)/.exec(path)?.[0];
  const forms = [path];
  if (isWithin(path, context.home)) forms.push(`~${path.slice(context.home.length)}`);
  else if (home !== undefined) forms.push(`~${path.slice(home.length)}`);
  if (isWithin(path, context.projectRoot)) forms.push(`.${path.slice(context.projectRoot.length)}`);
  return forms;
}

export interface Protected {
  readonly what: Protection;
  /** A protected path as it was recognised. */
  readonly path: string;
}

/** What protects one absolute path. */
function protectionOf(path: string, context: Context): Protected | undefined {
  if (context.guarded?.some((folder) => isWithin(path, folder))) return { what: 'guard', path };
  if (!isWithin(path, context.projectRoot) && context.tmp.some((folder) => isWithin(path, folder))) return undefined;
  const forms = shortened(path, context);
  for (const { what, test } of TABLE) {
    if (what === 'system' && isWithin(path, context.projectRoot)) continue;
    if (what === 'device' && !path.startsWith('/dev/')) continue;
    if (what === 'git-internals' && isForPeople(path)) continue;
    if (forms.some((form) => test.test(form))) return { what, path };
  }
  return undefined;
}

/** What protects any path that the value can be; a glob that may match a protected path counts as it. */
export function protectedPath(value: Value, context: Context): Protected | undefined {
  const all = texts(value);
  if (all)
    return first(
      all.map(
        (each) => protectionOf(each, context) ?? (GLOB.test(each) ? matching(globToRegExp(each), context) : undefined),
      ),
    );
  if (value.kind !== 'pattern' || !value.prefix.startsWith('/')) return undefined;
  // A search through a tree counts when it names the file; `**/*.sh` below a project is about something else.
  if (value.glob !== undefined && !/\*\*(\/?$|\/[^/]*\*[^/]*$)/.test(value.glob)) {
    const found = matching(globToRegExp(value.glob), context);
    if (found) return found;
  } else if (value.glob === undefined && value.climbs) {
    const { prefix, suffix } = value;
    const found = samples(context).find(
      ({ path }) => path.startsWith(prefix) && path.endsWith(suffix) && path.length >= prefix.length + suffix.length,
    );
    if (found) return found;
  }
  // A known head inside a protected folder is enough: `/etc/cron.d/$NAME`.
  const folder = value.prefix.slice(0, value.prefix.lastIndexOf('/'));
  const above = folder === '' || value.climbs ? undefined : protectionOf(folder, context);
  return above?.what === 'git-internals' && isForPeople(`${value.prefix}x${value.suffix}`) ? undefined : above;
}

const GLOB = /[*?[]/;

/** A sample, or a dot folder above it, that the glob can stand for. */
const matching = (glob: RegExp, context: Context): Protected | undefined =>
  samples(context).find(({ path }) => {
    for (let each = path; each.length > 1; each = dirname(each))
      if ((each === path || basename(each).startsWith('.')) && glob.test(each)) return true;
    return false;
  });

/** Protected paths below a folder that is removed or moved as a whole. */
export function protectedBelow(folder: string, context: Context): Protected | undefined {
  return samples(context).find(
    ({ path, what }) => what !== 'git-internals' && path !== folder && isWithin(path, folder),
  );
}

const first = (found: readonly (Protected | undefined)[]): Protected | undefined =>
  found.find((each) => each !== undefined);

const sampled = new WeakMap<Context, readonly Protected[]>();

function samples(context: Context): readonly Protected[] {
  const have = sampled.get(context);
  if (have) return have;
  const made = TABLE.flatMap(({ what, samples: each }) =>
    each.map(
      (path): Protected => ({ what, path: path.replace(/^~/, context.home).replace(/^\.(?=\/)/, context.projectRoot) }),
    ),
  );
  const guarded = (context.guarded ?? []).map(
    (folder): Protected => ({ what: 'guard', path: joinPath(folder, 'file') }),
  );
  const all = [...guarded, ...made];
  sampled.set(context, all);
  return all;
}

/** Pathname expansion as a regular expression; `*` and `?` stay within a segment, `**` does not. */
export function globToRegExp(glob: string): RegExp {
  let out = '';
  for (let at = 0; at < glob.length; at++) {
    const mark = glob[at] as string;
    if (glob.startsWith('**/', at)) {
      out += '(?:.*/)?';
      at += 2;
    } else if (glob.startsWith('**', at)) {
      out += '.*';
      at++;
    } else if (mark === '*') out += '[^/]*';
    else if (mark === '?') out += '[^/]';
    else if (mark === '[' && glob.indexOf(']', at + 2) > 0) {
      const end = glob.indexOf(']', at + 2);
      out += `[${glob
        .slice(at + 1, end)
        .replace(/^!/, '^')
        .replace(/\\/g, '\\\\')
        .replace(/\[/g, '\\[')}]`;
      at = end;
    } else out += mark.replace(/[.+^${}()|\]\\[]/g, '\\$&');
  }
  try {
    return new RegExp(`^${out}$`);
  } catch {
    // A bracket expression that is not a valid range; treat the whole as matching what shares its head.
    return new RegExp(`^${glob.split(/[*?[]/)[0]?.replace(/[.+^${}()|\]\\[]/g, '\\$&') ?? ''}`);
  }
}
