// Turns `docker run` and `docker exec` argv into effects: the image, what of the host it gets, and the payload. Knows no policy.
import type { Word } from '../../core/invocation.ts';
import { parseArgs } from '../../core/options.ts';
import type { Call, EffectDraft, Lowering } from '../../core/program.ts';
import { known } from '../../core/value.ts';
import { mentionsProduction } from '../cloud/verbs.ts';
import { harmless, inspect, literal, literals, mustBeKnown, opaque } from '../kit.ts';
import { entryPointOf, imageKind } from './images.ts';
import { environmentOf, exposures, mountsOf, payloadCwd, RUN } from './run-options.ts';

const PLACE = (name: Word | undefined) => ({ kind: 'container' as const, name: literal(name) ?? '?' });

/** A shell with nothing to run waits for a person and does nothing by itself. */
export const idleShell = (call: Call, argv: readonly Word[]): boolean =>
  call.stdin.from === 'inherit' &&
  /^(\/(usr\/)?bin\/)?(ba|z|a|da|k)?sh$/.test(literal(argv[0]) ?? '') &&
  argv.slice(1).every((word) => /^(-l|-i|-il|-li|--login)$/.test(literal(word) ?? ''));

export function lowerRun(call: Call, rest: readonly Word[]): Lowering {
  const parsed = parseArgs(rest, RUN);
  const [image, ...payload] = parsed.operands;
  const images = literals(image) ?? [];
  const name = images.find((each) => imageKind(each) === 'other') ?? images[0];
  if (image === undefined && parsed.has('--help')) return harmless('docker run help');
  const given = exposures(call, parsed);
  const sealed = given.length === 0 && mountsOf(call, parsed)?.length === 0 ? true : undefined;
  const effects: EffectDraft[] = [
    ...given,
    ...parsed.unlisted.map((option) => opaque(`what ${option.name} of docker run does is not known`, option.word.span)),
    ...mustBeKnown(
      parsed.dynamic.filter((word) => !payload.includes(word)),
      'an option or the image of docker run',
    ),
  ];
  if (name === undefined) effects.push(opaque('the image is not known'));
  else if (imageKind(name) === 'other')
    effects.push({
      kind: 'code.run',
      origin: 'image',
      language: 'unknown',
      what: known(name),
      taints: [],
      place: PLACE(image),
    });
  else effects.push(inspect(`docker run ${name}`));
  const entrypoint = parsed.value('--entrypoint');
  const own = name === undefined || image === undefined ? undefined : entryPointOf(name);
  const argv =
    entrypoint !== undefined
      ? literal(entrypoint) === ''
        ? payload
        : [entrypoint, ...payload]
      : own !== undefined && image !== undefined && payload.length > 0
        ? [{ ...image, value: known(own), taints: [] }, ...payload]
        : payload;
  if (argv.length === 0) return { effects, output: { taints: [] } };
  if (idleShell(call, argv)) return { effects };
  // An image with an entry point of its own takes the words as its arguments; a word that is an option cannot be a program.
  if ((literal(argv[0]) ?? '').startsWith('-')) return { effects };
  return {
    effects,
    runs: [
      {
        kind: 'argv',
        argv,
        env: environmentOf(parsed),
        via: `${call.name} run`,
        cwd: payloadCwd(call, parsed),
        place: sealed ? { ...PLACE(image), sealed } : PLACE(image),
        root: false,
      },
    ],
  };
}

export function lowerExec(call: Call, rest: readonly Word[]): Lowering {
  const parsed = parseArgs(rest, RUN);
  const [container, ...argv] = parsed.operands;
  const effects: EffectDraft[] = [
    inspect('docker exec'),
    ...exposures(call, parsed),
    ...parsed.unlisted.map((option) =>
      opaque(`what ${option.name} of docker exec does is not known`, option.word.span),
    ),
  ];
  if (container === undefined || argv.length === 0)
    return {
      effects: [...effects, ...(parsed.has('--help') ? [] : [opaque('what runs in the container is not known')])],
    };
  if (mentionsProduction([container]))
    effects.push({
      kind: 'cloud',
      provider: 'docker',
      service: 'container',
      operation: 'exec',
      action: 'exec',
      target: container.value,
      production: true,
    });
  if (idleShell(call, argv)) return { effects };
  return {
    effects,
    runs: [
      {
        kind: 'argv',
        argv,
        env: environmentOf(parsed),
        via: `${call.name} exec`,
        cwd: parsed.value('--workdir')?.value ?? known('/'),
        place: PLACE(container),
      },
    ],
  };
}
