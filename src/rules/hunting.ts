// Owns the rules about searches for credentials and weak spots beyond the project.
import { isWithin } from '../core/path.ts';
import { defineRule, type Rule, type Scope } from '../core/rule.ts';
import { secretFile, secretFolder } from '../core/sensitive.ts';
import { prefixOf, show, texts, type Value } from '../core/value.ts';
import { soughtBy, wordsOf } from './sought.ts';

/** Folders that hold much more than one project, and those where credentials are kept. */
function broad(path: string, { context }: Scope): boolean {
  if (!path.startsWith('/') || context.tmp.some((folder) => isWithin(path, folder))) return false;
  if (isWithin(context.projectRoot, path) && path !== context.projectRoot) return true;
  if (isWithin(path, context.projectRoot)) return false;
  const depth = path.split('/').filter((part) => part !== '').length;
  const system = /^\/(etc|root|home|Users|opt|srv|var|mnt|media|Volumes|private|\.[^/]+)(\/|$)/.test(path);
  return (
    isWithin(context.home, path) ||
    secretFolder(path) !== undefined ||
    (system && depth <= 2) ||
    /^(\/[^/]+)*\/(\.config|\.local|Library)(\/[^/]+)?$/.test(path)
  );
}

/** The marks of credentials themselves; the words around them are in every program. */
const MARKS = /AKIA|BEGIN [A-Z ]*PRIVATE|gh[pousr]_|github_pat_|xox[abp]|sk-[a-z]|glpat-/;

/** A search of what was ever committed, where keys that were taken out again still are. */
function inHistory(words: readonly string[]): string | undefined {
  const [program = '', ...rest] = words;
  if (!/(^|\/)git$/.test(program)) return undefined;
  const log = rest.includes('log') && rest.some((word) => /^-[SG]/.test(word));
  const grep = rest.includes('grep') && rest.some((word) => /^--all$|\brev-list\b/.test(word));
  return log || grep ? rest.find((word) => MARKS.test(word)) : undefined;
}

/** Searches of an index of the whole machine read no folder. */
const INDEXED = /^(p|m)?locate$|^mdfind$/;

/** What somebody typed, sifted for credentials by a search in the same command. */
function throughHistory(path: Value, scope: Scope): string | undefined {
  const history = (texts(path) ?? []).find((each) => secretFile(each)?.kind === 'history');
  if (history === undefined) return undefined;
  const sought = scope.invocations.map((each) => soughtBy(wordsOf(each))).find((each) => each !== undefined);
  return sought === undefined ? undefined : `This searches ${history} for ${sought}`;
}

const hunt = defineRule({
  id: 'secrets/hunt',
  tier: 'soft',
  on: ['fs.read', 'secret.hunt', 'inspect'],
  since: '0.1.0',
  summary: 'A search for credentials beyond the project',
  why: 'Credentials that lie about belong to other tasks and other people.',
  instead: 'Ask the user where the credential for this task is.',
  match: (effect, scope) => {
    if (effect.kind === 'secret.hunt') return `This looks for ${effect.what}`;
    if (effect.place.kind !== 'local') return undefined;
    if (effect.kind === 'fs.read' && effect.recursive !== true && effect.use === 'content')
      return throughHistory(effect.path, scope);
    const past = inHistory(wordsOf(scope.invocations[effect.invocation]));
    if (past !== undefined) return `This searches the history for ${past}`;
    const sought = soughtBy(wordsOf(scope.invocations[effect.invocation]));
    if (sought === undefined) return undefined;
    if (effect.kind === 'inspect')
      return INDEXED.test(effect.what) ? `This searches the machine for ${sought}` : undefined;
    const paths = texts(effect.path) ?? [prefixOf(effect.path)];
    const place = paths.find((path) => broad(path, scope));
    return place === undefined ? undefined : `This searches ${place} for ${sought}`;
  },
  examples: {
    hit: [
      'find / -name id_rsa',
      'find ~ -name "*.pem" 2>/dev/null',
      'grep -rn password ~',
      'find /home -name .netrc -exec cat {} \\;',
      'grep -r AKIA /home/dev',
      'find / -type d -name .gnupg',
      'rg -i api_key ~/.config',
      'locate id_rsa',
      'grep -i password ~/.bash_history',
      'cat ~/.zsh_history | grep token',
      'for e in pem key; do find /etc -name "*.$e"; done',
      'git log -p --all -S AKIA',
      "git log --all -G 'ghp_[A-Za-z0-9]{36}'",
    ],
    miss: [
      'find . -name "*.test.ts"',
      'grep -rn password src',
      'find / -name "*.so" -maxdepth 2',
      'rg token .',
      'grep git ~/.bash_history',
      'find ~ -name package.json -maxdepth 3',
      'grep -rn token node_modules/jose',
      'grep -A3 private_key "$MODULES/a/config.toml"',
      'find ~/.gemini/logs -iname "*token*"',
      'git log -S token -- src',
      'git grep -n AKIA',
    ],
  },
});

const weakSpots = defineRule({
  id: 'machine/setuid-search',
  tier: 'ask',
  on: 'fs.read',
  since: '0.1.0',
  summary: 'A search for programs that run with other users’ rights',
  why: 'It is the first step to becoming root.',
  instead: 'Say what is needed; the user can grant it.',
  match: (read, scope) => {
    const words = wordsOf(scope.invocations[read.invocation]);
    const mode = words.find(
      (word, index) =>
        words[index - 1] === '-perm' && /^[-/]?(0?[2467]000|[ugoa]*[+=][rwx]*s|-[24]000|\/[2-7]000)$/.test(word),
    );
    return mode !== undefined &&
      (texts(read.path) ?? []).some((path) => /^\/(usr|bin|sbin)(\/|$)/.test(path) || broad(path, scope))
      ? `This searches ${show(read.path)} for set-user-id programs`
      : undefined;
  },
  examples: {
    hit: ['find / -perm -4000', 'find /usr/bin -perm -u=s -type f', 'find / -perm /6000'],
    miss: ['find . -perm -4000', 'find /usr -perm 644', 'find . -name "*.sh" -perm -100'],
  },
});

export const huntingRules: readonly Rule[] = [hunt, weakSpots];
