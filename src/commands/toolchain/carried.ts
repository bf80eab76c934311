// Owns how build tools and test runners are handed code on their own command line: snippets, other programs, files from outside the project. Describes no tool.
import type { Word } from '../../core/invocation.ts';
import { certainlyWithin } from '../../core/path.ts';
import type { Call, EffectDraft, Lowering, Run } from '../../core/program.ts';
import { known } from '../../core/value.ts';
import { at, literal, opaque, proxyProperties } from '../kit.ts';
import { entries } from '../table.ts';
import { spaced, wordOf } from '../words.ts';

/** Options and verbs by which a tool is given a piece of code, by the tool's name. */
const SNIPPETS: Readonly<Record<string, ReadonlySet<string>>> = Object.fromEntries(
  Object.entries({
    swift: '-e | repl',
    cargo: '--config',
    elixir: '-e | --eval | --rpc-eval | -r | -pr | eval | rpc',
    mix: '-e | --eval | eval',
    ghc: '-e',
    clj: '-e | --eval | -M | -X | -T | -Sdeps',
    clojure: '-e | --eval | -M | -X | -T | -Sdeps',
    lein: '-e | --eval | update-in | eval',
    scala: '-e',
    'scala-cli': '-e | --execute-script | --execute-scala',
    kotlin: '-e | -expression',
    groovy: '-e',
    jbang: '-c | --code',
    racket: '-e | --eval | -i | -l | --require',
    sbcl: '--eval | --load | --script',
    guile: '-c | -e | -l',
    chez: '--script',
    crystal: 'eval | i',
    nim: 'e | --eval',
    v: '-e',
    stack: 'eval | ghci',
    cabal: 'repl',
    dune: 'utop | exec',
    sbt: 'eval | console',
    xcrun: '--run | -r | swift | lldb',
    memray: '-c',
    robot: '--prerunmodifier | --listener',
  }).map(([name, list]) => [name, new Set(entries(list))]),
);

/** Verbs behind which the rest is a command line of another program. */
const STARTS: Readonly<Record<string, string>> = {
  lerna: 'exec',
  nx: 'exec',
  stack: 'exec',
  cabal: 'exec',
  opam: 'exec',
  melos: 'exec',
};
/** Options whose value is a command line: bazel's `--run_under`, nx's `--command`, maven's exec plugin. */
const COMMAND_OPTION = /^(--run_under|--command|-Dexec\.executable)=(.+)$/s;

/** Python's profilers and coverage start the script that is named, as python does. */
const PYTHON_RUNNERS = new Set(['coverage', 'memray', 'viztracer', 'scalene', 'kernprof', 'torchrun']);

const CODE_FILE =
  /\.([cm]?[jt]sx?|py|ipynb|rb|php|pl|lua|sh|exs?|clj|cljs|edn|scala|sc|kts?|groovy|gradle|swift|zig|nim|cr|v|rkt|scm|lisp|hs|ml|dart|cmake|mk|ninja|xml|bzl|toml|robot)$/;
const WRITTEN = /^(-o|-d|-B|--?[\w-]*(out|report|dest|log|cache|junit|result|coverage|artifact|prefix|trace)[\w-]*)$/i;

/** What the command line itself adds to the project's code that a tool runs. */
export function carried(call: Call, lowering: Lowering): Lowering {
  if (!lowering.effects.some((effect) => effect.kind === 'code.run' && effect.origin === 'project')) return lowering;
  const effects: EffectDraft[] = proxyProperties(call);
  const runs: Run[] = [...(lowering.runs ?? []), ...started(call)];
  const snippets = SNIPPETS[call.name];
  call.args.forEach((word, index) => {
    const plain = literal(word);
    if (plain === undefined) return;
    const [option, value] = /^(--?[\w.-]+)=(.*)$/s.exec(plain)?.slice(1) ?? [plain, undefined];
    if (snippets?.has(option as string) || (snippets && /^(eval|console) /.test(plain))) {
      effects.push(opaque(`${call.name} ${option} is given code that is not read`, word.span));
      const code = value === undefined ? call.args[index + 1] : { ...word, value: known(value) };
      if (code) runs.push({ kind: 'code', language: 'unknown', text: code, via: `${call.name} ${option}` });
    }
    const before = literal(call.args[index - 1]) ?? '';
    const writes = WRITTEN.test(value === undefined ? before : (option as string));
    const file: Word = value === undefined ? word : { ...word, value: known(value) };
    if (!writes && isOutside(call, file, value === undefined ? before : (option as string)))
      runs.push({ kind: 'file', path: at(call, file), via: call.name, span: word.span });
  });
  return { ...lowering, effects: [...lowering.effects, ...effects], runs };
}

/** A file with code, or one that an option names as what to build by, outside the project. */
function isOutside(call: Call, file: Word, option: string): boolean {
  const path = literal(file) ?? '';
  return (
    /^(~?\/|\.\.\/)./.test(path) &&
    (CODE_FILE.test(path) || /^(-f|-S|-I|--file|--script|--init-script|--noxfile|-r|--search-root)$/.test(option)) &&
    !certainlyWithin(at(call, file), call.context.projectRoot)
  );
}

function started(call: Call): Run[] {
  const via = call.name;
  const runs: Run[] = call.args.flatMap((word): Run[] => {
    const command = COMMAND_OPTION.exec(literal(word) ?? '')?.[2];
    return command ? [{ kind: 'shell', text: { ...word, value: known(command) }, via, span: word.span }] : [];
  });
  const verb = STARTS[call.name];
  const from = verb === undefined ? -1 : call.args.findIndex((word) => literal(word) === verb);
  const rest = from < 0 ? [] : call.args.slice(from + 1).filter((word) => !/^-/.test(literal(word) ?? ''));
  const split = call.args.findIndex((word) => literal(word) === '--');
  const line = from < 0 ? undefined : spaced(split > from ? call.args.slice(split + 1) : rest);
  if (line) runs.push({ kind: 'shell', text: line, via: `${via} ${verb}` });
  if (PYTHON_RUNNERS.has(call.name)) {
    const own = call.args.filter((word) => literal(word) !== 'run');
    const script = own.findIndex((word) => /\.py$/.test(literal(word) ?? ''));
    if (script >= 0) runs.push({ kind: 'argv', argv: [wordOf('python3', call.invocation), ...own.slice(script)], via });
  }
  return runs;
}
