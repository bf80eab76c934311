// Turns the argv of programs that query data files (jq, yq, xmllint, csv tools, counters) into effects; knows nothing of policy.
import type { Word } from '../../core/invocation.ts';
import { parseArgs } from '../../core/options.ts';
import type { Call, EffectDraft, Lowering, Output, Program } from '../../core/program.ts';
import { secretVariable } from '../../core/sensitive.ts';
import { mergeTaints, type Taint } from '../../core/value.ts';
import { inspect, literal, mustBeKnown, opaque, reader, reads, writes } from '../kit.ts';
import { ENVIRONMENT } from './search.ts';

const QUIET: Output = { taints: [] };

/** Filters that show names, numbers or types and none of the values. */
const SHAPE_ONLY =
  /^\s*\.?[\w.[\]"'-]*\s*\|?\s*(keys(_unsorted)?|length|type|map\(type\)|paths?)(\s*\|\s*(length|\.\[\]|sort|unique))*\s*$/;

/** A filter that prints the environment, or a variable of it that holds a credential. */
function environmentShown(filter: string): Taint | undefined {
  const names = [...filter.matchAll(/(?:\$ENV|\benv)\b(?:\.(\w+)|\[["'](\w+)["']\]|\((\w+)\))?/g)];
  const secret = names.find((match) => {
    const name = match[1] ?? match[2] ?? match[3];
    return name === undefined || secretVariable(name);
  });
  return secret ? { label: 'secret', from: ENVIRONMENT } : undefined;
}

function jq(call: Call): Lowering {
  const { args } = call;
  const plain: Word[] = [];
  const files: Word[] = [];
  let [program, named, positional] = [undefined as Word | undefined, false, false];
  const unread: EffectDraft[] = [];
  for (let at = 0; at < args.length; at++) {
    const word = args[at] as Word;
    const flag = literal(word);
    if (flag === undefined || !flag.startsWith('-') || flag === '-') {
      if (program === undefined && !named) program = word;
      else if (!positional) plain.push(word);
      continue;
    }
    if (['--arg', '--argjson'].includes(flag)) at += 2;
    else if (['--slurpfile', '--rawfile', '--argfile'].includes(flag)) {
      const file = args[at + 2];
      if (file) files.push(file);
      at += 2;
    } else if (['--args', '--jsonargs'].includes(flag)) positional = true;
    else if (['--indent', '--tab-width', '--seq-length'].includes(flag)) at++;
    else if (flag === '-f' || flag === '--from-file' || /^-[a-zA-Z]*f$/.test(flag)) {
      const file = args[++at];
      if (file) files.push(file);
      named = true;
    } else if (flag === '-L' || flag === '--library-path') at++;
    else if (flag === '-i' && call.name !== 'jq') unread.push(opaque(`${call.name} -i is not read`));
  }
  const effects = [...reads(call, plain), ...reads(call, files), ...unread];
  const shown = environmentShown(literal(program) ?? '');
  const given = args.flatMap((word) => word.taints);
  const shape = program !== undefined && SHAPE_ONLY.test(literal(program) ?? '');
  return {
    effects: effects.length > 0 ? effects : [inspect(call.name)],
    ...(shape ? { output: QUIET } : {}),
    ...(/@base64d/.test(literal(program) ?? '') ? { output: { adds: [{ label: 'decoded', from: call.name }] } } : {}),
    ...(shown || given.length > 0
      ? { output: { taints: mergeTaints(call.stdin.taints, given, shown ? [shown] : []) } }
      : {}),
  };
}

/** Both programs of this name: mikefarah's (`yq e -i expr file`) and the wrapper of jq. */
function yq(call: Call): Lowering {
  const parsed = parseArgs(call.args, {
    flags: [
      '-i --inplace --in-place',
      '-n --null-input',
      '-r --raw-output --unwrapScalar',
      '-y --yaml-output',
      '-Y',
      '-e --exit-status',
      '-P --prettyPrint',
      '-C',
      '-M',
      '-N --no-doc',
      '-j --tojson',
      '-s --slurp',
      '-c',
      '-S',
      '-x',
      '-t',
      '-0 --nul-output',
      '-V --version',
      '-h --help',
      '-v --verbose',
    ],
    values: [
      '-o --output-format',
      '-p --input-format',
      '-I --indent',
      '--from-file',
      '--arg',
      '--xml-attribute-prefix',
      '--header-preprocess',
      '-f --front-matter',
      '--split-exp',
      '--split-exp-file',
      '--yaml-fix-merge-anchor-to-spec',
    ],
    optional: ['--csv-separator', '--security-disable-env-ops', '--security-disable-file-ops'],
    abbreviations: false,
  });
  const words = ['e', 'eval', 'ea', 'eval-all'].includes(literal(parsed.operands[0]) ?? '')
    ? parsed.operands.slice(1)
    : parsed.operands;
  const files = words.slice(1);
  const expression = literal(words[0]) ?? '';
  return {
    effects: [
      ...reads(call, files),
      ...reads(call, parsed.all('--from-file')),
      ...(parsed.has('-i') ? writes(call, files, 'edit') : []),
      ...(parsed.has('--split-exp', '--split-exp-file') ? [opaque('the files that yq writes are not known')] : []),
      ...(/\bsystem\s*\(/.test(expression) ? [opaque('yq runs a program')] : []),
      ...mustBeKnown(parsed.dynamic, 'an option of yq'),
      inspect('yq'),
    ],
  };
}

/** Spreadsheet tools with a verb in front (`mlr --icsv sort -f a then head`, `xsv select`, `qsv stats -o out`). */
function table(call: Call): Lowering {
  const parsed = parseArgs(call.args, {
    values: [
      '-o --output',
      '-d --delimiter',
      '--from',
      '--ifs',
      '--ofs',
      '--fs',
      '-f',
      '-n',
      '-s',
      '-c',
      '-l',
      '--prepipe',
      '--prepipex',
      '--load',
      '--mload',
      '-e',
    ],
    abbreviations: false,
  });
  const text = call.args.map((word) => literal(word) ?? '').join(' ');
  const miller = call.name === 'mlr';
  const runs =
    miller &&
    (parsed.has('--prepipe', '--prepipex', '--load', '--mload') ||
      /\b(system|exec|os)\w*\s*\(|\b(tee|split|put|filter)\b[^|]*(>|\|)/.test(text));
  const inPlace = miller && call.args.some((word) => literal(word) === '-I');
  const files = parsed.operands.filter((word) => /\.[ct]sv$|\.json$|\.txt$|^[/~.][^ ]*\//.test(literal(word) ?? ''));
  return {
    effects: [
      ...reads(call, files),
      ...(inPlace ? writes(call, files, 'edit') : []),
      ...(miller ? [] : writes(call, parsed.all('-o'))),
      ...(runs ||
      (!miller && ['split', 'partition', 'foreach', 'apply', 'py', 'luau'].includes(literal(call.args[0]) ?? ''))
        ? [opaque(`${call.name} may run or write something that is not read`)]
        : []),
      ...mustBeKnown(parsed.dynamic, `an option of ${call.name}`),
      inspect(call.name),
    ],
  };
}

function xmllint(call: Call): Lowering {
  const parsed = parseArgs(call.args, {
    values: [
      '-o --output',
      '--schema',
      '--relaxng',
      '--schematron',
      '--dtdvalid',
      '--xpath',
      '--encode',
      '--path',
      '--pretty',
      '--maxmem',
      '--pattern',
      '-t',
    ],
    flags: [
      '--format',
      '--noout',
      '--html',
      '--valid',
      '--noblanks',
      '--recover',
      '--nonet',
      '--shell',
      '--load-trace',
    ],
    abbreviations: false,
  });
  return {
    effects: [
      ...reads(call, [...parsed.operands, ...parsed.all('--schema', '--relaxng', '--dtdvalid')]),
      ...writes(call, parsed.all('-o')),
      ...(parsed.has('--shell') ? [opaque('xmllint --shell is not read')] : []),
      ...mustBeKnown(parsed.dynamic, 'an option of xmllint'),
      inspect('xmllint'),
    ],
  };
}

export const dataPrograms: readonly Program[] = [
  {
    names: ['jq', 'gojq', 'jaq', 'jqq', 'fx', 'jless', 'gron', 'jp', 'jello'],
    lower: jq,
    examples: {
      allow: [
        "jq '.scripts' package.json",
        'jq -r --arg n x ".[$n]" a.json',
        'cat a.json | jq .',
        'jq keys ~/.claude/settings.json',
        "jq --slurpfile x b.json '.' a.json",
        "jq -n '{a: 1}'",
        'jq \'.a = "rm -rf /"\' a.json > b.json',
      ],
      deny: ['jq \'.permissions.allow += ["Bash(*)"]\' .claude/settings.json > t && mv t .claude/settings.json'],
    },
  },
  {
    names: ['yq', 'dasel', 'faq'],
    lower: yq,
    examples: {
      allow: ["yq '.a' a.yml", "yq -i '.a = 1' a.yml", 'yq -o=json a.yml'],
      deny: ["yq -i '.a = 1' ~/.config/fish/x.yml"],
      unsettled: ["yq -i '.a = 1' ~/a.yml", 'yq \'system("id")\' a.yml'],
    },
  },
  {
    names: ['mlr', 'xsv', 'qsv', 'xan', 'csvtk'],
    lower: table,
    examples: {
      allow: ['mlr --icsv --ojson cat a.csv', 'xsv headers a.csv', 'qsv stats a.csv'],
      deny: ['xsv select a a.csv -o ~/.bashrc'],
      unsettled: ['mlr --icsv put \'$a = system("id")\' a.csv', 'mlr --prepipe gunzip cat a.csv'],
    },
  },
  {
    names: ['xmllint'],
    lower: xmllint,
    examples: { allow: ['xmllint --noout a.xml', 'xmllint --xpath //a a.xml'], deny: ['xmllint -o ~/.bashrc a.xml'] },
  },
  reader(
    [
      'xmlstarlet',
      'xml',
      'xq',
      'htmlq',
      'pup',
      'hxselect',
      'csvlook',
      'csvcut',
      'csvgrep',
      'csvstat',
      'csvjson',
      'csvsort',
      'in2csv',
      'csvformat',
      'csvclean',
      'jsonlint',
      'xpath',
    ],
    {
      flags: ['-n', '-l'],
      values: ['-c', '-d', '-r', '-m', '-o', '-f'],
      refuses: ['--inplace', '-L', '--in-place'],
      outputs: ['-o'],
      examples: { allow: ['csvlook a.csv', 'xq . a.xml', "htmlq 'a' < a.html"] },
    },
  ),
  reader(['tokei', 'cloc', 'scc', 'loc', 'gocloc', 'sloccount', 'onefetch'], {
    values: [
      '-e --exclude',
      '-t --type',
      '-o --output',
      '--exclude-dir',
      '--include-ext',
      '--include-lang',
      '-s --sort',
      '--out',
      '--report-file',
      '-f --format',
      '--not-match-d',
      '--read-lang-def',
    ],
    outputs: ['--out', '--report-file'],
    use: 'names',
    output: QUIET,
    examples: {
      allow: ['tokei src', 'cloc --exclude-dir=node_modules .', 'scc'],
      deny: ['cloc --out=/home/dev/.bashrc .'],
    },
  }),
];
