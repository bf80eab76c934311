// Reads one permission rule of the host's settings and matches it. Decides nothing and knows no scope.
import { isWithin, joinPath, normalize } from '../core/path.ts';

export interface Permission {
  /** As it stands in the settings. */
  readonly text: string;
  readonly tool: string;
  /** What stands between the parentheses; undefined for a whole tool. */
  readonly specifier: string | undefined;
  /** The settings file it comes from. */
  readonly source: string;
}

/** Undefined when the text is not `Tool` or `Tool(specifier)`. */
export function readPermission(text: string, source: string): Permission | undefined {
  const match = /^\s*([A-Za-z_*][\w*.:-]*)\s*(?:\(([\s\S]*)\))?\s*$/.exec(text);
  if (match === null) return undefined;
  const specifier = match[2]?.trim();
  const all = specifier === undefined || specifier === '' || /^:?\*+$/.test(specifier);
  return { text, tool: match[1] as string, specifier: all ? undefined : specifier, source };
}

/** `*` stands for any text. Runs in linear time whatever the pattern: settings of a repository are not trusted. */
export function matchesWildcard(text: string, pattern: string): boolean {
  const parts = pattern.split('*');
  const [head = ''] = parts;
  const tail = parts.at(-1) ?? '';
  if (parts.length === 1) return text === pattern;
  if (!text.startsWith(head) || !text.endsWith(tail) || text.length < head.length + tail.length) return false;
  let at = head.length;
  for (const part of parts.slice(1, -1)) {
    const found = text.indexOf(part, at);
    if (found < 0 || found + part.length > text.length - tail.length) return false;
    at = found + part.length;
  }
  return true;
}

/** The form ` *` of a rule: the older `:*` means the same. */
export const withoutColon = (specifier: string): string => specifier.replace(/:\*$/, ' *');

export const hasWildcard = (specifier: string): boolean => specifier.includes('*');

/** A command against `npm test`, `npm run test:*`, `git commit *`, `ls*`; ` *` at the end also matches nothing. */
export function matchesCommand(command: string, specifier: string | undefined): boolean {
  if (specifier === undefined) return true;
  const pattern = withoutColon(specifier);
  return (
    matchesWildcard(command, pattern) || (pattern.endsWith(' *') && matchesWildcard(command, pattern.slice(0, -2)))
  );
}

export interface Folders {
  readonly cwd: string;
  readonly projectRoot: string;
  readonly home: string;
}

/** An absolute path against `//absolute`, `~/of home`, `/of the project`, `of the working directory`, in gitignore style. */
export function matchesPath(path: string, specifier: string | undefined, { cwd, projectRoot, home }: Folders): boolean {
  if (specifier === undefined) return true;
  const [base, pattern] = specifier.startsWith('//')
    ? ['/', specifier.slice(2)]
    : specifier.startsWith('~/')
      ? [home, specifier.slice(2)]
      : specifier.startsWith('/')
        ? [projectRoot, specifier.slice(1)]
        : [cwd, specifier.replace(/^\.\//, '')];
  const target = normalize(path);
  if (!isWithin(target, base)) return false;
  const anchored = /^(\/|~\/|\.\/)/.test(specifier) || pattern.replace(/\/$/, '').includes('/');
  const segments = pattern.split('/').filter((segment) => segment !== '' && segment !== '.');
  const names = target.slice(joinPath(base, '.').length).split('/').filter(Boolean);
  return matchesSegments(names, anchored ? segments : ['**', ...segments]);
}

/** A pattern that matches a folder matches all that lies in it (gitignore(5)). */
function matchesSegments(names: readonly string[], pattern: readonly string[]): boolean {
  let reached = new Set([0]);
  const skip = (positions: Set<number>): Set<number> => {
    for (const at of positions) if (pattern[at] === '**') positions.add(at + 1);
    return positions;
  };
  skip(reached);
  for (const name of names) {
    if (reached.has(pattern.length)) return true;
    const next = new Set<number>();
    for (const at of reached) {
      const segment = pattern[at];
      if (segment === '**') next.add(at);
      else if (segment !== undefined && matchesWildcard(name, segment)) next.add(at + 1);
    }
    reached = skip(next);
  }
  return reached.has(pattern.length);
}

/** `domain:example.com` covers the host and, written `domain:*.example.com`, its subdomains. */
export function matchesDomain(host: string, specifier: string | undefined): boolean {
  if (specifier === undefined) return true;
  const domain = /^domain:(.+)$/.exec(specifier)?.[1]?.toLowerCase();
  if (domain === undefined) return false;
  return domain.startsWith('*.') ? host.endsWith(domain.slice(1)) : host === domain;
}
