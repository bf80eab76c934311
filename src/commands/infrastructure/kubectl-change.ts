// Reads what a change of a cluster says beside that something runs: rights, pods that get their node, protections that go. Knows no policy.
import type { Word } from '../../core/invocation.ts';
import type { ParsedArgs } from '../../core/options.ts';
import type { Call, EffectDraft } from '../../core/program.ts';
import { known, text, type Value } from '../../core/value.ts';
import { at, inspect, literal } from '../kit.ts';

export interface Request {
  readonly verb: string;
  readonly operands: readonly Word[];
  readonly parsed: ParsedArgs;
  readonly where: 'local' | 'other' | 'unknown';
  readonly production: boolean;
}

export const resourceOf = (word: Word | undefined): string =>
  (literal(word) ?? '').split('/')[0]?.split('.')[0]?.toLowerCase() ?? '';

export function cloud(
  request: Request,
  action: Extract<EffectDraft, { kind: 'cloud' }>['action'],
  target: Value | undefined,
  extra: { mass?: boolean } = {},
): EffectDraft {
  if (request.where === 'local' && action !== 'secret') return inspect(`kubectl ${request.verb} in a local cluster`);
  return {
    kind: 'cloud',
    provider: 'kubernetes',
    service: resourceOf(request.operands[0]) || 'cluster',
    operation: request.verb,
    action,
    target: target ?? known(''),
    ...(extra.mass ? { mass: true } : {}),
    ...(request.production ? { production: true } : {}),
  };
}

/** The text of the manifests that are given, as far as it is known. */
function manifests(call: Call, parsed: ParsedArgs): string {
  return parsed
    .all('--filename')
    .map((word) => {
      if (literal(word) === '-') return text(call.stdin.text) ?? '';
      const path = text(at(call, word));
      const file =
        path === undefined || /^https?:/.test(literal(word) ?? '') ? undefined : call.facts('file', { path });
      return file?.state === 'text' ? file.text : '';
    })
    .join('\n');
}

/** What a manifest says beside that something runs: rights, and pods that get their node. */
export function lowerManifests(call: Call, request: Request, target: Value | undefined): EffectDraft[] {
  const given = manifests(call, request.parsed);
  const effects: EffectDraft[] = [];
  if (/(^|[{,])\s*(- )?["']?kind["']?:\s*["']?(Cluster)?Role(Binding)?["']?\s*([,}]|$)/m.test(given))
    effects.push(cloud(request, 'grant', target));
  if (
    /\b(hostPID|hostNetwork|hostIPC|privileged)["']?:\s*true|hostPath["']?:\s*\{?\s*["']?path["']?:\s*["']?\/["']?\s*($|[,}])/m.test(
      given,
    )
  )
    effects.push({ kind: 'privilege', how: 'escape', what: 'a pod that gets its node' });
  return effects;
}

/** Settings whose change takes a protection away, or the thing itself. */
export function lowerSettings(request: Request, target: Value | undefined): EffectDraft[] {
  const { verb, operands, parsed } = request;
  const said = [...operands, ...parsed.all('--patch')].map((word) => literal(word) ?? '').join(' ');
  if (verb === 'patch' && /["']?finalizers["']?\s*:\s*(null|\[\s*\])/.test(said))
    return [cloud(request, 'delete', target)];
  if ((verb === 'label' || verb === 'annotate') && /pod-security\.kubernetes\.io\/enforce=privileged/.test(said))
    return [{ kind: 'weaken', what: 'the limits on what pods of the namespace may do' }];
  return [];
}
