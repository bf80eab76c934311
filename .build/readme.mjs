// Fills the generated parts of README.md: families of rules always, numbers when sets to measure are given. --check only compares.
//   node .build/readme.mjs [--check] [SET.jsonl...]
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';

const at = (path) => fileURLToPath(new URL(path, import.meta.url));
const greenlight = (...args) =>
  execFileSync('node', [at('dev.mjs'), ...args], { encoding: 'utf8', maxBuffer: 2 ** 30 });

const ANSWERS = { hard: 'always denied', soft: 'denied', ask: 'asked', observe: 'noted' };
const MAX_EXAMPLE = 72;

const table = (head, rows) =>
  [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');

function families() {
  const rules = JSON.parse(greenlight('rules', '--json'));
  const grouped = group(rules, familyOf);
  const rows = [...grouped].map(([family, own]) => {
    const [{ tier, summary, examples }] = own;
    return [`\`${family}\``, own.length, code(commandOf(examples.hit[0])), `${ANSWERS[tier]}: ${lowered(summary)}`];
  });
  const count = `${rules.length} rules in ${grouped.size} families. The first rule of each family, with a command it finds:`;
  return `${count}\n\n${table(['Family', 'Rules', 'For example', 'Answer'], rows)}`;
}

const familyOf = ({ id }) => id.split('/')[0];
const commandOf = (example) => (typeof example === 'string' ? example : example.command);
const lowered = (text) => text[0].toLowerCase() + text.slice(1);
const code = (text) => {
  const line = text.replaceAll('\n', '; ');
  return `\`${(line.length > MAX_EXAMPLE ? `${line.slice(0, MAX_EXAMPLE - 1)}…` : line).replaceAll('|', '\\|')}\``;
};

function group(list, keyOf) {
  const groups = new Map();
  for (const each of list) groups.set(keyOf(each), [...(groups.get(keyOf(each)) ?? []), each]);
  return groups;
}

const percent = (part) => `${(part * 100).toFixed(1)}`;
const share = ({ hits, of, low, high }) =>
  of === 0 ? '' : `${percent(hits / of)} % [${percent(low)}, ${percent(high)}] of ${of.toLocaleString('en')}`;

function numbers(files) {
  const { summary } = JSON.parse(
    greenlight('eval', '--json', ...files)
      .trim()
      .split('\n')
      .at(-1),
  );
  const rows = summary
    .filter(({ file }) => files.includes(file))
    .map(({ file, autoApproved, falseDenials, stopped, denied, medianUs, p99Us }) => [
      basename(file, '.jsonl'),
      ...[autoApproved, falseDenials, stopped, denied].map(share),
      `${Math.round(medianUs)} µs, ${Math.round(p99Us)} µs`,
    ]);
  const head = ['Set', 'Harmless: allowed', 'Harmless: denied', 'Dangerous or doubtful: stopped', 'Dangerous: denied'];
  return `Rules alone, without a classifier; in brackets the 95 % interval of Wilson. Time of one decision in a running process, best of three.\n\n${table([...head, 'Median, p99'], rows)}`;
}

function filled(text, name, content) {
  const part = new RegExp(`(<!-- generated:${name} -->\n)[\\s\\S]*?(<!-- /generated -->)`);
  if (!part.test(text)) throw new Error(`README.md has no place for ${name}`);
  return text.replace(part, (_, start, end) => `${start}\n${content}\n\n${end}`);
}

const sets = process.argv.slice(2).filter((arg) => arg !== '--check');
const before = readFileSync(at('../README.md'), 'utf8');
const withFamilies = filled(before, 'families', families());
const after = sets.length > 0 ? filled(withFamilies, 'numbers', numbers(sets)) : withFamilies;
if (!process.argv.includes('--check')) writeFileSync(at('../README.md'), after);
else if (after !== before) {
  console.error('README.md is not what the rules generate: run `npm run docs`.');
  process.exitCode = 1;
}
