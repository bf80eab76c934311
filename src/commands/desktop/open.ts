// Turns the argv of programs that hand something to the desktop (open, osascript, say) into effects; knows nothing of policy.
import { parseArgs } from '../../core/options.ts';
import type { Call, EffectDraft, Lowering, Program, Run } from '../../core/program.ts';
import { at, inspect, literal, mustBeKnown, opaque, reads, writes } from '../kit.ts';

const URL = /^[a-z][a-z0-9+.-]*:/i;
/** Endings of files that opening only shows. */
const SHOWN =
  /\.(html?|pdf|png|jpe?g|gif|svg|webp|md|txt|csv|json|ya?ml|log|xml|mp[34]|mov|wav|docx?|xlsx?|pptx?|key|pages|numbers|ts|tsx|js|css|xcodeproj|xcworkspace)$/i;

/** Opening a page or a document shows it; opening an application, script or other address runs something. */
function open(call: Call): Lowering {
  const parsed = parseArgs(call.args, {
    flags: ['-e', '-t', '-f', '-F', '-W', '-R', '-n', '-g', '-j', '-h', '--help', '--version', '-u'],
    values: ['-a', '-b', '-s', '--args', '--env', '--stdin', '--stdout', '--stderr', '--arch'],
    style: 'words',
  });
  const effects: EffectDraft[] = [];
  for (const word of parsed.operands) {
    const whole = literal(word);
    if (whole === undefined)
      effects.push(
        ...mustBeKnown([word], 'what is opened'),
        ...(word.value.kind === 'oneOf' ? [opaque('what is opened is not known')] : []),
      );
    else if (/^https?:/i.test(whole)) effects.push({ kind: 'net.fetch', url: word.value });
    else if (URL.test(whole)) effects.push(opaque(`${call.name} hands ${whole.split(':')[0]}: to another program`));
    else if (
      SHOWN.test(whole) ||
      parsed.has('-e', '-t', '-R') ||
      whole === '.' ||
      whole.endsWith('/') ||
      !/\.\w+$/.test(whole)
    )
      effects.push(...reads(call, [word]));
    else effects.push(opaque(`${call.name} may run ${whole}`));
  }
  if (parsed.has('-a', '-b', '--args')) effects.push(opaque(`${call.name} starts an application`));
  return {
    effects: [
      ...effects,
      ...parsed.unlisted.map((option) => opaque(`${call.name} ${option.name} is not read`)),
      inspect(call.name),
    ],
  };
}

function osascript(call: Call): Lowering {
  const parsed = parseArgs(call.args, { flags: ['-i'], values: ['-e', '-l', '-s'], style: 'words' });
  const code = parsed.all('-e');
  const [file] = parsed.operands;
  const runs: Run[] = code.map((text) => ({ kind: 'code', language: 'applescript', text, via: 'osascript -e' }));
  if (code.length === 0 && file)
    runs.push({ kind: 'file', path: at(call, file), language: 'applescript', via: 'osascript' });
  if (code.length === 0 && !file) return { effects: [opaque('the script of osascript is not read')] };
  return { effects: [inspect('osascript')], runs };
}

export const desktopPrograms: readonly Program[] = [
  {
    names: ['open', 'xdg-open', 'gnome-open', 'kde-open', 'wslview', 'start', 'gio'],
    lower: open,
    examples: {
      allow: ['open report.html', 'open https://example.com/docs', 'xdg-open coverage/index.html', 'open .'],
      unsettled: ['open -a Calculator', 'open tool.command', 'xdg-open "$X"', 'open x-apple.systempreferences:'],
    },
  },
  {
    names: ['osascript', 'osacompile'],
    lower: osascript,
    examples: { unsettled: ['osascript -e \'do shell script "id"\'', 'osascript /tmp/x.scpt'] },
  },
  {
    names: ['say'],
    lower: (call) => {
      const parsed = parseArgs(call.args, { values: ['-o', '--output-file', '-v', '-r', '-f', '-w', '-s'] });
      return {
        effects: [
          ...writes(call, parsed.all('-o', '--output-file', '-w')),
          ...reads(call, parsed.all('-f')),
          inspect(call.name),
        ],
      };
    },
    examples: { allow: ['say done'], deny: ['say -o ~/.bashrc hi'] },
  },
];
