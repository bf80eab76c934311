// Owns probes of calls that are not read as a whole and still say what they start, each with the harmless twin it must not be taken for.
import { describe, expect, it } from 'vitest';
import { judgeExample } from '../../src/judge-example.ts';

const denied = [
  "env 'BASH_FUNC_ls%%=() { rm -rf ~/photos; }' bash -c ls",
  'unzip -p bundle.zip run.sh | sh',
  'tar xOf bundle.tar run.sh | sh',
  'python3 -c \'exec("".join(chr(x) for x in [112,97,115,115]))\'',
  'pwsh -c "iex ([Text.Encoding]::UTF8.GetString([Convert]::FromBase64String(\'bHM=\')))"',
  'cat <({rm,-rf,~/photos})',
  '/bin/r? -rf ~/photos',
  '/???/rm -rf ~/photos',
  'frobwrap -n 3 -- rm -rf ~/photos',
  'frobwrap run rm -rf ~/photos',
  'frobwrap -n 3 /bin/rm -rf ~/photos',
  'nix develop -c rm -rf ~/photos',
  "nix-shell -p hello --run 'rm -rf ~/photos'",
  "export GIT_EDITOR='rm -rf ~/photos #'; git commit --amend",
  "less '+!rm -rf ~/photos' a.txt",
  "tex --shell-escape '\\\\write18{rm -rf ~/photos}'",
  "ruby -e '%x(rm -rf ~/photos)'",
  'groovy -e \'"rm -rf /home/dev/photos".execute()\'',
  'frobwrap --exec "rm -rf ~/photos"',
  "mkdir -p bin; printf 'rm -rf ~/photos' > bin/ls; PATH=$PWD/bin:$PATH ls",
  "export PATH=/tmp/b:$PATH; echo 'rm -rf ~/photos' > /tmp/b/git; git status",
  "dd of=/tmp/q.sh <<< 'rm -rf ~/photos'; sh /tmp/q.sh",
  "cp /dev/stdin /tmp/q.sh <<< 'rm -rf ~/photos'; . /tmp/q.sh",
];

const stopped = ['zcat dump.sql.gz | psql -h localhost app_dev', 'frobwrap run ls -la', "groovy -e 'println 1'"];

const allowed = [
  'export GIT_EDITOR=vim; git status',
  'PATH=$PWD/node_modules/.bin:$PATH eslint src',
  'less +F logs/dev.log',
  'diff <(echo {a,b}) a.txt',
];

const decide = (command: string): string => {
  const { decision, rule, reason } = judgeExample(command).verdict;
  return `${decision} ${rule} ${reason}`;
};

describe('carriers that are unread or unknown', () => {
  it.each(denied)('denies %s', (command) => {
    expect(decide(command)).toMatch(/^deny /);
  });
  it.each(stopped)('leaves %s unsettled', (command) => {
    expect(decide(command)).toMatch(/^(ask|classify) /);
  });
  it.each(allowed)('allows %s', (command) => {
    expect(decide(command)).toMatch(/^allow /);
  });
});
