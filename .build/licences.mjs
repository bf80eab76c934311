// Collects the licences of the packages that are in the bundles: whoever passes those on has to pass on these.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const PACKAGE = /^(?:.*\/)?node_modules\/((?:@[^/]+\/)?[^/]+)\//;
const LICENCE = /^(licen[cs]e|notice|copying)/i;

/** `inputs`: what the bundler read, as paths from the root. */
export function licencesOf(root, inputs) {
  const folders = new Map();
  for (const input of inputs) {
    const [found, name] = PACKAGE.exec(input) ?? [];
    if (found !== undefined) folders.set(name, join(root, found));
  }
  return [...folders]
    .sort(([one], [other]) => one.localeCompare(other))
    .map(([, folder]) => licenceOf(folder))
    .join(`\n${'-'.repeat(80)}\n\n`);
}

/** Some packages ship no text and only name their licence. */
function licenceOf(folder) {
  const { name, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  if (license === undefined) throw new Error(`${name} names no licence`);
  const texts = readdirSync(folder)
    .filter((file) => LICENCE.test(file))
    .map((file) => `\n${readFileSync(join(folder, file), 'utf8').trim()}\n`);
  return `${name}: ${license}\n${texts.join('')}`;
}
