// Owns the reading of simple makefiles and justfiles: the lines a target runs, its prerequisites first. Gives up on what needs the real program.
import type { Word } from '../../core/invocation.ts';
import { text } from '../../core/value.ts';
import { wordOf } from '../words.ts';

const MAX_TARGETS = 24;
/** Text that make itself computes; a recipe that needs it is not simple. */
const COMPUTED = /\$[({](?![A-Za-z_]\w*[)}])/;

/** Recipe lines with plain variables put in; undefined when the target is not there or is not simple. `target` undefined: the first one. */
export function recipeOf(
  file: string,
  target: string | undefined,
  dialect: 'make' | 'just',
): readonly string[] | undefined {
  const { variables, rules, order } = parse(file, dialect);
  const name = target ?? order[0];
  if (name === undefined) return undefined;
  const lines: string[] = [];
  const seen = new Set<string>();
  const visit = (each: string): boolean => {
    if (seen.has(each)) return true;
    seen.add(each);
    const rule = rules.get(each);
    // A prerequisite without a rule is a file.
    if (rule === undefined) return each !== name;
    if (seen.size > MAX_TARGETS || rule.computed) return false;
    if (!rule.needs.every(visit)) return false;
    for (const line of rule.lines) {
      const plain = substitute(line, variables, dialect, each);
      if (plain === undefined) return false;
      lines.push(plain);
    }
    return true;
  };
  return visit(name) ? lines : undefined;
}

interface Rule {
  readonly needs: readonly string[];
  readonly lines: string[];
  readonly computed: boolean;
}

function parse(
  file: string,
  dialect: 'make' | 'just',
): { variables: Map<string, string>; rules: Map<string, Rule>; order: string[] } {
  const variables = new Map<string, string>();
  const rules = new Map<string, Rule>();
  const order: string[] = [];
  let current: Rule | undefined;
  for (const raw of file.replace(/\\\n[ \t]*/g, ' ').split('\n')) {
    const isRecipe = dialect === 'make' ? raw.startsWith('\t') : /^[ \t]/.test(raw);
    if (isRecipe && current) {
      const line = raw.trim().replace(/^[@+-]+/, '');
      if (line !== '' && !line.startsWith('#')) current.lines.push(line);
      continue;
    }
    if (raw.trim() === '' || raw.startsWith('#') || raw.startsWith('[')) continue;
    const set = /^(?:export\s+)?([A-Za-z_]\w*)\s*[:?+]?:?=\s*(.*)$/.exec(raw);
    if (set && !/^[^=]*:[^=]*$/.test(raw.split('=')[0]?.replace(/:$/, '') ?? '')) {
      variables.set(set[1] ?? '', (set[2] ?? '').replace(/^(['"])(.*)\1$/, '$2'));
      continue;
    }
    const rule = /^@?([^:=#]+?)::?(?!=)\s*([^=#;]*)(;?.*)$/.exec(raw);
    if (!rule) {
      current = undefined;
      continue;
    }
    const heads = (rule[1] ?? '').trim().split(/\s+/);
    const names = dialect === 'just' ? heads.slice(0, 1) : heads;
    current = {
      needs: (rule[2] ?? '')
        .trim()
        .split(/\s+/)
        .filter((need) => need !== '' && need !== '&&' && need !== '|'),
      lines: [],
      computed:
        COMPUTED.test(raw) ||
        (dialect === 'just' && heads.length > 1) ||
        /%/.test(rule[1] ?? '') ||
        (rule[3] ?? '').startsWith(';'),
    };
    for (const name of names) {
      rules.set(name, current);
      if (!name.startsWith('.') && !name.startsWith('_')) order.push(name);
    }
  }
  return { variables, rules, order };
}

function substitute(
  line: string,
  variables: ReadonlyMap<string, string>,
  dialect: 'make' | 'just',
  target: string,
): string | undefined {
  const put = (name: string): string => variables.get(name) ?? '';
  let failed = false;
  const plain =
    dialect === 'just'
      ? line.replace(/\{\{\s*([^}]*?)\s*\}\}/g, (_, name: string) => {
          if (!variables.has(name)) failed = true;
          return put(name);
        })
      : line.replace(
          /\$(?:\$|[({]([A-Za-z_]\w*)[)}]|@|[^A-Za-z])|\$[({][^)}]*[)}]?/g,
          (whole, name: string | undefined) => {
            if (whole === '$$') return '$';
            if (whole === '$@') return target;
            if (name === 'MAKE') return 'make';
            if (name === undefined || COMPUTED.test(put(name))) failed = true;
            return name === undefined ? '' : put(name);
          },
        );
  return failed ? undefined : plain;
}

/** Makefile text as the shell gets its recipes: without targets and the marks for make (`@`, `-`, `+`). */
export function evaluated(word: Word): Word {
  const plain = text(word.value);
  if (plain === undefined) return word;
  const lines = plain.replace(/^[\w.%-]+:[ \t]*;?[ \t]*/gm, '\t').replace(/^([^\S\n]+)[@+-]+/gm, '$1');
  return wordOf(lines, word);
}
