// Owns that a proxy is trusted by the user's own settings and by nothing else, the loopback included.
import { describe, expect, it } from 'vitest';
import { assumedContext, assumedFacts } from '../../src/core/assumed.ts';
import { DEFAULT_POLICY } from '../../src/core/context.ts';
import { judgeCommand } from '../../src/judge.ts';
import { machinery } from '../../src/machinery.ts';

function decided(command: string, domains: readonly string[]): string {
  const context = assumedContext('/home/dev/project', { ...DEFAULT_POLICY, domains });
  return judgeCommand(command, context, assumedFacts(context, {}), machinery).verdict.decision;
}

describe('a proxy', () => {
  it.each([
    'export HTTPS_PROXY=http://ann@proxy.corp.example:3128; npm ci',
    'all_proxy=socks5h://proxy.corp.example:1080 curl -s https://example.com',
    'curl -x proxy.corp.example:3128 https://example.com',
    'git config http.proxy http://proxy.corp.example:3128',
    'java -Dhttps.proxyHost=proxy.corp.example -jar build/libs/app.jar',
    'echo "https-proxy=http://proxy.corp.example:3128" >> .npmrc',
  ])('counts as trusted only when the settings name it: %s', (command) => {
    expect(decided(command, ['corp.example'])).toBe('allow');
    expect(decided(command, [])).not.toBe('allow');
    expect(decided(command.replaceAll('proxy.corp.example', '127.0.0.1'), ['corp.example'])).not.toBe('allow');
    expect(decided(command.replaceAll('proxy.corp.example', '127.0.0.1'), ['127.0.0.1'])).toBe('allow');
  });

  it.each([
    'unset http_proxy HTTPS_PROXY ALL_PROXY',
    'http_proxy= https_proxy="" curl -s https://example.com',
    'export NO_PROXY=localhost,127.0.0.1',
    'echo "$http_proxy $HTTPS_PROXY"',
    'env -u https_proxy npm test',
    'git -c http.proxy= fetch origin',
  ])('that is not used, or only looked at, is nothing: %s', (command) => {
    expect(decided(command, [])).toBe('allow');
  });
});
