// Turns the argv of programs that hand something to the desktop (open, osascript, say) into effects; knows nothing of policy.
import { parseArgs } from '../../core/options.ts';
import type { Call, EffectDraft, Lowering, Program, Run } from '../../core/program.ts';
import { known } from '../../core/value.ts';
import { at, inspect, literal, mustBeKnown, opaque, reads, writes } from '../kit.ts';
import { wordOf } from '../words.ts';

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

/** The verbs of gio are programs of the same meaning. */
const GIO: Readonly<Record<string, string>> = {
  trash: 'trash',
  remove: 'rm',
  move: 'mv',
  rename: 'mv',
  copy: 'cp',
  cat: 'cat',
  list: 'ls',
  tree: 'ls',
  info: 'stat',
  mkdir: 'mkdir',
  open: 'xdg-open',
};

function gio(call: Call): Lowering {
  const [verb, ...args] = call.args;
  const name = literal(verb);
  if (name === undefined || verb === undefined || /^(help|version|--help|--version)$/.test(name))
    return { effects: [inspect('gio')] };
  const program = GIO[name];
  if (program === undefined) return { effects: [opaque(`gio ${name} is not read`)] };
  return { effects: [], runs: [{ kind: 'argv', argv: [wordOf(program, verb), ...args], via: `gio ${name}` }] };
}

function osascript(call: Call): Lowering {
  const parsed = parseArgs(call.args, { flags: ['-i'], values: ['-e', '-l', '-s'], style: 'words' });
  const code = parsed.all('-e');
  const [file] = parsed.operands;
  const language =
    parsed.has('-l') && !/^applescript$/i.test(literal(parsed.value('-l')) ?? '') ? 'unknown' : 'applescript';
  // Every -e is one line of the same script.
  const lines = code.map(literal);
  const [head] = code;
  const whole =
    head && lines.every((line) => line !== undefined) ? [{ ...head, value: known(lines.join('\n')) }] : code;
  const runs: Run[] = whole.map((text) => ({ kind: 'code', language, text, via: 'osascript -e' }));
  if (code.length === 0 && file) runs.push({ kind: 'file', path: at(call, file), language, via: 'osascript' });
  if (code.length === 0 && !file) return { effects: [opaque('the script of osascript is not read')] };
  return { effects: [inspect('osascript')], runs };
}

export const desktopPrograms: readonly Program[] = [
  {
    names: ['open', 'xdg-open', 'gnome-open', 'kde-open', 'wslview', 'start'],
    lower: open,
    examples: {
      allow: ['open report.html', 'open https://example.com/docs', 'xdg-open coverage/index.html', 'open .'],
      unsettled: ['open -a Calculator', 'open tool.command', 'xdg-open "$X"', 'open x-apple.systempreferences:'],
    },
  },
  {
    names: ['gio'],
    lower: gio,
    examples: {
      allow: ['gio info README.md', 'gio list src'],
      deny: ['gio trash ~', 'gio remove -f /home/dev/Documents'],
      unsettled: ['gio mount smb://host/share', 'gio launch tool.desktop'],
    },
  },
  {
    names: ['osascript', 'osacompile'],
    lower: osascript,
    examples: {
      allow: [
        `osascript -e 'display notification "Tests passed" with title "ci"'`,
        `osascript -e 'do shell script "ls src"'`,
      ],
      deny: [
        `osascript -e 'do shell script "rm -rf ~"'`,
        `osascript -e 'do shell script "ls" with administrator privileges'`,
        `osascript -e 'display dialog "Your password:" default answer "" with hidden answer'`,
        `osascript -e 'tell application "System Events" to make login item at end with properties {path:"/tmp/x"}'`,
      ],
      unsettled: [
        'osascript /tmp/x.scpt',
        `osascript -e 'tell application "Finder" to empty trash'`,
        `osascript -l JavaScript -e '1'`,
        `osascript -e 'do shell script "ls" & x'`,
      ],
    },
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
