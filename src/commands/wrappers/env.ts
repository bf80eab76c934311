// Turns the argv of env, printenv and exec-like environment setters into effects; knows nothing of policy.
import type { Word } from '../../core/invocation.ts';
import { parseArgs } from '../../core/options.ts';
import type { Call, Lowering, Program, Run } from '../../core/program.ts';
import { secretVariable } from '../../core/sensitive.ts';
import { known, type Taint } from '../../core/value.ts';
import { inspect, literal, mustBeKnown, opaque } from '../kit.ts';
import { ENVIRONMENT } from '../text/search.ts';
import { wordOf } from '../words.ts';
import { environmentOf, splitting } from './wrap.ts';

const WHOLE: readonly Taint[] = [{ label: 'secret', from: ENVIRONMENT }];

const SPEC = {
  flags: ['-i --ignore-environment', '-0 --null', '-v --debug', '--list-signal-handling'],
  values: ['-u --unset', '-C --chdir', '-S --split-string', '-a --argv0', '-P'],
  optional: ['--block-signal', '--default-signal', '--ignore-signal'],
  style: 'posix',
} as const;

/** The words of `env -S` text; undefined when it uses escapes or variables, which env expands by itself. */
function split(text: string): string[] | undefined {
  if (/[\\$#]/.test(text)) return undefined;
  return [...text.matchAll(/(?:[^\s'"]+|'[^']*'|"[^"]*")+/g)].map((match) =>
    match[0].replace(/'([^']*)'|"([^"]*)"/g, '$1$2'),
  );
}

function env(call: Call): Lowering {
  const parsed = parseArgs(call.args, SPEC);
  const effects = [
    ...parsed.unlisted
      .filter((option) => !['--help', '--version', '-'].includes(option.name))
      .map((option) => opaque(`env ${option.name} is not an option that is known`)),
    ...splitting(
      parsed.options.flatMap((option) => (option.value ? [option.value] : [])),
      'env',
    ),
  ];
  const line = parsed.value('-S');
  const words = line === undefined ? [] : split(literal(line) ?? '\\');
  const operands = parsed.operands.filter((word, index) => !(index === 0 && literal(word) === '-'));
  const all: readonly Word[] = line && words ? [...words.map((word) => wordOf(word, line)), ...operands] : operands;
  const { env: assignments, rest } = environmentOf(all);
  if (line && words === undefined) return { effects: [...effects, opaque('the text of env -S is not read')] };
  const [first] = rest;
  if (first === undefined) {
    const help = parsed.has('--help', '--version');
    return { effects: [...effects, inspect('env')], output: { taints: help || parsed.has('-i') ? [] : WHOLE } };
  }
  // A later word of -S text may be an option of env again.
  const nested: Word[] = literal(first)?.startsWith('-') ? [wordOf('env', first)] : [];
  const folder = parsed.value('-C');
  const runs: Run[] = [
    {
      kind: 'argv',
      argv: [...nested, ...rest],
      via: 'env',
      env: assignments,
      ...(folder ? { cwd: folder.value } : {}),
    },
  ];
  return { effects: [...effects, inspect('env')], runs };
}

function printenv(call: Call): Lowering {
  const names = call.args.filter((word) => !literal(word)?.startsWith('-'));
  if (call.args.some((word) => ['--help', '--version'].includes(literal(word) ?? '')))
    return { effects: [inspect('printenv')] };
  if (names.length === 0) return { effects: [inspect('printenv')], output: { taints: WHOLE } };
  const taints = names.flatMap((word): readonly Taint[] => {
    const name = literal(word);
    if (name === undefined) return WHOLE;
    return call.env(name)?.taints ?? (secretVariable(name) ? [{ label: 'secret', from: `$${name}` }] : []);
  });
  const only = names.length === 1 ? call.env(literal(names[0]) ?? '')?.value : undefined;
  return {
    effects: [inspect('printenv'), ...mustBeKnown(names, 'the variable')],
    output: { taints, ...(only ? { text: only.kind === 'known' ? known(`${only.text}\n`) : only } : {}) },
  };
}

export const environments: readonly Program[] = [
  {
    names: ['env', 'genv'],
    lower: env,
    examples: {
      allow: [
        'env NODE_ENV=test npm test',
        'env -u DEBUG npm test',
        'env -i PATH=/usr/bin ls',
        "env -S 'ls -la'",
        'env | cut -d= -f1',
        'env -C src ls',
      ],
      deny: [
        'env rm -rf ~',
        'env -i /bin/sh -c "rm -rf ~"',
        "env -S 'rm -rf /'",
        'env X=1 Y=2 rm -rf ~',
        'env LD_PRELOAD=/tmp/x.so ls',
        "env -S '-u X rm -rf /'",
      ],
      unsettled: ['env --frob ls', "env -S 'ls ${X}'", 'env "$CMD"'],
    },
  },
  {
    names: ['printenv', 'gprintenv'],
    lower: printenv,
    examples: { allow: ['printenv PATH', 'printenv HOME', 'printenv | cut -d= -f1'] },
  },
];
