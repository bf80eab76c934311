// Turns `docker build` and `docker push` argv into effects: what goes into an image and where the image goes. Knows no policy.
import type { Word } from '../../core/invocation.ts';
import { parseArgs } from '../../core/options.ts';
import type { Call, EffectDraft, Lowering } from '../../core/program.ts';
import { known, text } from '../../core/value.ts';
import { handsOver } from '../elsewhere.ts';
import { at, harmless, inspect, literal, mustBeKnown, proxyVariables, reads, writes } from '../kit.ts';
import { entries } from '../table.ts';
import { buildSteps } from './given.ts';
import { isLocalRegistry } from './images.ts';

export function lowerPush(rest: readonly Word[]): Lowering {
  const parsed = parseArgs(rest, {
    flags: entries('-a --all-tags | -q --quiet | --disable-content-trust | -p --purge | --dry-run | --tls-verify'),
    values: entries('--platform | -t --tag | --creds | --authfile | -f'),
  });
  const image = literal(parsed.value('-t') ?? parsed.operands[0]);
  if (parsed.has('--dry-run')) return harmless('docker push dry run');
  if (image !== undefined && isLocalRegistry(image)) return harmless('docker push to this machine');
  return { effects: [{ kind: 'pkg.publish', manager: 'docker', what: `the image ${image ?? 'that is not known'}` }] };
}

export function lowerBuild(call: Call, path: string, rest: readonly Word[]): Lowering {
  const parsed = parseArgs(rest, {
    flags: entries(
      '--no-cache | --pull | -q --quiet | --push | --load | --squash | --rm | --force-rm | --print | --check | --debug -D | --compress',
    ),
    values:
      entries(`-t --tag | -f --file | --build-arg | --target | --platform | --progress | --secret | --ssh | --cache-from | --cache-to | -o --output | --label | --network | --add-host | --builder |
      --build-context | --iidfile | --metadata-file | --provenance | --sbom | --attest | --allow | --set | --memory -m | --shm-size | --ulimit | --isolation | --call | --annotation | --security-opt`),
  });
  const effects: EffectDraft[] = [
    inspect(`docker ${path}`),
    ...mustBeKnown(parsed.dynamic, 'an option of docker build'),
  ];
  const contexts = path === 'buildx bake' ? [] : parsed.operands;
  for (const word of contexts) {
    const spelled = text(word.value) ?? '';
    if (/^(https?:|git:|git@|github\.com)/.test(spelled))
      effects.push({
        kind: 'code.run',
        origin: 'download',
        language: 'dockerfile',
        what: word.value,
        taints: [{ label: 'downloaded', from: spelled }],
        place: { kind: 'container', name: 'build' },
      });
    else if (spelled !== '-')
      effects.push(
        ...mustBeKnown([word], 'the folder that is built'),
        ...reads(call, [word], 'copy'),
        ...handsOver(call, [word], 'the image'),
      );
  }
  effects.push(
    ...proxyVariables(parsed.all('--build-arg')),
    ...reads(call, [...parsed.all('-f')], 'copy'),
    ...writes(call, parsed.all('--iidfile', '--metadata-file')),
  );
  for (const output of parsed.all('-o')) {
    const target = (literal(output) ?? '').split(',').find((part) => /^(dest|type=registry|push=true)/.test(part));
    if (target?.startsWith('dest='))
      effects.push({
        kind: 'fs.write',
        path: at(call, { ...output, value: known(target.slice(5)) }),
        how: 'overwrite',
      });
    else if (target !== undefined)
      effects.push({ kind: 'pkg.publish', manager: 'docker', what: 'the image it builds' });
    else if (!/[=]/.test(literal(output) ?? '=')) effects.push(...writes(call, [output]));
  }
  const dockerfiles = parsed.all('-f').filter((word) => literal(word) !== '-');
  if (path !== 'buildx bake')
    effects.push(...handsOver(call, dockerfiles, 'the build'), ...buildSteps(call, parsed.all('-f'), contexts));
  for (const secret of [...parsed.all('--secret'), ...parsed.all('--ssh')]) {
    const source = /(?:^|,)(?:src|source)=([^,]+)/.exec(literal(secret) ?? '')?.[1];
    effects.push(...mustBeKnown([secret], 'a secret given to the build'));
    if (source !== undefined) effects.push(...handsOver(call, [{ ...secret, value: known(source) }], 'the build'));
  }
  const local = parsed.all('-t').length > 0 && parsed.all('-t').every((tag) => isLocalRegistry(literal(tag) ?? ''));
  if ((parsed.has('--push') || parsed.all('--set').some((word) => /push=true/.test(literal(word) ?? ''))) && !local)
    effects.push({
      kind: 'pkg.publish',
      manager: 'docker',
      what: `the image ${literal(parsed.value('-t')) ?? 'it builds'}`,
    });
  if (parsed.all('--allow').some((word) => /security\.insecure|fs=\*|fs\.(read|write)=\//.test(literal(word) ?? '')))
    effects.push({ kind: 'privilege', how: 'escape', what: 'a build with rights on this machine' });
  return { effects };
}
