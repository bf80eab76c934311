// Turns the argv of programs that rewrite files by patch text, pattern or text replacement into effects; knows nothing of policy.
import { parseArgs } from '../../core/options.ts';
import type { Call, EffectDraft, Lowering, Program } from '../../core/program.ts';
import { known } from '../../core/value.ts';
import { at, inspect, literal, mustBeKnown, opaque, reader, reads, wantsHelp, writes } from '../kit.ts';
import { streamWord, wordOf } from '../words.ts';

/** The patch text of Codex: `*** Add File: a`, `*** Update File: b`, `*** Move to: c`, `*** Delete File: d`. */
function applyPatch(call: Call): Lowering {
  const word = call.args[0] ?? streamWord(call.stdin, call.invocation);
  const patch = literal(word);
  if (patch === undefined || call.args.length > 1 || !/^\s*\*\*\* Begin Patch\n/.test(patch))
    return { effects: [opaque('a patch that is not known', word.span)] };
  const effects: EffectDraft[] = patch
    .split(/^(?=\*\*\* (?:Add File|Update File|Delete File|Move to): )/m)
    .flatMap((section): EffectDraft[] => {
      const [, verb = '', name = ''] = /^\*\*\* (Add File|Update File|Delete File|Move to): (.+)/.exec(section) ?? [];
      if (name === '') return [];
      const path = at(call, wordOf(name.trim(), word));
      if (verb === 'Delete File') return [{ kind: 'fs.delete', path, recursive: false, span: word.span }];
      if (verb === 'Update File') return [{ kind: 'fs.write', path, how: 'edit', span: word.span }];
      const content = section
        .split('\n')
        .filter((line) => line.startsWith('+'))
        .map((line) => `${line.slice(1)}\n`);
      return [
        {
          kind: 'fs.write',
          path,
          how: 'overwrite',
          span: word.span,
          ...(verb === 'Add File' ? { content: known(content.join('')) } : {}),
        },
      ];
    });
  return { effects: [...effects, inspect(call.name)] };
}

/** `sd FROM TO FILE…` edits the files; without one it filters its input. */
function sd(call: Call): Lowering {
  const parsed = parseArgs(call.args, {
    flags: ['-p --preview', '-F --fixed-strings', '-s --string-mode', '-A --across'],
    values: ['-n --max-replacements', '-f --flags'],
  });
  const files = parsed.operands.slice(2);
  return {
    effects: [
      ...reads(call, files),
      ...(parsed.has('-p') || wantsHelp(call.args) ? [] : writes(call, files, 'edit')),
      ...mustBeKnown(parsed.dynamic, 'an option of sd'),
      ...parsed.unlisted.map((option) => opaque(`sd ${option.name} is not an option that is known`)),
      inspect('sd'),
    ],
  };
}

/** Searches a folder and replaces in all files it finds. */
function fastmod(call: Call): Lowering {
  const parsed = parseArgs(call.args, {
    flags: [
      '--accept-all',
      '-F --fixed-strings',
      '-i --ignore-case',
      '-m --multiline',
      '--hidden',
      '--print-changed-files',
    ],
    values: ['-d --dir', '-e --extensions', '-g --glob', '--iglob'],
  });
  const named = [...parsed.operands.slice(2), ...parsed.all('-d')];
  return {
    effects: [
      ...(named.length > 0
        ? writes(call, named, 'edit')
        : [{ kind: 'fs.write', path: call.cwd, how: 'edit', span: call.invocation.span } as EffectDraft]),
      ...mustBeKnown(parsed.dynamic, 'an option of fastmod'),
      ...parsed.unlisted.map((option) => opaque(`fastmod ${option.name} is not an option that is known`)),
    ],
  };
}

export const rewriters: readonly Program[] = [
  {
    names: ['apply_patch', 'applypatch'],
    lower: applyPatch,
    examples: {
      allow: [
        "apply_patch <<'E'\n*** Begin Patch\n*** Update File: src/a.ts\n@@\n-a\n+b\n*** End Patch\nE",
        "apply_patch '*** Begin Patch\n*** Add File: src/new.ts\n+export {};\n*** End Patch'",
      ],
      deny: [
        "apply_patch <<'E'\n*** Begin Patch\n*** Update File: /home/dev/.bashrc\n@@\n+x\n*** End Patch\nE",
        "apply_patch <<'E'\n*** Begin Patch\n*** Update File: a\n*** Move to: ../.ssh/authorized_keys\n@@\n+x\n*** End Patch\nE",
      ],
      unsettled: [
        "apply_patch <<'E'\n*** Begin Patch\n*** Delete File: /home/dev/notes.md\n*** End Patch\nE",
        'apply_patch < /tmp/unseen.patch',
        'apply_patch "$PATCH"',
      ],
    },
  },
  {
    names: ['sd'],
    lower: sd,
    examples: {
      allow: ["sd 'foo' 'bar' src/a.rs src/*.ts", 'echo a | sd a b', "sd -p 'a(.)' '$1' a.txt"],
      deny: ["sd 'a' 'b' ~/.bashrc"],
      unsettled: ['sd a b "$FILE"', 'sd a b ~/notes.txt'],
    },
  },
  {
    names: ['fastmod'],
    lower: fastmod,
    examples: {
      allow: ["fastmod --accept-all 'Old' 'New' src", 'fastmod -m --extensions ts a b'],
      unsettled: ['fastmod a b ~/other', 'fastmod a b -d /srv/www'],
    },
  },
  reader(['datamash'], {
    values: ['-t --field-separator', '-g --group', '-R --round', '-F --format', '--output-delimiter', '--filler'],
    skip: Number.POSITIVE_INFINITY,
    examples: { allow: ['datamash -s -g 1 mean 2 < a.tsv', 'datamash -t, sum 1'] },
  }),
];
