// Derives the context of a call from what the host says and its environment; looks at nothing else.
import type { Context, Environment, Policy } from '../core/context.ts';
import { isWithin, normalize } from '../core/path.ts';

const TEMPORARY = ['/tmp', '/var/tmp', '/private/tmp', '/private/var/tmp', '/var/folders', '/private/var/folders'];
/** Variables that the host's shell hands on unchanged and that hold no secret. */
const HANDED_ON = ['USER', 'LOGNAME', 'SHELL', 'LANG', 'TERM', 'XDG_CONFIG_HOME', 'XDG_CACHE_HOME', 'XDG_DATA_HOME'];

/** `state`: the folder of the journals, when any are kept. */
export function contextOf(cwd: string, env: Environment, policy: Policy, state?: string): Context {
  const folder = normalize(cwd);
  const home = absolute(env.HOME) ?? '/nonexistent';
  const project = absolute(env.CLAUDE_PROJECT_DIR);
  const projectRoot = project ?? folder;
  const plugin = absolute(env.CLAUDE_PLUGIN_ROOT);
  const tmpdir = absolute(env.TMPDIR);
  return {
    cwd: folder,
    projectRoot,
    home,
    // A TMPDIR set to a home folder or a project would make all of it scratch space.
    tmp: tmpdir !== undefined && isTemporary(tmpdir) ? [...TEMPORARY, tmpdir] : TEMPORARY,
    env: {
      HOME: home,
      PWD: folder,
      TMPDIR: tmpdir ?? '/tmp',
      ...Object.fromEntries(
        HANDED_ON.flatMap((name) => {
          const value = env[name];
          return value === undefined ? [] : [[name, value]];
        }),
      ),
    },
    policy,
    // Whoever works on Greenlight itself has its program for a project.
    guarded: [state, plugin !== undefined && isWithin(projectRoot, plugin) ? undefined : plugin].filter(
      (each) => each !== undefined,
    ),
  };
}

const absolute = (path: string | undefined): string | undefined =>
  path?.startsWith('/') ? normalize(path) : undefined;
const isTemporary = (path: string): boolean =>
  TEMPORARY.some((folder) => isWithin(path, folder)) || /(^|\/)te?mp(\/|$)/.test(path);
