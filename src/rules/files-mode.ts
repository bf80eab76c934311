// Owns the rules about raw devices, modes, owners and attributes.
import { protectedPath } from '../core/protected.ts';
import { defineRule, type Rule } from '../core/rule.ts';
import { text, texts } from '../core/value.ts';
import { targetsOf, textOf } from './targets.ts';

const device = defineRule({
  id: 'files/device',
  tier: 'hard',
  on: ['device', 'fs.write'],
  since: '0.1.0',
  summary: 'Writing to, formatting or partitioning a raw device',
  why: 'It destroys the file system that the device holds.',
  instead: 'Work on an image file in the project or a temporary folder.',
  match: (effect, { context }) => {
    if (effect.kind === 'fs.write')
      return protectedPath(effect.path, context)?.what === 'device'
        ? `This writes to the device ${textOf(effect.path)}`
        : undefined;
    if (!['write', 'format', 'partition'].includes(effect.action)) return undefined;
    const all = texts(effect.target);
    const image = all?.every((each) => !each.startsWith('/dev/') && !/^[a-z]+[0-9]*$/.test(each)) ?? false;
    return {
      message: `This would ${effect.action === 'write' ? 'write to' : effect.action} ${textOf(effect.target)}`,
      ...(image ? { tier: 'ask' as const } : {}),
    };
  },
  examples: {
    hit: ['dd if=/dev/zero of=/dev/sda', 'cat x.img > /dev/sdb', 'tee /dev/nvme0n1 < x.img', 'cp x.img /dev/disk2'],
    miss: ['dd if=/dev/zero of=/tmp/a.img count=1', 'echo x > /dev/null', 'ls > /dev/stderr', 'cat /dev/sda1.txt'],
  },
});

/** Modes that lock everyone out, or let everyone in. */
const LOCKED = /^0*0{1,3}$|^(a|ugo)?(=|-rwx)$|^a-r|^-r|^u-[rwx]*r|^ugo-r/;
const OPEN = /^0*[0-7]?[0-7][2367][2367]$|^0*[0-7]?[0-7]{2}[2367]$|^(a|o|ugo|go)?\+[rx]*w|^(a|o|ugo)=[rx]*w/;

const mode = defineRule({
  id: 'files/mode',
  tier: 'soft',
  on: 'fs.mode',
  since: '0.1.0',
  summary: 'Modes, owners or attributes changed on system folders, homes or whole trees',
  why: 'Programs stop working, or everyone may write.',
  instead: 'Change the one file that needs it, to the narrowest mode.',
  match: (effect, { context }) => {
    const value = text(effect.mode) ?? '';
    for (const target of targetsOf(effect.path, context)) {
      if (target.kind === 'everything')
        return {
          message: `This changes the ${effect.what} of ${target.path}`,
          tier: effect.recursive || LOCKED.test(value) ? 'hard' : 'soft',
        };
      if (
        target.kind === 'outside' &&
        (effect.what !== 'mode' || effect.recursive || OPEN.test(value) || LOCKED.test(value))
      )
        return {
          message: `This changes the ${effect.what} of ${textOf(effect.path)}, outside the project`,
          ...(effect.recursive ? {} : { tier: 'ask' as const }),
        };
      if (effect.what !== 'mode')
        return { message: `This changes the ${effect.what} of ${textOf(effect.path)}`, tier: 'ask' };
      if (effect.recursive && (OPEN.test(value) || LOCKED.test(value)))
        return { message: `This sets mode ${value} on the whole of ${textOf(effect.path)}`, tier: 'ask' };
    }
    return undefined;
  },
  examples: {
    hit: [
      'chmod -R 777 /',
      'chmod -R 000 ~',
      'chown -R root:root .',
      'chmod -R 777 .',
      'chmod 666 ~/x',
      'chattr +i notes.md',
      'chmod -R a+w src',
    ],
    miss: ['chmod +x run.sh', 'chmod 600 config/dev.key', 'chmod -R u+rwX src', 'chmod 644 README.md'],
  },
});

export const fileModeRules: readonly Rule[] = [device, mode];
