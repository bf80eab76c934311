// Owns what git's configuration keys mean: harmless, run as a program, or change where data goes. Judges nothing.

/** What a key does when git reads it. */
export type SettingUse =
  | 'harmless'
  /** The value is shell text. */
  | 'runs'
  /** The value is a folder of hooks. */
  | 'hooks'
  /** The value is a file with more configuration. */
  | 'includes'
  /** The value changes which server data comes from or goes to. */
  | 'redirects'
  /** TLS or object checks are lowered. */
  | 'weakens'
  /** Commits or tags go unsigned. */
  | 'unsigned'
  /** Objects that only the reflog holds are dropped sooner. */
  | 'expires'
  | 'transport'
  | 'alias'
  | 'unknown';

/** Sources: git-config(1) and the manual pages it names, git 2.47. Section and variable names ignore case. */
const TABLE: readonly (readonly [RegExp, SettingUse])[] = [
  [/^core\.hookspath$/, 'hooks'],
  [/^(include\.path|includeif\..*\.path|init\.templatedir|core\.attributesfile)$/, 'includes'],
  [/^alias\./, 'alias'],
  [/^protocol\.(.*\.)?allow$/, 'transport'],
  [
    /^(url\..*\.(pushinsteadof|insteadof)|remote\..*\.(url|pushurl|proxy)|https?\.(.*\.)?proxy|core\.gitproxy)$/,
    'redirects',
  ],
  [/^submodule\..*\.(url|update)$/, 'redirects'],
  // What and where a push without words goes.
  [/^(remote\..+\.(push|mirror)|remote\.pushdefault|branch\..+\.pushremote)$/, 'redirects'],
  [/^(commit|tag)\.gpgsign$/, 'unsigned'],
  [/^(http\.(.*\.)?sslverify|(transfer|fetch|receive)\.fsckobjects|safe\.directory)$/, 'weakens'],
  [/^gc\.(pruneexpire|reflogexpire|reflogexpireunreachable|worktreepruneexpire)$/, 'expires'],
  [
    /^(core\.(pager|editor|sshcommand|fsmonitor|askpass|alternaterefscommand)|sequence\.editor|pager\..+|diff\.external)$/,
    'runs',
  ],
  [
    /^(diff\..+\.(command|textconv)|merge\..+\.driver|filter\..+\.(clean|smudge|process)|interactive\.difffilter)$/,
    'runs',
  ],
  [/^((diff|merge)tool\..+\.(cmd|path)|guitool\..+\.cmd|browser\..+\.(cmd|path)|man\..+\.(cmd|path))$/, 'runs'],
  [
    /^(credential\.(.*\.)?helper|gpg\.(.*\.)?program|trailer\..+\.(command|cmd)|sendemail\.(.*cmd|smtpserver))$/,
    'runs',
  ],
  [
    /^(uploadpack\.packobjectshook|remote\..+\.(uploadpack|receivepack|vcs)|uploadarchive\..*|tar\..+\.command)$/,
    'runs',
  ],
  [/^(gpg\.ssh\.defaultkeycommand|web\.browser|instaweb\..+|receive\.procreceiverefs|log\.mailmap\.cmd)$/, 'runs'],
  [
    /^(user|author|committer|color|column|advice|format|log|status|blame|rerere|rebase|pull|merge|stash|tag|branch|apply|am|commit|i18n|versionsort|pack|index|feature|fetch|checkout|clean|diff|grep|help|init|notes|push|rebase|remote|submodule|worktree|difftool|mergetool|gc|maintenance|http|lfs|sparse|trace2?|transfer|showbranch|extensions|gui|completion|clone|describe)\.[^.]+$/,
    'harmless',
  ],
  [
    /^(branch\..+\.(remote|merge|rebase|description)|color\..+\..+|diff\..+\.(binary|xfuncname|algorithm))$/,
    'harmless',
  ],
  [/^remote\..+\.(fetch|prune|tagopt|promisor|partialclonefilter)$/, 'harmless'],
  [
    /^core\.(quotepath|autocrlf|eol|safecrlf|filemode|ignorecase|precomposeunicode|symlinks|abbrev|whitespace|excludesfile|longpaths|compression|bare|logallrefupdates|checkstat|untrackedcache|preloadindex|commentchar|commentstring|multipackindex|commitgraph|packedgitlimit|packedgitwindowsize|bigfilethreshold|sparsecheckout|sparsecheckoutcone|usebuiltinfsmonitor|protectntfs|protecthfs|repositoryformatversion)$/,
    'harmless',
  ],
];

/** Keys of the broad harmless sections that are not harmless themselves. */
const EXCEPTIONS: readonly (readonly [RegExp, SettingUse])[] = [
  [/^http\.(extraheader|cookiefile|sslcert|sslkey|sslcainfo|sslcapath|savecookies)$/, 'unknown'],
  [/^submodule\.(alternate.*)$/, 'unknown'],
  [/^init\.templatedir$/, 'includes'],
  [/^(gui|trace2?)\./, 'unknown'],
  [/^push\.(default|followtags)$/, 'harmless'],
  [/^remote\.pushdefault$/, 'redirects'],
];

/** Values of keys that run programs which name a well-known one, a switch or nothing at all. */
const PLAIN_PROGRAM =
  /^(|true|false|yes|no|on|off|0|1|:|cat|less( -[A-Za-z]+)*|more|delta|diff-so-fancy|vim?|nvim|nano|emacs|code --wait|code -w|cache( --timeout[= ]\d+)?|osxkeychain|manager(-core)?|libsecret|wincred|gpg2?|ssh)$/;

/** `git@host:` and `https://host/`, alone or inside the name of a key. */
const hostIn = (address: string): string | undefined => /(?:@|:\/\/)([^:/@]+)/.exec(address)?.[1]?.toLowerCase();

/** git compares section and variable without case and the subsection with it. */
export const settingKey = (key: string): string => {
  const first = key.indexOf('.');
  const last = key.lastIndexOf('.');
  return first < 0
    ? key.toLowerCase()
    : key.slice(0, first).toLowerCase() + key.slice(first, last) + key.slice(last).toLowerCase();
};

/** What a key with this value does; `value` is undefined when it is not known. */
export function settingUse(key: string, value: string | undefined): SettingUse {
  const name = settingKey(key);
  for (const table of [EXCEPTIONS, TABLE])
    for (const [pattern, use] of table) {
      if (!pattern.test(name)) continue;
      if (use === 'runs' && value !== undefined && PLAIN_PROGRAM.test(value.trim())) return 'harmless';
      if (/^(weakens|unsigned)$/.test(use) && /^(true|1|yes|on)$/i.test(value ?? '')) return 'harmless';
      if (use === 'transport' && value !== 'always' && !name.startsWith('protocol.ext')) return 'harmless';
      if (use === 'redirects' && value === '' && name.endsWith('proxy')) return 'harmless';
      if (
        name.endsWith('insteadof') &&
        value !== undefined &&
        hostIn(name) !== undefined &&
        hostIn(name) === hostIn(value)
      )
        return 'harmless';
      return use;
    }
  return 'unknown';
}
