// Owns the rules about starting other agents.
import { defineRule, type Rule } from '../core/rule.ts';

export const agentRules: readonly Rule[] = [
  defineRule({
    id: 'agents/approvals-off',
    tier: 'hard',
    on: 'agent.spawn',
    since: '0.1.0',
    summary: 'Starts another agent with its approvals switched off',
    why: 'Everything that agent does would go unchecked, whatever this session may do.',
    instead: 'Do the work in this session, or start the agent with its normal approvals.',
    match: (effect) => (effect.approvals === 'off' ? `${effect.agent} would run without approvals` : undefined),
    examples: {
      hit: [
        'claude -p "go" --dangerously-skip-permissions',
        'codex exec --full-auto "go"',
        'gemini --yolo -p go',
        'env claude --permission-mode=bypassPermissions -p go',
      ],
      miss: ['claude --version', 'claude -p "explain"', 'grep -r "dangerously-skip-permissions" docs'],
    },
  }),
  defineRule({
    id: 'agents/settings',
    tier: 'soft',
    on: 'self.change',
    since: '0.1.0',
    summary: 'Changes the settings, servers, hooks or plugins of a coding agent',
    why: 'They decide what an agent may do and what watches over it; an agent must not set its own limits.',
    instead: 'Tell the user what you would change and why, and let them do it.',
    match: (effect) => `this changes ${effect.what}`,
    examples: {
      hit: ['claude mcp add files -- npx some-server', 'codex mcp add x -- node s.js', 'claude plugin disable guard'],
      miss: ['claude mcp list', 'claude plugin validate .', 'claude --version'],
    },
  }),
];
