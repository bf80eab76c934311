// Owns the rules about changes on other machines.
import { soundsLikeProduction } from '../core/host.ts';
import { defineRule, type Rule } from '../core/rule.ts';

const CHANGES = [
  'fs.write',
  'fs.delete',
  'fs.move',
  'fs.mode',
  'system',
  'persist',
  'privilege',
  'proc.kill',
  'db',
  'deploy',
  'code.run',
  'pkg.install',
  'weaken',
  'device',
] as const;

const production = defineRule({
  id: 'remote/production',
  tier: 'soft',
  on: CHANGES,
  since: '0.1.0',
  summary: 'A change on a machine that real users depend on',
  why: 'Nobody reviews it, and it is felt at once.',
  instead: 'Use the project’s deployment, or ask the user to run it.',
  match: (effect) => {
    const { place } = effect;
    if (place.kind !== 'remote' || (effect.kind === 'db' && effect.action === 'read')) return undefined;
    return soundsLikeProduction(place.name) ? `This changes ${place.name}` : undefined;
  },
  examples: {
    hit: [
      'ssh deploy@prod-2 "sudo systemctl restart api"',
      'ssh production.shop.example rm -rf /srv/app/cache',
      'ssh web-prod-1 "kill -9 4711"',
    ],
    miss: ['ssh build-host "systemctl restart ci"', 'ssh prod-2 uptime', 'ssh product-demo ls'],
  },
});

export const remoteRules: readonly Rule[] = [production];
