// Turns the start of a script of package.json into what it runs; knows no other verb of the package managers.
import { quote } from 'shell-quote';
import type { Word } from '../../core/invocation.ts';
import { type ParsedArgs, parseArgs } from '../../core/options.ts';
import { dirname } from '../../core/path.ts';
import type { Call, EffectDraft, Lowering, Run } from '../../core/program.ts';
import { known, prefixOf, show, text } from '../../core/value.ts';
import { literal, mustBeKnown } from '../kit.ts';
import { freshCode, loads, namedEffects, runsProject } from './kit.ts';
import { packageManifest } from './manifest.ts';
import { isKnownTool } from './package-run.ts';

/** Options that run the script in other packages than the nearest one. */
const ELSEWHERE = new Set([
  '-w',
  '--workspace',
  '--workspaces',
  '-ws',
  '-F',
  '--filter',
  '-r',
  '--recursive',
  '--parallel',
  '-A',
  '--all',
]);

export function lowerScript(call: Call, name: string, args: readonly Word[], before: ParsedArgs): Lowering {
  if (/^https?:/.test(name))
    return {
      effects: [
        {
          kind: 'code.run',
          origin: 'download',
          language: 'javascript',
          what: known(name),
          taints: [{ label: 'downloaded', from: name }],
        },
      ],
    };
  const parameters = literal(args[0]) === '--' ? args.slice(1) : args;
  const given = parameters.map((word) => show(word.value)).join(' ');
  const manifest = packageManifest(call);
  const elsewhere = before.options.some((option) => ELSEWHERE.has(option.name));
  const own = elsewhere ? undefined : manifest?.scripts?.get(name);
  if (manifest !== undefined && own !== undefined)
    return { effects: [], runs: scriptRuns(call, name, manifest.path, manifest.scripts ?? new Map(), parameters) };
  if (
    manifest?.scripts !== undefined &&
    !elsewhere &&
    manifest.packages !== undefined &&
    call.name !== 'npm' &&
    !BUILT_IN.has(name)
  )
    return { effects: [], runs: [programRun(call, name, parameters)] };
  if (
    own === undefined &&
    manifest?.scripts === undefined &&
    call.name !== 'npm' &&
    !BUILT_IN.has(name) &&
    isKnownTool(name)
  )
    return { effects: [], runs: [programRun(call, name, parameters)] };
  const foreign = outside(call, parameters);
  const fresh = manifest && freshCode(manifest.path, manifest.scripts ? undefined : manifest.file);
  return {
    effects: [
      fresh ?? runsProject(`${call.name} run ${name}`, call),
      ...namedEffects(name, given),
      ...foreign.effects,
      ...mustBeKnown(parseArgs(parameters, {}).dynamic, `an argument of the script ${name}`),
    ],
    runs: foreign.runs,
  };
}

/** What an install of the project itself runs, in this order. */
const LIFECYCLE = ['preinstall', 'install', 'postinstall', 'prepublish', 'preprepare', 'prepare', 'postprepare'];

export function lifecycleRuns(call: Call): Run[] {
  const manifest = packageManifest(call);
  const scripts = manifest?.scripts;
  if (manifest === undefined || scripts === undefined) return [];
  return LIFECYCLE.flatMap((name) => scriptRun(call, name, manifest.path, scripts.get(name)));
}

const BUILT_IN = new Set(['test', 'start', 'stop', 'restart']);

const programRun = (call: Call, name: string, args: readonly Word[]): Run => ({
  kind: 'argv',
  argv: [{ value: known(name), taints: [], fields: 'one', span: call.invocation.span }, ...args],
  via: `${call.name} ${name}`,
});

/** Code outside the project that an argument names; what the script makes of its arguments is not known. */
function outside(call: Call, args: readonly Word[]): { effects: EffectDraft[]; runs: Run[] } {
  const words = args.map((word): Word => {
    const glued = /^--?[A-Za-z][\w-]*=(.*)$/s.exec(text(word.value) ?? prefixOf(word.value));
    return glued ? { ...word, value: known(glued[1] ?? '') } : word;
  });
  return loads(
    call,
    words.filter((word) => /^([~/]|\.\.\/).*\.([cm]?[jt]sx?|py|rb|sh)$/.test(literal(word) ?? '')),
    `an argument of ${call.name}`,
  );
}

function scriptRuns(
  call: Call,
  name: string,
  path: string,
  scripts: ReadonlyMap<string, string>,
  args: readonly Word[],
): Run[] {
  return [`pre${name}`, name, `post${name}`].flatMap((each) =>
    scriptRun(call, each, path, scripts.get(each), each === name ? args : []),
  );
}

function scriptRun(
  call: Call,
  name: string,
  path: string,
  body: string | undefined,
  args: readonly Word[] = [],
): Run[] {
  if (body === undefined) return [];
  const span = call.invocation.span;
  const whole = args.length > 0 ? withArguments(body, args) : known(body);
  return [
    {
      kind: 'shell',
      text: { value: whole, taints: [], fields: 'one', span },
      via: `${call.name} run ${name}`,
      cwd: known(dirname(path)),
      readFrom: path,
      span,
    },
  ];
}

/** Arguments are quoted and put behind the script's text. */
function withArguments(body: string, args: readonly Word[]): Word['value'] {
  const plain = args.map((word) => text(word.value));
  return plain.every((each) => each !== undefined)
    ? known(`${body} ${quote(plain as string[])}`)
    : {
        kind: 'pattern',
        prefix: `${body} `,
        suffix: '',
        climbs: true,
        because: 'an argument of the script is not known',
      };
}
