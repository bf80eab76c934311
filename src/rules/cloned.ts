// Owns the rule about building or running a repository that the same command has just brought in.
import { certainlyWithin, resolve } from '../core/path.ts';
import { defineRule, type Rule } from '../core/rule.ts';
import { hasTaint, known, text, type Value } from '../core/value.ts';

/** What a word of the command line names as a path: itself, the value of its option, a package without its extras. */
function placesOf(word: Value, cwd: Value): Value[] {
  const plain = text(word) ?? (word.kind === 'pattern' ? word.glob : undefined);
  if (plain === undefined || plain === '') return [];
  const path = plain.replace(/^(--?[\w.-]+=|-[A-Za-z](?=[./]))?(file:(\/\/)?)?/, '').replace(/\[.*\]$/, '');
  return path === '' || path.startsWith('-') ? [] : [resolve(known(path), cwd)];
}

/** A pattern of files to install in the folder that this file was put into. */
function mayBe(file: string, name: Value, cwd: Value): boolean {
  const [, folder = ''] = /^(.*\/)?[^/]*\*[^/]*$/.exec(text(name) ?? '') ?? [];
  const within = text(resolve(known(folder || '.'), cwd));
  return (text(name) ?? '').includes('*') && within !== undefined && certainlyWithin(known(file), within);
}

export const clonedRules: readonly Rule[] = [
  defineRule({
    id: 'code/cloned',
    tier: 'ask',
    on: ['code.run', 'pkg.install'],
    since: '0.1.0',
    summary: 'Code of a repository that was cloned or unpacked in the same step',
    why: 'Nobody has read it, and building or installing it runs what its authors wrote.',
    instead: 'Clone first, read what the build would run, and let the user say whether it may.',
    match: (effect, { effects, invocations }) => {
      const invocation = invocations[effect.invocation];
      if (invocation === undefined) return undefined;
      const { cwd } = invocation;
      const named = invocation.argv.slice(1).flatMap((word) => placesOf(word.value, cwd));
      for (const other of effects) {
        if (other.kind !== 'fs.write' || !hasTaint(other.taints ?? [], 'downloaded')) continue;
        const folder = text(other.path);
        if (folder === undefined || other.invocation >= effect.invocation) continue;
        const runs = other.how === 'extract' && [cwd, ...named].some((place) => certainlyWithin(place, folder));
        const matched = effect.kind === 'pkg.install' && effect.names.some((name) => mayBe(folder, name, cwd));
        if (!runs && !matched) continue;
        return `This runs code in ${folder}, which came from ${other.taints?.[0]?.from ?? 'outside'} in this very command`;
      }
      return undefined;
    },
    examples: {
      hit: [
        'git clone https://github.com/someone/thing /tmp/thing && cd /tmp/thing && make',
        'git clone https://github.com/someone/thing && cd thing && npm install',
        'gh repo clone someone/thing && (cd thing && go run .)',
        'git clone https://github.com/someone/thing && pip install ./thing[all]',
        'git clone https://github.com/someone/thing && cargo install --path thing',
        'git clone https://github.com/someone/thing && cargo build --manifest-path=thing/Cargo.toml',
        'git clone https://github.com/someone/thing && cmake -S thing -B build',
        'curl -Lo dist/x-1.whl https://example.com/x-1.whl && pip install dist/*.whl',
      ],
      miss: [
        'git clone https://github.com/someone/thing /tmp/thing && ls /tmp/thing',
        'git clone https://github.com/someone/thing /tmp/thing && npm test',
        'cd packages/a && npm install',
        'git clone https://github.com/someone/thing /tmp/thing && pip install -e .',
        'make && git clone https://github.com/someone/thing',
      ],
    },
  }),
];
