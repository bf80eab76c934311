// Turns the verbs of package managers that start or load something else into what they run: exec, node, explore, plugin. Knows no install.
import type { Word } from '../../core/invocation.ts';
import type { ParsedArgs } from '../../core/options.ts';
import { resolve } from '../../core/path.ts';
import type { Call, Lowering } from '../../core/program.ts';
import { known } from '../../core/value.ts';
import { harmless, literal, opaque } from '../kit.ts';
import { spaced, wordOf } from '../words.ts';

/** `exec` hands a first word that is no plain name, or all words in shell mode, to a shell. */
export function shellText(rest: readonly Word[], before: ParsedArgs): Word | undefined {
  const words = rest.filter((word) => !/^(--|-c|--shell-mode)$/.test(literal(word) ?? ''));
  const mode = words.length < rest.length && rest.some((word) => /^(-c|--shell-mode)$/.test(literal(word) ?? ''));
  const outer = before.options.some((option) => option.name === '-c' || option.name === '--shell-mode');
  return mode || outer || /[\s;&|`$]/.test(literal(words[0]) ?? '') ? spaced(words) : undefined;
}

/** `yarn node` is node; `npm explore package -- command` runs the command inside the package's folder. */
export function starts(call: Call, verb: string, rest: readonly Word[]): Lowering {
  const via = `${call.name} ${verb}`;
  if (verb === 'node')
    return { effects: [], runs: [{ kind: 'argv', argv: [wordOf('node', call.invocation), ...rest], via }] };
  const line = spaced(rest.slice(1).filter((word) => literal(word) !== '--'));
  return line
    ? { effects: [], runs: [{ kind: 'shell', text: line, via }] }
    : { effects: [opaque(`${via} opens a shell`)] };
}

/** `npm pkg set` edits package.json, so that later scripts are not those that were read. */
export function changesManifest(call: Call, verb: string, parsed: ParsedArgs): Lowering {
  if (verb === 'pkg' && literal(parsed.operands[0]) === 'get') return harmless('npm pkg get');
  return {
    effects: [{ kind: 'fs.write', path: resolve(known('package.json'), call.cwd), how: 'edit' }],
  };
}

export function plugin(call: Call, parsed: ParsedArgs): Lowering {
  const [action, ...names] = parsed.operands;
  if (literal(action) !== 'import') return harmless(`${call.name} plugin`);
  return {
    effects: names.map((word) => ({
      kind: 'pkg.install',
      manager: call.name,
      names: [word.value],
      source: /^https?:/.test(literal(word) ?? '') ? 'url' : 'registry',
      global: false,
      span: word.span,
    })),
  };
}
