// Reads AppleScript for the commands it runs and for what it asks the user or the system for; everything else in it stays unread.
import type { EffectDraft, ReadCode, Run } from '../../core/program.ts';
import { known } from '../../core/value.ts';

const TEXT = '"((?:[^"\\\\]|\\\\.)*)"';
/** What follows decides whether the text is the whole command: `&` joins more to it. */
const SHELL = new RegExp(`\\bdo (?:shell )?script\\s+(?:${TEXT}(?!\\s*&))?`, 'gi');
/** Shown or heard, and gone. */
const NOTICE = new RegExp(
  `^(?:display notification ${TEXT}(?: (?:with title|subtitle|sound name) ${TEXT})*|beep(?: \\d+)?|say ${TEXT}|return ${TEXT})$`,
  'i',
);
const ASKS: readonly { readonly when: RegExp; readonly effect: EffectDraft }[] = [
  {
    when: /with administrator privileges/i,
    effect: { kind: 'privilege', how: 'escape', what: 'administrator privileges' },
  },
  {
    when: /\bhidden answer\b/i,
    effect: { kind: 'secret.read', what: 'a password that the user is asked to type', shown: true },
  },
  {
    when: /\b(make|new)\b.*\blogin items?\b|\blogin items?\b.*\bmake\b/is,
    effect: { kind: 'persist', how: 'login-item', what: known('a login item') },
  },
];

const written = (body: string): string => body.replace(/\\(["\\])/g, '$1').replace(/\\n/g, '\n');

export const readAppleScript: ReadCode = (text) => {
  const effects = ASKS.filter(({ when }) => when.test(text)).map(({ effect }) => effect);
  const runs = [...text.matchAll(SHELL)].flatMap(([, body]): Run[] =>
    body === undefined
      ? []
      : [
          {
            kind: 'shell',
            via: 'osascript',
            text: { value: known(written(body)), taints: [], fields: 'one', span: { start: 0, end: 0 } },
          },
        ],
  );
  const lines = text.split('\n').map((line) => line.trim().replace(/^try$|^end try$|^--.*$/, ''));
  const alone = new RegExp(`^do shell script ${TEXT}( with administrator privileges)?$`, 'i');
  const read = lines.every((line) => line === '' || NOTICE.test(line) || alone.test(line));
  if (!read) effects.push({ kind: 'opaque', layer: 'code', because: 'AppleScript that is not read' });
  return { effects: effects.length > 0 || runs.length > 0 ? effects : [{ kind: 'inspect', what: 'a notice' }], runs };
};
