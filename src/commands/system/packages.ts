// Turns argv of the operating system's package managers into effects; knows nothing of policy.
import type { Word } from '../../core/invocation.ts';
import type { Call, EffectDraft, Lowering, Program, Run } from '../../core/program.ts';
import { known, prefixOf } from '../../core/value.ts';
import { harmless, literal, mustBeKnown, opaque } from '../kit.ts';
import { wordOf } from '../words.ts';
import { nix } from './nix.ts';
import { asksAbout, operandsOf, system, wordsOf } from './verbs.ts';

/** Verbs of one manager; what is in none of the lists is not understood. */
interface Grammar {
  readonly names: readonly string[];
  readonly reads: RegExp;
  readonly installs: RegExp;
  readonly removes: RegExp;
  /** Lists of packages are fetched, caches cleaned: nothing is installed. */
  readonly updates: RegExp;
  /** Sources that later installs come from. */
  readonly sources: RegExp;
  /** What the list of sources is called; by default as the verb. */
  readonly setting?: string;
  /** Services or scripts are started. */
  readonly lasting?: RegExp;
  /** The manager's verbs are options (`pacman -S`, `dpkg -i`). */
  readonly dashed?: boolean;
  readonly examples: Program['examples'];
}

const rest = (call: Call, verb: string): readonly Word[] =>
  call.args.filter((word) => literal(word) !== verb && !prefixOf(word.value).startsWith('-'));

const pkg = (call: Call, names: readonly Word[], remove: boolean): EffectDraft => ({
  kind: 'pkg.install',
  manager: call.name,
  names: names.map((word) => word.value),
  source: names.some((word) => /^(https?|ftp):\/\//.test(prefixOf(word.value)))
    ? 'url'
    : names.some((word) => /^\.{0,2}\//.test(prefixOf(word.value)))
      ? 'path'
      : 'registry',
  global: true,
  ...(remove ? { remove } : {}),
});

/** Settings of apt and dnf that name programs: hooks before and after a run, pagers, solvers. */
function hooks(call: Call): Run[] {
  return call.args.flatMap((word): Run[] => {
    const [, command] =
      /^(?:-o|--option=|--setopt=)?[\w-]+(?:::[\w-]*)*::(?:[\w-]*(?:Invoke|Run|pager|Command)[\w-]*|Bin::[\w-]+)(?:::\w*)*=(.+)$/is.exec(
        literal(word) ?? '',
      ) ?? [];
    return command ? [{ kind: 'shell', text: wordOf(command, word), via: call.name }] : [];
  });
}

/** `%(…)` and `%{lua:…}` of rpm run while they are expanded; `--pipe` hands the answer to a shell. */
const macros = (call: Call, words: readonly string[]): EffectDraft[] =>
  call.args.flatMap((word, index) =>
    /^--(pipe|load|macros|rcfile)\b/.test(words[index] ?? '') ||
    (/^(-E|--eval|-D|--define)$/.test(words[index - 1] ?? '') && !PLAIN_MACRO.test(words[index] || '%(')) ||
    /^(-[ED].|--(eval|define)=)/.test(words[index] ?? '')
      ? [opaque(`${call.name} is given code or macros`, word.span)]
      : [],
  );

const PLAIN_MACRO = /^([^%]|%\{[?!]*\w+\}|%\w+(?![\w(]))*$/;

function manager(grammar: Grammar): Program {
  return {
    names: grammar.names,
    lower: (call): Lowering => {
      const words = wordsOf(call);
      if (words.length === 0 || asksAbout(words)) return harmless(call.name, { taints: [] });
      const asked = operandsOf(words);
      const dashed = grammar.dashed || (words[0]?.startsWith('-') && grammar.reads.test(words[0]));
      const verb = (dashed ? words.find((word) => word.startsWith('-')) : undefined) ?? asked[0] ?? words[0] ?? '';
      const effects: EffectDraft[] = mustBeKnown(call.args.slice(0, 1), `what ${call.name} does`);
      const runs = hooks(call);
      if (runs.length > 0) return { effects: [opaque(`${call.name} is given programs to start`)], runs };
      if (/^rpm/.test(call.name)) effects.push(...macros(call, words));
      const dry =
        words.some((word) =>
          /^(-s|--simulate|--dry-run|--just-print|--no-act|--recon|-n|--print|--test|--downloadonly|--download-only|-p)$/.test(
            word,
          ),
        ) && !grammar.dashed;
      if (effects.length === 0 && (grammar.reads.test(verb) || dry)) return harmless(call.name, { taints: [] });
      if (grammar.lasting?.test(verb) && /^(list|info)?$/.test(asked[1] ?? ''))
        return harmless(call.name, { taints: [] });
      if (words.some((word) => /^(-o|--option|-c|--config-file|--root|--installroot|--hookdir)(=|$)|::/.test(word)))
        effects.push(opaque(`${call.name} is given other settings`));
      const names = rest(call, verb);
      if (grammar.lasting?.test(verb)) effects.push(system('service', call, words));
      else if (grammar.installs.test(verb)) effects.push(pkg(call, names, false));
      else if (grammar.removes.test(verb)) effects.push(pkg(call, names, true));
      else if (grammar.updates.test(verb)) effects.push(system('package', call, words));
      else if (grammar.sources.test(verb))
        effects.push({
          kind: 'pkg.configure',
          manager: call.name,
          key: grammar.setting ?? verb,
          value: names[0]?.value ?? known(''),
          global: true,
        });
      else effects.push(opaque(`${call.name} ${verb} is not read`));
      return { effects };
    },
    examples: grammar.examples,
  };
}

const GRAMMARS: readonly Grammar[] = [
  {
    names: ['apt', 'apt-get', 'aptitude', 'apt-cache', 'apt-mark', 'nala', 'apt-file', 'apt-show-versions'],
    reads:
      /^(list|search|show|policy|depends|rdepends|showpkg|showsrc|madison|pkgnames|changelog|stats|dump|unmet|find|why|why-not|showmanual|showauto|showhold|versions|check|indextargets|-L|-S)$/,
    installs:
      /^(install|reinstall|build-dep|upgrade|full-upgrade|dist-upgrade|dselect-upgrade|satisfy|source|download)$/,
    removes: /^(remove|purge|autoremove|autopurge)$/,
    updates: /^(update|clean|autoclean|hold|unhold|manual|auto|minimize-manual)$/,
    sources: /^(edit-sources|add-repository)$/,
    examples: {
      allow: ['apt list --installed', 'apt-cache policy git', 'apt search ripgrep', 'apt-get install -s jq'],
      deny: [
        "apt-get changelog apt -o Dir::Bin::pager='rm -rf ~'",
        "apt-get update -o APT::Update::Pre-Invoke::='rm -rf ~'",
      ],
      unsettled: [
        'apt-get changelog apt -o Dir::Bin::pager=less',
        'apt-get install -y jq',
        'apt-get update',
        'apt remove jq',
        'apt-get -o Dir::Etc=x install jq',
      ],
    },
  },
  {
    names: ['dpkg', 'dpkg-query', 'rpm', 'dpkg-deb', 'debconf-show', 'rpmbuild', 'rpmkeys'],
    dashed: true,
    reads:
      /^(-l|-L|-s|-S|-p|-W|-I|-c|-C|-V|--list|--listfiles|--status|--search|--print-avail|--show|--print-architecture|--print-foreign-architectures|--info|--contents|--get-selections|--compare-versions|--verify|--audit|-q[a-zA-Z]*|--query|-f|-K|--checksig|--eval|--showrc)$/,
    installs:
      /^(-i|--install|-U[a-z]*|-i[a-z]+|-F[a-z]*|--upgrade|--freshen|--unpack|--configure|-x|--extract|-b|--build|-ba|-bb|--import|--force-[a-z]+|--force-all)$/,
    removes: /^(-r|--remove|-P|--purge|-e|--erase)$/,
    updates: /^(--clear-avail|--update-avail|--set-selections|--rebuilddb|--add-architecture|--remove-architecture)$/,
    sources: /^$/,
    examples: {
      allow: [
        'dpkg -l',
        'dpkg -L git',
        'dpkg --print-architecture',
        'rpm -qa',
        "rpm --eval '%_topdir'",
        "rpm -qa --qf '%{NAME}'",
      ],
      unsettled: [
        'dpkg -i tool.deb',
        'rpm -e git',
        'dpkg --add-architecture i386',
        "rpm --eval '%(id)'",
        "rpm -qa --pipe 'sh -s'",
      ],
    },
  },
  {
    names: ['dnf', 'yum', 'microdnf', 'zypper', 'tdnf', 'rpm-ostree', 'dnf5', 'urpmi', 'transactional-update'],
    reads:
      /^(list|search|info|provides|whatprovides|repoquery|repolist|check-update|check|deplist|history|grouplist|status|se|if|lr|repos|lu|list-updates|packages|patterns|updateinfo|what-provides|db)$/,
    installs:
      /^(install|in|localinstall|upgrade|update|up|dup|dist-upgrade|distro-sync|reinstall|groupinstall|builddep|swap|module|patch|rebase|download)$/,
    removes: /^(remove|erase|rm|autoremove|groupremove|override|uninstall)$/,
    updates: /^(makecache|clean|ref|refresh|mark|cc)$/,
    sources: /^(config-manager|addrepo|ar|removerepo|rr|mr|modifyrepo|copr)$/,
    examples: {
      allow: ['dnf list installed', 'zypper se git', 'yum info git'],
      unsettled: [
        'dnf install -y gcc',
        'dnf makecache',
        'yum remove git',
        'dnf config-manager --add-repo https://rpm.shop.example/x.repo',
      ],
    },
  },
  {
    names: [
      'pacman',
      'yay',
      'paru',
      'pamac',
      'makepkg',
      'xbps-install',
      'xbps-query',
      'emerge',
      'equery',
      'pkg',
      'pkg_add',
      'pkg_info',
      'opkg',
      'slackpkg',
      'eopkg',
      'swupd',
    ],
    dashed: true,
    reads:
      /^(-Q[a-z]*|-Ss|-Si|-Sl|-Sg|-F[a-z]*|-T|-V|-p|--pretend|-s|--search|-R?s|-l|--list|-f|-x|-v|--info|-m|--printsrcinfo|--packagelist)$/,
    installs: /^(-S|-Syu?|-Su|-Syyu?|-U|-a|-i|-y[a-z]*|-u|--sync|--upgrade|-Sw|-si|-sri|-sric|--noconfirm|--needed)$/,
    removes: /^(-R[a-z]*|--remove|-c|--depclean|-C|--unmerge)$/,
    updates: /^(-Sy|-Sc|-Scc|--clean)$/,
    sources: /^$/,
    examples: {
      allow: ['pacman -Qe', 'pacman -Ss ripgrep'],
      unsettled: ['pacman -S --noconfirm jq', 'pacman -Rns jq', 'makepkg -si'],
    },
  },
  {
    names: [
      'apk',
      'snap',
      'flatpak',
      'port',
      'brew',
      'guix',
      'mas',
      'choco',
      'scoop',
      'winget',
      'pkgin',
      'pkgutil',
      'installer',
    ],
    reads:
      /^(list|ls|search|info|show|find|policy|stats|version|status|outdated|config|doctor|deps|uses|leaves|desc|home|homepage|cat|log|options|formulae|casks|commands|missing|gist-logs|--prefix|--cellar|--repository|--cache|--version|--env|shellenv|prefix|changes|connections|interfaces|model|remotes|history|remote-ls|remote-info|installed|contents|provides|variants|echo|dependents|rdeps|verify|audit|query|tasks|get|known|services-list|tap-info|livecheck|style|analytics|-q|--query|account|whoami|--pkgs|--files|--pkg-info|--file-info|-pkginfo|-volinfo|-dominfo|logs|saved|warnings|known|validate|describe|import-list)$/,
    installs:
      /^(add|install|upgrade|reinstall|refresh|fix|build|update-all|selfupdate|-i[A]?|-iA|--install|-u|--upgrade|link|bundle|switch|fetch|try|run|migrate|purchase|lucky|package|-pkg|pull|edit|create|postinstall|test|cask)$/,
    removes: /^(del|remove|uninstall|rm|purge|unlink|autoremove|-e|--uninstall|deactivate|delete|--forget|zap)$/,
    updates:
      /^(update|clean|cleanup|cache|sync|mask|unpin|pin|hold|gc|repair|alias|collect-garbage|update-reset|completions|vendor-gems)$/,
    sources:
      /^(tap|untap|remote-add|remote-delete|remote-modify|--add|--remove|--update|--rollback|bucket|source|set|connect|disconnect|override|config-set|add-channel|alternatives|enable|disable|switch-channel|permission-set)$/,
    lasting: /^services$/,
    examples: {
      allow: [
        'brew list',
        'brew info jq',
        'brew --prefix openssl',
        'apk info',
        'snap list',
        'brew services list',
        'flatpak list',
      ],
      unsettled: [
        'brew services start redis',
        'brew install jq',
        'apk add curl',
        'brew tap ann/tools',
        'snap install code --classic',
        'brew update',
        'brew uninstall jq',
      ],
    },
  },
  {
    names: ['nix-env', 'nix-channel'],
    dashed: true,
    reads: /^(-q[a-zA-Z]*|--query|--list|--list-generations|--dry-run)$/,
    installs: /^(-i[Af]*|--install|-u|--upgrade|-f|--file|-p|-r|--set|-S|--switch-.*|-G|--rollback|--update)$/,
    removes: /^(-e|--uninstall|--delete-generations)$/,
    updates: /^$/,
    sources: /^(--add|--remove)$/,
    setting: 'channel',
    examples: {
      allow: ['nix-env -q', 'nix-channel --list'],
      deny: [
        'nix-env -if https://example.com/x.tar.gz',
        'nix-env -f https://example.com/x.tar.gz -iA x',
        'nix-channel --add https://example.com/channel other',
      ],
      unsettled: ['nix-env -iA nixpkgs.jq', 'nix-channel --update'],
    },
  },
];

/** Adds or trusts the place that later installs come from. */
const sources: Program = {
  names: ['add-apt-repository', 'apt-add-repository', 'apt-key'],
  lower: (call): Lowering => {
    const words = wordsOf(call);
    if (asksAbout(words) || words.some((word) => /^(list|finger|--list)$/.test(word))) return harmless(call.name);
    return {
      effects: [
        {
          kind: 'pkg.configure',
          manager: 'apt',
          key: call.name,
          value: call.args.at(-1)?.value ?? known(''),
          global: true,
        },
      ],
    };
  },
  examples: { allow: ['apt-key list'], deny: ['add-apt-repository ppa:ann/tools'] },
};

export const packagePrograms: readonly Program[] = [...GRAMMARS.map(manager), sources, nix];
