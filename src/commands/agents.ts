// Turns the argv of coding agents and local model runners into effects: what they are asked, with which approvals, and what they are told to keep. Knows no policy.
import type { Word } from '../core/invocation.ts';
import { type OptionSpec, parseArgs } from '../core/options.ts';
import type { Call, EffectDraft, Lowering, Program } from '../core/program.ts';
import { known, text, type Value } from '../core/value.ts';
import { harmless, inspect, literal, opaque } from './kit.ts';
import { entries } from './table.ts';

interface Agent {
  readonly names: readonly string[];
  readonly options: OptionSpec;
  /** Options that hand the task over without a person at the keyboard. */
  readonly task: readonly string[];
  /** Options that take every approval away. */
  readonly off: readonly string[];
  /** Options whose values do so. */
  readonly offValues?: Readonly<Record<string, RegExp>>;
  readonly reads: RegExp;
  readonly changes: RegExp;
  /** Subcommands that hand a task over. */
  readonly runs: RegExp;
  readonly examples: Program['examples'];
}

const AGENTS: readonly Agent[] = [
  {
    names: ['claude'],
    options: {
      flags: entries(
        '--print -p | --continue -c | --dangerously-skip-permissions | --allow-dangerously-skip-permissions | --verbose | --debug -d | --ide | --strict-mcp-config | --fork-session | --include-partial-messages | --version -v | --help -h | --bare | --safe-mode | --chrome | --no-session-persistence | --disable-slash-commands | --init | --maintenance | --worktree -w',
      ),
      values: entries(
        '--model | --output-format | --input-format | --permission-mode | --allowedTools --allowed-tools | --disallowedTools --disallowed-tools | --mcp-config | --append-system-prompt | --system-prompt | --system-prompt-file | --add-dir | --settings | --setting-sources | --max-turns | --session-id | --agents | --agent | --plugin-dir | --json-schema | --fallback-model | --permission-prompt-tool | --tools | --betas | --max-budget-usd | --effort | --scope -s | --transport -t | --env -e | --header -H',
      ),
      optional: ['--resume -r'],
      abbreviations: false,
    },
    task: ['--print'],
    off: ['--dangerously-skip-permissions', '--allow-dangerously-skip-permissions', '--safe-mode'],
    offValues: {
      '--permission-mode': /^bypassPermissions$/,
      '--permission-prompt-tool': /./,
      '--settings': /bypassPermissions|"allow"|disableAllHooks|"hooks"|\.json$/,
      '--allowedTools': /Bash(\(\*\)|\(:\*\)|\s|,|$)|\*/,
      '--setting-sources': /^$|^(user|project|local|,)+$/,
    },
    reads:
      /^(mcp (list|get)|doctor|plugin (list|validate|marketplace list)|config (get|list)|agents|--version|auth status)$/,
    changes: /^(mcp( .*)?|plugin( .*)?|plugins( .*)?|config( .*)?|migrate-installer)$/,
    runs: /^remote-control$/,
    examples: {
      allow: ['claude --version', 'claude mcp list', 'claude --help', 'claude doctor'],
      deny: [
        'claude -p "fix it" --dangerously-skip-permissions',
        'claude --permission-mode bypassPermissions "do it"',
        'claude mcp add x -- npx x',
        'claude config set -g autoUpdates false',
        'claude plugin uninstall greenlight',
      ],
      unsettled: ['claude -p "explain this repository"', 'claude "write the tests"', 'claude -p "$TASK"'],
    },
  },
  {
    names: ['cursor-agent'],
    options: {
      flags: entries(
        '--print -p | --force -f | --yolo | --approve-mcps | --trust | --version -v | --help -h | --stream-partial-output | --continue | --browser | --cloud -c | --fullscreen',
      ),
      values: entries('--model -m | --output-format | --api-key -a | --header -H | --workspace | --sandbox | --mode'),
      optional: ['--resume'],
      abbreviations: false,
    },
    task: ['--print'],
    off: ['--force', '--yolo', '--approve-mcps', '--trust'],
    offValues: { '--sandbox': /^disabled$/ },
    reads: /^(mcp list|mcp list-tools|status|whoami|models|ls|--version|about)$/,
    changes: /^(mcp( .*)?|rule)$/,
    runs: /^(agent|worker|acp|resume)( .*)?$/,
    examples: {
      allow: ['cursor-agent --version'],
      deny: ['cursor-agent -p --force "fix it"', 'cursor-agent --sandbox disabled "go"'],
      unsettled: ['cursor-agent "do"', 'cursor-agent -p "explain"'],
    },
  },
  {
    names: ['codex'],
    options: {
      flags: entries(
        '--full-auto | --yolo --dangerously-bypass-approvals-and-sandbox | --dangerously-auto-approve-everything | --search | --oss | --skip-git-repo-check | --json | --version -V | --help -h | --no-alt-screen | --ephemeral',
      ),
      values: entries(
        '--ask-for-approval -a --approval-mode | --sandbox -s | --model -m | --cd -C | --config -c | --profile -p | --image -i | --output-last-message -o | --add-dir | --output-schema | --color | --enable | --disable',
      ),
      abbreviations: false,
    },
    task: [],
    off: ['--full-auto', '--yolo', '--dangerously-auto-approve-everything'],
    offValues: {
      '--sandbox': /^danger-full-access$/,
      '--ask-for-approval': /^(never|full-auto|on-failure)$/,
      '--config': /approval_policy|sandbox_mode|danger/,
    },
    reads: /^(mcp list|mcp get|login status|completion|--version|features( list)?|debug( .*)?|features)$/,
    changes: /^(mcp( .*)?|app-server|plugin( .*)?)$/,
    runs: /^(exec|e|review|resume|apply|a|cloud|sandbox)( .*)?$/,
    examples: {
      allow: ['codex --version', 'codex mcp list'],
      deny: [
        'codex exec --full-auto "fix it"',
        'codex --dangerously-bypass-approvals-and-sandbox "x"',
        'codex -s danger-full-access exec "x"',
        'codex mcp add x -- npx x',
      ],
      unsettled: ['codex exec "explain"', 'codex "explain"'],
    },
  },
  {
    names: [
      'gemini',
      'qwen',
      'copilot',
      'opencode',
      'amp',
      'droid',
      'auggie',
      'crush',
      'kiro-cli',
      'q',
      'grok',
      'iflow',
      'cline',
      'plandex',
      'pdx',
      'gptme',
      'openhands',
      'swe-agent',
      'codebuff',
      'rovodev',
      'junie',
      'kimi',
      'devin',
      'jules',
    ],
    options: {
      flags: entries(
        '--yolo -y | --force -f | --print | --prompt-mode | --all-files -a | --sandbox -s | --checkpointing | --debug -d | --allow-all-tools | --allow-all | --allow-all-paths | --dangerously-allow-all | --trust-all-tools -a_ | --no-interactive | --auto-approve | --approve-mcps | --skip-permissions-unsafe | --yes-always | --auto | --full-auto | --version -v | --help -h | --list-extensions -l | --continue -c | --share | --always-approve | --no-confirm | --non-interactive | --auto-run | --stream',
      ),
      values: entries(
        '--model -m | --prompt -p | --prompt-interactive -i | --approval-mode | --output-format -o | --include-directories | --extensions -e | --allowed-tools | --allow-tool | --deny-tool | --resume -r | --agent | --session | --execute -x | --settings-file | --mcp-config | --add-dir | --task -t',
      ),
      abbreviations: false,
    },
    task: ['--prompt', '--print', '--execute', '--task', '--no-interactive'],
    off: [
      '--yolo',
      '--force',
      '--allow-all-tools',
      '--allow-all',
      '--allow-all-paths',
      '--dangerously-allow-all',
      '--trust-all-tools',
      '--auto-approve',
      '--skip-permissions-unsafe',
      '--yes-always',
      '--auto',
      '--full-auto',
      '--always-approve',
      '--no-confirm',
      '--auto-run',
    ],
    offValues: {
      '--approval-mode': /^(yolo|auto_edit|auto-edit|never)$/,
      '--allow-tool': /^shell$|\*/,
      '--allowed-tools': /shell|run_shell|\*/i,
    },
    reads:
      /^(mcp list|mcp ls|status|whoami|models|stats|extensions list|session list|ls|--version|about|version|sessions|agent list|auth list|doctor)$/,
    changes:
      /^(mcp( .*)?|extensions( .*)?|config( .*)?|login|logout|auth( .*)?|update|upgrade|install( .*)?|plugin( .*)?|uninstall|hooks( .*)?|skills( .*)?|trust( .*)?|settings( .*)?)$/,
    runs: /^(run|chat|exec|task|serve|web|solve|agent|worker|acp|review|tell|new)( .*)?$/,
    examples: {
      allow: [
        'gemini --version',
        'opencode models',
        'cursor-agent status',
        'gemini -m gemini-2.5-flash',
        'copilot --help',
      ],
      deny: [
        'gemini --yolo -p "fix it"',
        'cursor-agent -p --force "fix it"',
        'copilot -p "fix" --allow-all-tools',
        'amp --dangerously-allow-all -x "go"',
        'gemini --approval-mode=yolo -p "go"',
        'gemini mcp add x npx x',
      ],
      unsettled: ['gemini -p "explain"', 'opencode run "write tests"', 'cursor-agent "do"'],
    },
  },
  {
    names: ['aider', 'goose', 'sgpt', 'gpt-engineer', 'gpte', 'mentat', 'sweep', 'aichat', 'llm-agent'],
    options: {
      flags: entries(
        '--yes --yes-always | --no-auto-commits | --auto-commits | --auto-test | --auto-lint | --no-git | --dark-mode | --light-mode | --version -v | --help -h | --watch-files | --architect | --vim | --list-models --models | --no-session | --with-builtin | --sonnet | --opus | --shell -s | --execute -e | --no-interaction | --show-repo-map | --check-update | --stream | --no-stream',
      ),
      values: entries(
        '--message -m --msg | --message-file -f | --model | --api-key | --anthropic-api-key | --openai-api-key | --test-cmd | --lint-cmd | --read | --file | --config -c | --weak-model | --editor-model | --edit-format | --map-tokens | --text -t | --instructions -i | --recipe | --env-file | --set-env | --openai-api-base | --load | --commit-prompt | --name -n',
      ),
      abbreviations: false,
    },
    task: ['--message', '--message-file', '--text', '--instructions', '--recipe', '--execute', '--load'],
    off: ['--yes', '--no-interaction'],
    reads: /^(info|version|session list|help|mcp list|recipe list|recipe validate)$/,
    changes: /^(configure|mcp( .*)?|schedule( .*)?)$/,
    runs: /^(run|web|session|project)( .*)?$/,
    examples: {
      allow: ['aider --version', 'goose info', 'aider --list-models openai', 'aider --model o3-mini'],
      deny: ['aider --yes-always -m "fix it"', 'goose configure'],
      unsettled: ['aider -m "rename the thing"', 'goose run -t "write tests"', 'aider src/app.py --test-cmd "make x"'],
    },
  },
];

const NO_TASK: Value = known('');

function lower(call: Call, agent: Agent): Lowering {
  const { args, name } = call;
  const parsed = parseArgs(args, agent.options);
  const help =
    args.length <= 3 && args.some((word) => /^(--help|-h|--version|help|version)$/.test(literal(word) ?? ''));
  const version = name !== 'aider' && args.length === 1 && /^-[vV]$/.test(literal(args[0]) ?? '');
  if (help || version || parsed.has('--list-models')) return harmless(`${name} help`);
  const spelled: string[] = [];
  for (const word of parsed.operands) {
    const each = literal(word);
    if (each === undefined || /\s/.test(each)) break;
    spelled.push(each);
  }
  const command = spelled.slice(0, 2).join(' ');
  if (
    spelled.length > 0 &&
    (agent.reads.test(command) || (agent.reads.test(spelled[0] ?? '') && parsed.operands.length === 1))
  )
    return harmless(`${name} ${command}`);
  if (
    spelled.length > 0 &&
    (agent.changes.test(command) || agent.changes.test(spelled[0] ?? '')) &&
    !/\s/.test(literal(parsed.operands[0]) ?? ' ')
  )
    return { effects: [{ kind: 'self.change', what: `the settings of ${name} (${command})` }] };
  const off =
    agent.off.some((option) => parsed.has(option)) ||
    Object.entries(agent.offValues ?? {}).some(([option, values]) =>
      parsed.all(option).some((word) => text(word.value) === undefined || values.test(text(word.value) ?? '')),
    );
  const given = agent.task.flatMap((option) => parsed.all(option));
  const task: readonly Word[] = given.length > 0 ? given : parsed.operands;
  const handsOver =
    agent.task.some((option) => parsed.has(option)) ||
    agent.runs.test(command) ||
    task.length > 0 ||
    call.stdin.from !== 'inherit';
  const unclear = parsed.dynamic
    .filter((word) => word.fields === 'many')
    .map((word) => opaque(`an argument of ${name} is not known`, word.span));
  const strange = parsed.unlisted.filter((option) =>
    /skip|bypass|danger|yolo|trust|approv|allow|unsafe|no-confirm|full-auto/i.test(option.name),
  );
  const spawn: EffectDraft = {
    kind: 'agent.spawn',
    agent: name,
    approvals: off || strange.length > 0 ? 'off' : 'on',
    task: task[0]?.value ?? NO_TASK,
  };
  if (!handsOver && !off && strange.length === 0) return { effects: [inspect(`an interactive ${name}`), ...unclear] };
  return { effects: [spawn, ...unclear] };
}

const ollama: Program = {
  names: ['ollama', 'llama-cli', 'llama-server', 'lms', 'llm', 'vllm', 'mods', 'fabric', 'whisper', 'local-ai'],
  lower: (call) => {
    const first = literal(call.args[0]) ?? '';
    if (call.name === 'ollama' || call.name === 'lms') {
      if (/^(list|ls|ps|show|help|--version|-v|status|version|stop|unload)$/.test(first))
        return harmless(`${call.name} ${first}`);
      if (/^(serve|server)$/.test(first))
        return { effects: [{ kind: 'net.listen', what: 'server', address: known('localhost') }] };
      if (/^(run|create|cp|load)$/.test(first)) return { effects: [inspect(`${call.name} ${first}`)] };
      return { effects: [opaque(`what ${call.name} ${first} does is not settled`)] };
    }
    if (call.args.length > 0 && /^(--version|--help|models|plugins|templates)$/.test(first)) return harmless(call.name);
    return { effects: [opaque(`${call.name} may send text to a model provider or write files`)] };
  },
  examples: {
    allow: ['ollama list', 'ollama run llama3 "hi"', 'llm models'],
    unsettled: ['ollama pull llama3', 'ollama rm llama3', 'llm "hi"'],
  },
};

export const agentPrograms: readonly Program[] = [
  ...AGENTS.map(
    (agent): Program => ({ names: agent.names, lower: (call) => lower(call, agent), examples: agent.examples }),
  ),
  ollama,
];
