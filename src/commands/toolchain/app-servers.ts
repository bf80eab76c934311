// Turns the argv of application servers and app runners into effects: the project's own app runs and listens.
import type { Word } from '../../core/invocation.ts';
import { type ParsedArgs, parseArgs } from '../../core/options.ts';
import { certainlyWithin } from '../../core/path.ts';
import { type Call, defineProgram, type EffectDraft, type Lowering, type Program } from '../../core/program.ts';
import { known, show } from '../../core/value.ts';
import { at, harmless, literal, mustBeKnown, opaque, wantsHelp } from '../kit.ts';
import { loads, runsProject } from './kit.ts';

/** Options that name a folder code is looked for in. */
const FOLDERS = ['--app-dir', '--chdir', '--pythonpath', '--reload-dir', '--directory', '--dir', '-I'];
/** Options that name code or configuration that is code. */
const LOADS = ['-c', '--config', '-C', '-r', '--require', '--worker-class', '-k', '--logger-class', '--log-config'];

const listens = (call: Call, parsed: ParsedArgs): EffectDraft => ({
  kind: 'net.listen',
  what: 'server',
  address: known(
    `${show(parsed.value('-b', '--host', '--server.address')?.value ?? known('localhost'))}:${show(parsed.value('-p', '--port', '--server.port')?.value ?? known(call.name))}`,
  ),
});

/** A word that names something outside the project, or may. */
const strays = (call: Call, word: Word): boolean => {
  const plain = literal(word);
  return (
    plain === undefined ||
    (/^[~/]|^\.\.|:\/\//.test(plain) && !certainlyWithin(at(call, word), call.context.projectRoot))
  );
};

const parse = (call: Call): ParsedArgs =>
  parseArgs(call.args, {
    values: [...FOLDERS, ...LOADS, '-b --bind', '--host', '-p --port', '--server.address', '--server.port'],
    abbreviations: false,
  });

function serves(call: Call): Lowering {
  if (wantsHelp(call.args)) return harmless(call.name);
  const parsed = parse(call);
  const loaded = loads(
    call,
    LOADS.flatMap((name) => parsed.all(name)),
    call.name,
  );
  const far = [...parsed.operands, ...FOLDERS.flatMap((name) => parsed.all(name))].filter((word) => strays(call, word));
  return {
    effects: [
      runsProject(call.name, call),
      listens(call, parsed),
      ...loaded.effects,
      ...far.map((word) => opaque(`${call.name} runs an app that is not the project’s`, word.span)),
      ...mustBeKnown(parsed.dynamic, `an argument of ${call.name}`),
    ],
    runs: loaded.runs,
  };
}

/** `streamlit run app.py`, `marimo edit nb.py`: a verb and the file that is run. */
function runsApp(verbs: RegExp, looks: RegExp): (call: Call) => Lowering {
  return (call) => {
    if (wantsHelp(call.args)) return harmless(call.name);
    const parsed = parse(call);
    const [verb, file] = parsed.operands;
    const plain = literal(verb) ?? '';
    if (looks.test(plain)) return harmless(`${call.name} ${plain}`);
    if (!verbs.test(plain)) return { effects: [opaque(`${call.name} ${plain} is not known`)] };
    const doubts = mustBeKnown(parsed.dynamic, `an argument of ${call.name}`);
    if (file === undefined || doubts.length > 0)
      return { effects: [runsProject(`${call.name} ${plain}`, call), listens(call, parsed), ...doubts] };
    const url = literal(file) ?? '';
    if (/^https?:/.test(url))
      return {
        effects: [
          {
            kind: 'code.run',
            origin: 'download',
            language: 'python',
            what: known(url),
            taints: [{ label: 'downloaded', from: url }],
            span: file.span,
          },
        ],
      };
    return {
      effects: [
        listens(call, parsed),
        ...(strays(call, file) ? [opaque(`${call.name} runs an app that is not the project’s`, file.span)] : []),
        ...(/\.py$/.test(url) ? [] : [runsProject(`${call.name} ${url}`, call)]),
      ],
      runs: /\.py$/.test(url)
        ? [{ kind: 'file', path: at(call, file), language: 'python', via: call.name, span: file.span }]
        : [],
    };
  };
}

export const appServerPrograms: readonly Program[] = [
  defineProgram({
    names: [
      'uvicorn',
      'gunicorn',
      'hypercorn',
      'daphne',
      'granian',
      'waitress-serve',
      'puma',
      'rackup',
      'unicorn',
      'thin',
      'json-server',
      'verdaccio',
    ],
    lower: serves,
    examples: {
      allow: [
        'uvicorn app.main:app --reload --port 8000',
        'uvicorn app.main:create --factory --host 0.0.0.0',
        'gunicorn -w 2 -b 127.0.0.1:8000 app:app --check-config',
        'gunicorn -c gunicorn.conf.py app:app',
        'bundle exec puma -C config/puma.rb',
        'json-server --watch db.json --port 4000',
        'uvicorn --version',
      ],
      unsettled: ['uvicorn --app-dir /srv/other main:app', 'gunicorn -c /tmp/conf.py app:app', 'uvicorn "$APP"'],
    },
  }),
  defineProgram({
    names: ['streamlit', 'chainlit', 'fastapi', 'marimo', 'panel', 'bokeh', 'gradio'],
    lower: runsApp(/^(run|dev|serve|edit|[\w./-]+\.py)$/, /^(version|config|cache|docs|info|check)$/),
    examples: {
      allow: [
        'streamlit run app.py --server.port 8501',
        'fastapi dev app/main.py',
        'fastapi run',
        'marimo edit notebook.py',
        'panel serve dash.ipynb',
        'streamlit version',
      ],
      deny: ['streamlit run https://example.com/app.py'],
      unsettled: ['streamlit run /tmp/app.py', 'streamlit run "$APP"', 'fastapi deploy'],
    },
  }),
];
