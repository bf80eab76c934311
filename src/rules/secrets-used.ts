// Owns the rules about secrets that are taken out of their file: into a program, or into another file.
import { certainlyWithin } from '../core/path.ts';
import { secretText } from '../core/providers.ts';
import { defineRule, type Rule } from '../core/rule.ts';
import { secretIn } from '../core/sensitive.ts';
import { show, text } from '../core/value.ts';

const used = defineRule({
  id: 'secrets/used',
  tier: 'ask',
  on: 'db',
  since: '0.1.0',
  summary: 'A database reached with a credential taken out of a settings file',
  why: 'Which database that is, and whose data, cannot be told from the command.',
  instead: 'Use the project’s own scripts against the local database, or ask the user.',
  match: (effect, scope) => {
    const words = scope.invocations[effect.invocation]?.argv ?? [];
    const from = words
      .flatMap((word) => word.taints)
      .find((taint) => taint.label === 'secret' && !taint.from.startsWith('$'));
    return from === undefined ? undefined : `This opens a database with ${from.from}`;
  },
  examples: {
    hit: ['U=$(grep DB_URL .env | cut -d= -f2-); psql "$U" -c "select 1"'],
    miss: ['psql -c "select 1"', 'psql -h localhost app -c "select 1"'],
  },
});

const written = defineRule({
  id: 'secrets/written',
  tier: 'ask',
  on: ['fs.write', 'fs.move'],
  since: '0.1.0',
  summary: 'A live credential written into a file that is not kept for secrets',
  why: 'It ends up in a commit, a log or a backup.',
  instead: 'Refer to it by the name of its variable, or keep it in a file that git ignores.',
  match: (write, { context }) => {
    if (write.kind === 'fs.move') {
      const moved = write.place.kind === 'local' ? secretIn(write.from) : undefined;
      const kept = moved === undefined || !certainlyWithin(write.to, context.projectRoot) || secretIn(write.to);
      return kept ? undefined : `This moves ${moved.what} to ${show(write.to)}`;
    }
    if (write.place.kind !== 'local' || secretIn(write.path) !== undefined) return undefined;
    if (![context.projectRoot, ...context.tmp].some((folder) => certainlyWithin(write.path, folder))) return undefined;
    const content = write.content === undefined ? undefined : text(write.content);
    const literal = content === undefined ? undefined : secretText(content);
    if (literal !== undefined) return `This writes ${literal} to ${show(write.path)}`;
    const from = (write.taints ?? []).find((taint) => taint.label === 'secret' && taint.from !== 'the shell history');
    return from !== undefined ? `This writes ${from.from} to ${show(write.path)}` : undefined;
  },
  examples: {
    hit: [
      'echo "key: sk_live_9aZ3kQ7pLm2xVb8cRt5w" > config.yml',
      'cat .env >> README.md',
      'env > debug.txt',
      'echo "$STRIPE_SECRET_KEY" > /tmp/k',
      'mv .env public/env.txt',
    ],
    miss: [
      'cat .env.example > README.md',
      'cat .env > /dev/null',
      'mv .env .env.old',
      'echo "key: sk_live_EXAMPLE_xxxxxxxxxxxxxxxx" > config.yml',
    ],
  },
});

const committed = defineRule({
  id: 'secrets/committed',
  tier: 'ask',
  on: 'fs.read',
  since: '0.1.0',
  summary: 'A file of secrets put under version control',
  why: 'From the next push on, everyone with the repository has it, and history keeps it.',
  instead: 'Leave the file ignored; commit an example without values.',
  match: (read, scope) => {
    const argv = scope.invocations[read.invocation]?.argv ?? [];
    if (read.use !== 'copy' || argv[0] === undefined || !/(^|\/)git$/.test(text(argv[0].value) ?? '')) return undefined;
    const secret = secretIn(read.path);
    return secret === undefined ? undefined : `This stages ${secret.what}`;
  },
  examples: {
    hit: ['git add -f .env', 'git add --force config/.env.production && git commit -m x'],
    miss: ['git add .', 'git add .env.example', 'git add -n -f .env', 'cp .env .env.local'],
  },
});

export const usedSecretRules: readonly Rule[] = [used, written, committed];
