// Owns the look at which engine container commands talk to: this machine's or one elsewhere. Knows no command.
import type { ParsedArgs } from '../../core/options.ts';
import type { Call } from '../../core/program.ts';
import { text } from '../../core/value.ts';
import { isLocalAddress } from '../cloud/verbs.ts';
import { literal } from '../kit.ts';

/** Commands for an engine on another machine change that machine. */
export function engineElsewhere(call: Call, global: ParsedArgs): boolean {
  const host = global.value('--host') ?? call.env('DOCKER_HOST');
  const address = host === undefined ? undefined : (text(host.value) ?? '?');
  if (
    address !== undefined &&
    address !== '' &&
    !address.startsWith('unix:') &&
    !address.startsWith('npipe:') &&
    !isLocalAddress(address)
  )
    return true;
  const context = literal(global.value('--context', '--connection') ?? call.env('DOCKER_CONTEXT'));
  return (
    global.has('--context', '--connection') &&
    !/^(default|desktop-linux|colima|rootless|orbstack|podman-machine-default)/.test(context ?? '?')
  );
}
