// Turns lines of an evaluation file into rows, and a row into the world it states. Looks at no machine.
import { z } from 'zod';
import { type Assumed, assumedContext } from '../core/assumed.ts';
import { type Context, DEFAULT_POLICY } from '../core/context.ts';
import { normalize } from '../core/path.ts';

const gitSchema = z.object({
  branch: z.string().nullish(),
  default: z.string().nullish(),
  remotes: z.record(z.string(), z.string()).nullish(),
});

const rowSchema = z
  .object({
    id: z.union([z.string(), z.number()]).transform(String).optional(),
    command: z.string().optional(),
    tool: z.string().optional(),
    input: z.record(z.string(), z.unknown()).optional(),
    expect: z.enum(['allow', 'ask', 'deny']).optional(),
    kind: z.string().optional(),
    category: z.string().optional(),
    n: z.number().optional(),
    cwd: z.string().startsWith('/').optional(),
    git_branch: z.string().nullish(),
    git: gitSchema.nullish(),
  })
  .refine((row) => (row.command === undefined) === (row.tool !== undefined), {
    message: 'either command or tool with input is needed',
  });

export type Row = z.infer<typeof rowSchema> & { readonly id: string };

export interface BadRow {
  readonly line: number;
  readonly problem: string;
}

export function readRows(text: string): { readonly rows: readonly Row[]; readonly bad: readonly BadRow[] } {
  const rows: Row[] = [];
  const bad: BadRow[] = [];
  for (const [at, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue;
    const result = rowSchema.safeParse(parseJson(line));
    if (result.success) rows.push({ ...result.data, id: result.data.id ?? String(at + 1) });
    else bad.push({ line: at + 1, problem: result.error.issues.map(describeIssue).join('; ') });
  }
  return { rows, bad };
}

const describeIssue = (issue: { readonly path: readonly PropertyKey[]; readonly message: string }): string =>
  issue.path.length === 0 ? issue.message : `${issue.path.join('.')}: ${issue.message}`;

/** Undefined, which no schema here accepts, for a line that is not JSON. */
function parseJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

/** What a row runs: its command, or the input of its tool. */
export const commandOf = (row: Row): string | undefined =>
  row.command ?? (row.tool === 'Bash' && typeof row.input?.command === 'string' ? row.input.command : undefined);

export const DEFAULT_CWD = '/home/dev/project';
const LEADING_CD = /^\s*cd\s+(?:"([^"$`\\]+)"|'([^']+)'|([^\s;&|<>()$`"'\\*?[\]{}~#]+))[ \t]*(?:&&|;|\n|$)/;
const WORK_FOLDER =
  /^(\/(home|Users)\/[^/]+\/[^/]+\/[^/]+|\/root\/[^/]+\/[^/]+|\/workspace|\/workspaces\/[^/]+|\/app|\/testbed|\/repo|\/src)(\/|$)/;

/** Folder the row works in: as stated, else that of a leading `cd` into a folder people keep projects in, else the default. */
export function workingFolder(row: Row): string {
  if (row.cwd !== undefined) return normalize(row.cwd);
  const match = LEADING_CD.exec(commandOf(row) ?? '');
  const target = match?.[1] ?? match?.[2] ?? match?.[3];
  if (target === undefined || !target.startsWith('/')) return DEFAULT_CWD;
  const folder = normalize(target);
  return WORK_FOLDER.test(folder) ? folder : DEFAULT_CWD;
}

/** What a row states of its world; a branch it does not state is unknown, the rest is the stated default. */
export function worldOf(row: Row): { readonly context: Context; readonly given: Assumed } {
  const branch = row.git?.branch === undefined ? row.git_branch : row.git.branch;
  return {
    context: assumedContext(workingFolder(row), DEFAULT_POLICY),
    given: {
      branch: branch ?? undefined,
      ...(typeof row.git?.default === 'string' ? { defaultBranch: row.git.default } : {}),
      ...(row.git?.remotes ? { remotes: row.git.remotes } : {}),
    },
  };
}
