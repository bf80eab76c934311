// Owns the rules about containers that reach out of themselves, and about data they keep.
import { defineRule, type Rule } from '../core/rule.ts';
import { show } from '../core/value.ts';

export const containerRules: readonly Rule[] = [
  defineRule({
    id: 'containers/escape',
    tier: 'soft',
    on: 'privilege',
    since: '0.1.0',
    summary: 'A container that gets the machine: privileged, host namespaces, the engine socket, host folders',
    why: 'From inside it, any file and process of this machine can be changed as root.',
    instead: 'Mount only the project folder, and give no capabilities or host namespaces.',
    match: (effect) => (effect.how === 'escape' ? `the container gets ${effect.what}` : undefined),
    examples: {
      hit: [
        'docker run --privileged alpine sh',
        'docker run -v /:/host alpine ls /host',
        'podman run --pid=host alpine ps',
        'docker run -v /var/run/docker.sock:/var/run/docker.sock docker ps',
      ],
      miss: ['docker run --rm -v "$PWD:/app" -w /app node:22 node --version', 'docker ps'],
    },
  }),
  defineRule({
    id: 'containers/data',
    tier: 'ask',
    on: 'cloud',
    since: '0.1.0',
    summary: 'Removes or sweeps what containers and local clusters keep on this machine',
    why: 'Volumes, containers and images of other work may be among it, and a volume has no undo.',
    instead: 'Name the one thing that this session made, or let the user decide.',
    match: (effect) =>
      effect.provider === 'containers' && effect.service === 'this machine'
        ? `${effect.operation} takes ${show(effect.target)}`
        : undefined,
    examples: {
      hit: ['docker volume prune -f', 'docker compose down -v', 'docker system prune -a', 'kind delete cluster'],
      miss: ['docker compose down', 'docker volume ls', 'docker stop api'],
    },
  }),
];
