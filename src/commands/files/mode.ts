// Turns the argv of programs that change modes, owners and attributes into effects; knows nothing of policy.
import type { Word } from '../../core/invocation.ts';
import { parseArgs } from '../../core/options.ts';
import type { Call, EffectDraft, Lowering, Program } from '../../core/program.ts';
import { known } from '../../core/value.ts';
import { at, inspect, literal, mustBeKnown, opaque, reader, reads } from '../kit.ts';
import { wordOf } from '../words.ts';

const RECURSIVE = [
  '-R --recursive',
  '-f --silent --quiet',
  '-v --verbose',
  '-c --changes',
  '-h --no-dereference',
  '-H',
  '-L',
  '-P',
  '--dereference',
  '--preserve-root',
  '--no-preserve-root',
];
/** `chmod -x file`: a mode that looks like options. */
const MODE_LIKE = /^-[rwxXst]+(,|$)/;
const SETS_ID = /^0*[2-7][0-7]{3}$|(^|,)[ugoa]*[+=][rwxXt]*s/;

const changes = (
  call: Call,
  files: readonly Word[],
  mode: Word | undefined,
  what: 'mode' | 'owner' | 'attributes',
  recursive: boolean,
): EffectDraft[] =>
  files.map((word) => ({
    kind: 'fs.mode',
    path: at(call, word),
    mode: mode?.value ?? known(''),
    recursive,
    what,
    span: word.span,
  }));

function chmod(call: Call): Lowering {
  const minus = call.args.find((word) => MODE_LIKE.test(literal(word) ?? ''));
  const parsed = parseArgs(
    call.args.filter((word) => word !== minus),
    { flags: RECURSIVE, values: ['--reference'] },
  );
  const reference = parsed.value('--reference');
  const given = minus !== undefined || reference !== undefined;
  const mode = minus ?? reference ?? parsed.operands[0];
  const files = given ? parsed.operands : parsed.operands.slice(1);
  const setsId = reference === undefined && SETS_ID.test(literal(mode) ?? '');
  return {
    effects: [
      ...changes(call, files, mode, 'mode', parsed.has('-R') || parsed.dynamic.length > 0),
      ...(setsId ? [{ kind: 'privilege' as const, how: 'setuid' as const, what: `chmod ${literal(mode)}` }] : []),
      ...mustBeKnown(mode && !reference ? [mode] : [], 'the mode'),
      ...parsed.unlisted.map((option) => opaque(`chmod ${option.name} is not an option that is known`)),
      inspect('chmod'),
    ],
  };
}

function chown(call: Call): Lowering {
  const parsed = parseArgs(call.args, { flags: RECURSIVE, values: ['--reference', '--from'] });
  const reference = parsed.value('--reference');
  const owner = reference ?? parsed.operands[0];
  const files = reference ? parsed.operands : parsed.operands.slice(1);
  return {
    effects: [
      ...changes(call, files, owner, 'owner', parsed.has('-R') || parsed.dynamic.length > 0),
      inspect(call.name),
    ],
  };
}

function attributes(call: Call): Lowering {
  const modes = call.args.filter((word) => /^[-+=][aAcCdDeijFmPsStTux]+$/.test(literal(word) ?? ''));
  const files = call.args.filter((word) => !modes.includes(word) && !/^-[RVf]+$/.test(literal(word) ?? ''));
  const recursive = call.args.some((word) => /^-[Vf]*R/.test(literal(word) ?? ''));
  const named = call.name === 'chflags' ? files.slice(1) : files;
  return {
    effects: [
      ...changes(call, named, modes[0] ?? wordOf(call.name, { span: call.invocation.span }), 'attributes', recursive),
      inspect(call.name),
    ],
  };
}

function setfacl(call: Call): Lowering {
  const parsed = parseArgs(call.args, {
    flags: ['-b --remove-all', '-k --remove-default', '-n', '-R --recursive', '-L', '-P', '-d --default', '--test'],
    values: [
      '-m --modify',
      '-M --modify-file',
      '-x --remove',
      '-X --remove-file',
      '--set',
      '--set-file',
      '--restore',
      '-n',
      '-v',
      '-h',
    ],
  });
  if (parsed.has('--restore')) return { effects: [opaque('the file that setfacl --restore reads is not read')] };
  const mode = parsed.value('-m', '--set', '-x') ?? wordOf('', { span: call.invocation.span });
  return {
    effects: [
      ...reads(call, parsed.all('-M', '-X')),
      ...changes(call, parsed.operands, mode, 'attributes', parsed.has('-R')),
      inspect(call.name),
    ],
  };
}

export const modes: readonly Program[] = [
  {
    names: ['chmod', 'gchmod'],
    lower: chmod,
    examples: {
      allow: [
        'chmod +x scripts/run.sh',
        'chmod 600 config/dev.key',
        'chmod -x a.sh',
        'chmod -R u+rwX src',
        'chmod 755 bin/*',
      ],
      deny: [
        'chmod -R 000 ~',
        'chmod -R 777 /',
        'chmod u+s /bin/bash',
        'chmod 4755 a.out',
        'chmod 000 ~/.claude/hooks/guard.sh',
        'chmod --recursive 777 /etc',
      ],
      unsettled: ['chmod -R 777 .', 'chmod 644 ~/x', 'chmod "$MODE" a.sh'],
    },
  },
  {
    names: ['chown', 'chgrp', 'gchown'],
    lower: chown,
    examples: {
      deny: ['chown -R nobody /', 'chown -R root ~', 'chown me /etc/shadow'],
      unsettled: ['chown -R root:root .', 'chown dev a.txt', 'chgrp staff src'],
    },
  },
  {
    names: ['chattr', 'chflags'],
    lower: attributes,
    examples: {
      deny: ['chattr +i ~/.claude/settings.json', 'chattr -i /etc/passwd'],
      unsettled: ['chattr +i a.txt', 'chflags hidden a.txt'],
    },
  },
  {
    names: ['setfacl', 'setfattr'],
    lower: setfacl,
    examples: {
      unsettled: ['setfacl -m u:bob:rw a.txt', 'setfacl --restore=acl.txt'],
      deny: ['setfacl -m u:bob:rw /etc/shadow'],
    },
  },
  reader(['getfacl', 'lsattr', 'getfattr'], {
    values: ['-n', '-e', '-m'],
    use: 'names',
    output: { taints: [] },
    examples: { allow: ['getfacl src', 'lsattr a.txt'] },
  }),
];
