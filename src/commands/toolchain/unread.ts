// Describes programs that are given code in languages nobody reads here: Emacs, Erlang, GIMP, solvers and document engines.
import { type Call, defineProgram, type Lowering, type Program, type Run } from '../../core/program.ts';
import { known } from '../../core/value.ts';
import { harmless, literal, opaque, reads, wantsHelp } from '../kit.ts';
import { entries } from '../table.ts';

interface Unread {
  readonly names: readonly string[];
  /** Options whose value, behind them or after `=`, is code. */
  readonly code: string;
  readonly examples: Program['examples'];
}

/** The code that a program is given by such options. */
export function snippets(call: Call, options: ReadonlySet<string>): Run[] {
  return call.args.flatMap((word, index): Run[] => {
    const [option = '', value] = /^(-[\w-]+)=(.*)$/s.exec(literal(word) ?? '')?.slice(1) ?? [literal(word)];
    if (!options.has(option)) return [];
    const text = value === undefined ? call.args[index + 1] : { ...word, value: known(value) };
    return text ? [{ kind: 'code', language: 'unknown', text, via: `${call.name} ${option}` }] : [];
  });
}

const unread = ({ names, code, examples }: Unread): Program => {
  const options = new Set(entries(code));
  return defineProgram({
    names,
    lower: (call): Lowering => {
      if (wantsHelp(call.args)) return harmless(call.name);
      const files = call.args.filter(
        (word) => /^[^-].*\.\w+$/.test(literal(word) ?? '') && !/[\s("]/.test(literal(word) ?? ''),
      );
      return {
        effects: [...reads(call, files), opaque(`${call.name} runs code that is not read`)],
        runs: snippets(call, options),
      };
    },
    examples,
  });
};

export const unreadPrograms: readonly Program[] = [
  unread({
    names: ['emacs', 'emacsclient'],
    code: '-eval | --eval | -execute | --execute | -e',
    examples: {
      allow: ['emacs --version'],
      deny: [
        'emacs --batch --eval \'(delete-directory "~/photos" t)\'',
        'emacs -Q --batch --eval=\'(shell-command "rm -rf ~")\'',
        'emacs --batch --eval \'(call-process "rm" nil nil nil "-rf" "/home/dev")\'',
      ],
      unsettled: ['emacs --batch --eval \'(delete-file "x")\'', 'emacs --batch -l ./format.el src/a.el'],
    },
  }),
  unread({
    names: ['erl', 'gimp', 'gimp-console*', 'blender', 'scilab', 'sage', 'csi', 'gp', 'swipl', 'matlab'],
    code: '-eval | --eval | -b | --batch | --batch-commands | --actions | --python-expr | -e | -c | -g | -t | -r | -batch',
    examples: {
      allow: ['erl --version', 'blender --version'],
      deny: [
        'erl -noshell -eval \'os:cmd("rm -rf ~"), halt().\'',
        'gimp -idf --batch-interpreter=python-fu-eval -b \'import os; os.system("rm -rf ~")\'',
        'blender -b --python-expr \'import shutil; shutil.rmtree("/home/dev")\'',
      ],
      unsettled: ['erl', 'swipl -g main a.pl', 'blender -b scene.blend -o /tmp/x -a'],
    },
  }),
];
