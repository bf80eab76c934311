// Owns what environment variables do to a verdict: those that run, load or trust something, and those that do not.
import { describe, expect, it } from 'vitest';
import { judgeExample } from '../../src/judge-example.ts';

const decide = (command: string): string => {
  const { decision } = judgeExample(command).verdict;
  return decision === 'ask' || decision === 'classify' ? 'unsettled' : decision;
};

const ALLOWED = [
  'PAGER=cat ls',
  'GIT_PAGER=cat ls',
  'EDITOR=true ls',
  'EDITOR="code --wait" ls',
  'PAGER="less -R" ls',
  'NODE_OPTIONS=--max-old-space-size=4096 ls',
  'NODE_OPTIONS="--no-warnings --enable-source-maps" ls',
  'PATH="$PWD/node_modules/.bin:$PATH" ls',
  'export PATH="$HOME/.cargo/bin:$PATH" && ls',
  'PYTHONPATH=src ls',
  'PYTHONPATH=. ls',
  'ENV=production ls',
  'MAKEFLAGS=-j4 ls',
  'JAVA_TOOL_OPTIONS=-Xmx2g ls',
  'GIT_CONFIG_GLOBAL=/dev/null ls',
  'HUSKY=1 ls',
  'HISTFILE=.history ls',
  'FOO=bar BAZ=qux ls',
  'CC=clang ls',
  'GIT_SEQUENCE_EDITOR="sed -i s/pick/squash/" ls',
];

const DENIED = [
  'LD_PRELOAD=/tmp/x.so ls',
  'DYLD_INSERT_LIBRARIES=/tmp/x.dylib ls',
  'export LD_PRELOAD=./x.so; ls',
  'PAGER="sh -c \'rm -rf ~\'" ls',
  'GIT_EDITOR="rm -rf ~ #" ls',
  'LESSOPEN="|rm -rf ~" ls',
  'PROMPT_COMMAND="rm -rf ~" ls',
  "PS4='$(rm -rf ~)' ls",
  'env EDITOR="rm -rf ~" ls',
];

const UNSETTLED = [
  'PATH=/tmp/bin:$PATH ls',
  'PATH="$UNSET/bin" ls',
  'BASH_ENV=/tmp/x ls',
  'NODE_OPTIONS="--require /tmp/x.js" ls',
  'NODE_OPTIONS="$UNSET" ls',
  'PYTHONPATH=/tmp/x ls',
  'PERL5OPT=-Mevil ls',
  'MAKEFLAGS=--eval=x ls',
  'GIT_EXEC_PATH=/tmp/x ls',
  'GIT_SSH_COMMAND="ssh -i ~/.ssh/deploy_key" ls',
  'TAR_OPTIONS=--checkpoint-action=exec=id ls',
  'RIPGREP_CONFIG_PATH=/tmp/x ls',
  'HTTPS_PROXY=http://x.example:3128 ls',
];

describe('environment variables', () => {
  it.each(ALLOWED)('allows %s', (command) => expect(decide(command)).toBe('allow'));
  it.each(DENIED)('denies %s', (command) => expect(decide(command)).toBe('deny'));
  it.each(UNSETTLED)('does not settle %s', (command) => expect(decide(command)).toBe('unsettled'));
});
