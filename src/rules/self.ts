// Owns the rules about changing the guard, the settings, the transcripts and the instructions of coding agents.
import { isWithin } from '../core/path.ts';
import { isGuard } from '../core/protected.ts';
import { defineRule, type Rule } from '../core/rule.ts';
import { texts } from '../core/value.ts';
import { protect } from './protect.ts';

const removed = defineRule({
  id: 'self/guard-removed',
  tier: 'hard',
  on: 'pkg.install',
  since: '0.1.0',
  summary: 'The package of a guard that is uninstalled',
  why: 'The guard is the user’s, not the agent’s.',
  instead: 'Tell the user which rule is in the way and why.',
  match: (effect) => {
    const guard = effect.remove === true && effect.names.flatMap((name) => texts(name) ?? []).find(isGuard);
    return guard ? `This uninstalls ${guard}` : undefined;
  },
  examples: {
    hit: ['npm uninstall -g greenlight', 'brew uninstall tirith', 'pip uninstall -y nah', 'cargo uninstall dcg'],
    miss: ['npm uninstall lodash', 'pip uninstall -y requests', 'npm uninstall greenlight-colors'],
  },
});

export const selfRules: readonly Rule[] = [
  removed,
  protect({
    id: 'self/guard',
    tier: 'hard',
    kinds: ['guard'],
    summary: 'A change to the guard itself: its program, settings or journal',
    why: 'The guard is the user’s, not the agent’s.',
    instead: 'Tell the user which rule is in the way and why.',
    examples: {
      hit: [
        'rm -rf ~/.config/greenlight',
        'echo x > ~/.local/state/greenlight/journal.jsonl',
        'ln -s ~/.nah/config alias',
        'chmod 000 ~/.local/bin/greenlight',
        'rm -rf ~/.claude/plugins/cache/greenlight',
        'echo x > ~/.config/green*/config.json',
      ],
      miss: [
        'cat ~/.config/greenlight/config.json',
        'ls ~/.local/state/greenlight',
        'rm src/greenlight.ts',
        'echo x > docs/greenlight.md',
      ],
    },
  }),
  protect({
    id: 'self/agent-settings',
    tier: 'soft',
    kinds: ['agent-settings'],
    summary: 'A change to the settings, hooks, plugins or servers of a coding agent',
    why: 'They decide what the agent may do, and run code at every start.',
    instead: 'Show the user the change and let them make it.',
    examples: {
      hit: [
        'echo {} > .claude/settings.json',
        'rm -rf ~/.claude/hooks',
        'mv ~/.claude/settings.json /tmp/',
        'ln -sf /dev/null .claude/hooks/guard.sh',
        'sed -i s/deny/allow/ ~/.claude/settings.local.json',
        'echo {} > .mcp.json',
        'cp x ~/.cursor/mcp.json',
        'echo {} > ~/.cl*/settings.json',
        'cd ~/.claude && echo {} > settings.json',
        'tee .claude/settings.json < x',
      ],
      miss: [
        'cat .claude/settings.json',
        'cp ~/.claude/settings.json /tmp/x',
        'ls ~/.claude/hooks',
        'jq .permissions .claude/settings.json',
        'echo {} > settings.json',
      ],
    },
    // Other agents' hooks are project files that a reviewer sees; the settings of the one that runs are not.
    except: (effect, hit) =>
      !/claude|\.mcp\.json/i.test(hit.path) &&
      (/\/hooks(\/|$)/.test(hit.path) || (effect.kind === 'fs.write' && effect.how === 'mkdir'))
        ? 'ask'
        : undefined,
  }),
  protect({
    id: 'self/transcripts',
    tier: 'soft',
    kinds: ['transcripts'],
    summary: 'A change to the transcripts or history of a coding agent',
    why: 'They are the record of what was said and done.',
    instead: 'Leave them; ask the user when disk space is the matter.',
    examples: {
      hit: [
        'rm -rf ~/.claude/projects',
        'echo x >> ~/.claude/projects/p/s.jsonl',
        'truncate -s 0 ~/.claude/history.jsonl',
      ],
      miss: ['ls ~/.claude/projects', 'grep -c x ~/.claude/projects/p/s.jsonl'],
    },
  }),
  protect({
    id: 'self/instructions',
    tier: 'ask',
    kinds: ['instructions'],
    summary: 'A change to instruction files that steer coding agents',
    why: 'Every later session follows what they say.',
    instead: 'Propose the text to the user.',
    examples: {
      hit: ['echo "be brave" >> CLAUDE.md', 'rm AGENTS.md', 'cp x .claude/commands/x.md', 'sed -i s/a/b/ CLAUDE.md'],
      miss: ['cat CLAUDE.md', 'echo x > docs/agents.md'],
    },
    // What lies outside the project steers the agents of every other project too.
    except: (_, hit, { context }) =>
      isWithin(hit.path, context.projectRoot) || !isWithin(hit.path, context.home) ? undefined : 'soft',
  }),
];
