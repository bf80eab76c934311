// Answers one event of the host, as the installed hook does.
import { run } from '../hook.ts';
import { EXIT, UsageError, type Verb } from './verb.ts';

export const hookVerb: Verb = {
  name: 'hook',
  operands: '[EVENT]',
  summary: 'Answer one hook event read from standard input (default event: PreToolUse)',
  options: {},
  examples: [
    `echo '{"hook_event_name":"PreToolUse","session_id":"s","cwd":"/tmp","tool_name":"Bash","tool_input":{"command":"ls"}}' | greenlight hook`,
  ],
  run: async ({ operands }, { out }) => {
    const [event = 'PreToolUse', ...more] = operands;
    if (more.length > 0) throw new UsageError('hook takes one event');
    out(`${await run(event, process.env)}\n`);
    return EXIT.ok;
  },
};
