// Owns the rules about writing over what is there: files without a copy, wiping, the whole file system.
import { regenerable } from '../core/regenerable.ts';
import { defineRule, type Rule } from '../core/rule.ts';
import { text, texts } from '../core/value.ts';
import { loss, targetsOf, textOf } from './targets.ts';

const overwrite = defineRule({
  id: 'files/overwrite',
  tier: 'ask',
  on: ['fs.write', 'fs.move'],
  since: '0.1.0',
  summary: 'Overwriting of a file whose content git cannot bring back',
  why: 'What the file held before this session is gone for good.',
  instead: 'Write to a new name, or copy the old content aside first.',
  match: (effect, scope) => {
    if (effect.kind === 'fs.write' && effect.how !== 'overwrite') return undefined;
    for (const path of texts(effect.kind === 'fs.write' ? effect.path : effect.to) ?? []) {
      const target = targetsOf({ kind: 'known', text: path }, scope.context)[0];
      if (target?.kind !== 'inside') continue;
      const fact = scope.facts('path', { path });
      if (fact?.type !== 'file' || regenerable(path) === 'always') continue;
      const hit = loss(path, scope);
      if (hit) return `This replaces a file: ${hit.what}`;
    }
    return undefined;
  },
  examples: {
    hit: ['cp /dev/null .env', 'echo A=1 > .env', ': > local.sqlite', 'mv new.db data.db'],
    miss: [
      'echo A=1 >> .env',
      'echo hello > notes.md',
      'cat .env > /dev/null',
      'cp .env.example .env.test',
      'sed -i s/a/b/ src/a.ts',
    ],
  },
});

const wipe = defineRule({
  id: 'files/wipe',
  tier: 'ask',
  on: 'fs.write',
  since: '0.1.0',
  summary: 'Wiping of a file so that nothing can be recovered',
  why: 'Shredding is meant to be final.',
  instead: 'Delete the file in the ordinary way, or ask the user.',
  match: (effect, { context, facts }) => {
    if (effect.wipe !== true) return undefined;
    const path = text(effect.path);
    const fact = path === undefined ? undefined : facts('path', { path });
    if (fact && (!fact.exists || fact.session !== 'before')) return undefined;
    const outside = targetsOf(effect.path, context).some(({ kind }) => kind !== 'inside');
    return { message: `This wipes ${textOf(effect.path)}`, ...(outside ? { tier: 'soft' as const } : {}) };
  },
  examples: {
    hit: ['shred -u notes.md', 'dd if=/dev/urandom of=notes.md count=1', 'shred ~/photos/a.jpg'],
    miss: ['rm notes.md', 'dd if=/dev/zero of=/tmp/blank.img count=1', 'shred -u /tmp/key'],
  },
});

const everywhere = defineRule({
  id: 'files/everywhere',
  tier: 'soft',
  on: 'fs.write',
  since: '0.1.0',
  summary: 'Files written all over the file system or straight into a home',
  why: 'It can replace files that every program or the user relies on.',
  instead: 'Unpack into a new folder of the project, look, then copy what is wanted.',
  match: (effect, { context }) => {
    if (effect.place.kind !== 'local' || effect.how === 'mkdir') return undefined;
    const glob = effect.path.kind === 'pattern' ? effect.path.glob : undefined;
    const root = text(effect.path) === '/' || glob?.startsWith('/**') === true;
    const spills =
      effect.how === 'extract' && targetsOf(effect.path, context).some(({ kind }) => kind === 'everything');
    const whole = glob === `${context.projectRoot}/**`;
    if (!root && !spills && !whole) return undefined;
    return { message: `This writes into ${textOf(effect.path)}`, ...(root ? {} : { tier: 'ask' as const }) };
  },
  examples: {
    hit: [
      'tar xf a.tar -C /',
      'unzip -o a.zip -d ~',
      "find / -name '*.log' -exec truncate -s 0 {} \\;",
      'find . -type f -exec sed -i s/a/b/ {} +',
    ],
    miss: [
      'tar xf a.tar -C build',
      'unzip a.zip',
      'find src -type f -exec sed -i s/a/b/ {} +',
      'cp a.txt ~/a.txt',
      'mkdir -p ~/x',
    ],
  },
});

export const fileWriteRules: readonly Rule[] = [overwrite, wipe, everywhere];
