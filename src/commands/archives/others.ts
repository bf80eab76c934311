// Turns the argv of 7z, unar and jar into effects; knows nothing of policy.
import type { Word } from '../../core/invocation.ts';
import { parseArgs } from '../../core/options.ts';
import type { Call, EffectDraft, Lowering, Program } from '../../core/program.ts';
import { known } from '../../core/value.ts';
import { at, inspect, literal, mustBeKnown, opaque, reads, writes } from '../kit.ts';

/** `7z a archive files`, `unar`, `unrar x`: the first word names the operation. */
function seven(call: Call): Lowering {
  const [operation, ...rest] = call.args;
  const verb = literal(operation);
  const options = rest.filter((word) => literal(word)?.startsWith('-'));
  const [archive, ...members] = rest.filter((word) => !literal(word)?.startsWith('-'));
  const output = options.map(literal).find((option) => option?.startsWith('-o'));
  const base =
    output && output.length > 2 ? at(call, { ...(operation as Word), value: known(output.slice(2)) }) : call.cwd;
  if (verb === undefined && operation)
    return {
      effects: [...mustBeKnown([operation], `the operation of ${call.name}`), opaque(`${call.name} is not read`)],
    };
  if (!archive || ['l', 't', 'i', 'h', 'b', '--help', 'lb', 'lt', 'v', 'p'].includes(verb ?? ''))
    return { effects: [...reads(call, archive ? [archive] : []), inspect(call.name)] };
  if (verb === 'x' || verb === 'e')
    return { effects: [...reads(call, [archive]), { kind: 'fs.write', path: base, how: 'extract' }] };
  if (!['a', 'u', 'd', 'rn'].includes(verb ?? ''))
    return { effects: [opaque(`${call.name} ${verb ?? ''} is not read`)] };
  const lists = members.filter((word) => literal(word)?.startsWith('@'));
  const removes = options.some((word) => literal(word) === '-sdel');
  return {
    effects: [
      ...reads(
        call,
        members.filter((word) => !lists.includes(word)),
      ),
      // What a list of files cannot find is printed, line by line.
      ...reads(
        call,
        lists.map((word) => ({ ...word, value: known((literal(word) ?? '').slice(1)) })),
      ),
      ...writes(call, [archive], 'edit'),
      ...(removes
        ? members.map((word): EffectDraft => ({ kind: 'fs.delete', path: at(call, word), recursive: true }))
        : []),
    ],
  };
}

function unar(call: Call): Lowering {
  if (call.name === 'lsar')
    return {
      effects: [
        ...reads(
          call,
          call.args.filter((word) => !literal(word)?.startsWith('-')),
        ),
        inspect('lsar'),
      ],
    };
  const parsed = parseArgs(call.args, {
    flags: ['-f', '-r', '-s', '-d', '-D', '-q', '-k', '-t'],
    values: ['-o', '-p', '-e', '-E'],
  });
  const folder = parsed.value('-o');
  return {
    effects: [
      ...reads(call, parsed.operands.slice(0, 1)),
      { kind: 'fs.write', path: folder ? at(call, folder) : call.cwd, how: 'extract' },
      ...mustBeKnown(parsed.dynamic, 'an option of unar'),
    ],
  };
}

/** `jar cf a.jar classes`, `jar tf a.jar`. */
function jar(call: Call): Lowering {
  const [operation, ...rest] = call.args;
  const letters = (literal(operation) ?? '').replace(/^-+/, '');
  const files = rest.filter((word) => !literal(word)?.startsWith('-'));
  if (/^(t|list|describe|help|version)/.test(letters)) return { effects: [...reads(call, files), inspect('jar')] };
  if (/^(x|extract)/.test(letters))
    return { effects: [...reads(call, files), { kind: 'fs.write', path: call.cwd, how: 'extract' }] };
  if (!/^(c|u|create|update)/.test(letters)) return { effects: [opaque('the operation of jar is not known')] };
  return { effects: [...reads(call, files.slice(1)), ...writes(call, files.slice(0, 1), 'edit')] };
}

export const otherArchives: readonly Program[] = [
  {
    names: ['7z', '7za', '7zr', '7zz', 'unrar', 'rar'],
    lower: seven,
    examples: {
      allow: ['7z l a.7z', '7z x a.7z -obuild', '7z a out.7z dist'],
      deny: ['7z x a.7z -o/etc', '7z a a.7z ~ -sdel', '7z a x.7z @/etc/shadow'],
      unsettled: ['7z rn2 a b'],
    },
  },
  {
    names: ['unar', 'lsar'],
    lower: unar,
    examples: { allow: ['unar a.zip -o build', 'lsar a.zip'], deny: ['unar -o /etc a.zip'] },
  },
  {
    names: ['jar'],
    lower: jar,
    examples: { allow: ['jar tf a.jar', 'jar cf build/a.jar classes', 'jar xf a.jar'], unsettled: ['jar frob a.jar'] },
  },
];
