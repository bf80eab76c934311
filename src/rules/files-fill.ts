// Owns the rule about files that grow until the disk is full.
import { defineRule, type Rule, type Scope } from '../core/rule.ts';
import { show, text } from '../core/value.ts';

const ENDLESS = /^(if=)?\/dev\/(zero|u?random|full)$/;
/** Programs that pass on all they read, so that what has no end has none in the file either. */
const PASSES = /^(cat|gcat|cp|gcp|pv|tee|base64|xxd|hexdump|od)$/;
const UNIT: Readonly<Record<string, number>> = { '': 0, K: 1, M: 2, G: 3, T: 4, P: 5 };
/** No file of everyday work is this large. */
const HUGE = 64 * 1024 ** 3;

function bytes(size: string): number {
  const [, digits = '0', unit = ''] = /^\+?(\d+)([KMGTP]?)(i?B)?$/i.exec(size) ?? [];
  return Number(digits) * 1024 ** (UNIT[unit.toUpperCase()] ?? 0);
}

/** Why what a program writes has no end, or none that matters. */
function fills(words: readonly string[]): string | undefined {
  const [path = '', ...rest] = words;
  const name = path.replace(/^.*\//, '');
  const endless = rest.find((word) => ENDLESS.test(word));
  if (name === 'yes') return 'what yes repeats without an end';
  if (PASSES.test(name) && endless !== undefined) return `all of ${endless}`;
  if (/^g?dd$/.test(name) && endless !== undefined && !rest.some((word) => word.startsWith('count=')))
    return `all of ${endless.replace(/^if=/, '')}`;
  if (!/^(fallocate|mkfile)$/.test(name)) return undefined;
  const size = rest.map((word) => word.replace(/^(-l|--length=)/, '')).find((word) => bytes(word) >= HUGE);
  return size === undefined ? undefined : `${size} of nothing`;
}

const wordsOf = ({ invocations }: Scope, index: number): string[] =>
  (invocations[index]?.argv ?? []).map((word) => text(word.value) ?? '');

export const fileFillRules: readonly Rule[] = [
  defineRule({
    id: 'files/fill',
    tier: 'soft',
    on: 'fs.write',
    since: '0.1.0',
    summary: 'A file that grows until the disk is full',
    why: 'On a full disk every program of the machine fails, and what they were writing is lost.',
    instead: 'Say how much is wanted: head -c, dd with count=, or a smaller size.',
    match: (effect, scope) => {
      if (effect.place.kind !== 'local' || text(effect.path)?.startsWith('/dev/')) return undefined;
      const what = fills(wordsOf(scope, effect.invocation));
      return what === undefined ? undefined : `This writes ${what} to ${show(effect.path)}`;
    },
    examples: {
      hit: [
        'cat /dev/zero > /tmp/x',
        'dd if=/dev/urandom of=/tmp/x bs=1M',
        'yes > filler.txt',
        'fallocate -l 900G /tmp/x',
        'cp /dev/zero x',
      ],
      miss: [
        'dd if=/dev/zero of=/tmp/x bs=1M count=10',
        'head -c 1M /dev/urandom > /tmp/x',
        'cat /dev/urandom | head -c 10 > /tmp/x',
        'yes | head -5 > a.txt',
        'yes > /dev/null',
        'cp /dev/null a.txt',
        'fallocate -l 10M /tmp/x',
      ],
    },
  }),
];
