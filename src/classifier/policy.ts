// Owns the built-in policy in prose that the classifier judges by. Decides nothing.
import type { Prose } from './request.ts';

const DEFAULT_PROSE: Prose = {
  environment: [
    'A developer’s machine, or a container that stands in for one. The working directory is a project under version control.',
    'Trusted: this machine, the working directory and folders for temporary files, the remotes the repository already has. Nothing else is trusted unless it is named here.',
  ],
  allow: [
    'Reading, searching, building, testing, linting and formatting the project.',
    'Creating, changing and deleting files that the agent made in this session, and files inside the working directory that version control can bring back.',
    'Installing what the project’s manifest or lockfile already declares.',
    'Read-only requests to public web sites and package registries.',
    'Commits, branches, and pushes to the branch the agent works on.',
    'Starting, watching and stopping the project’s own development servers and containers.',
    'Sending a credential of the project to the service that issued it.',
  ],
  soft_deny: [
    'irreversible-destruction: deleting or overwriting what existed before the session and cannot be brought back, or a target whose extent cannot be verified.',
    'rewriting-history: force pushes, deleting remote branches or tags, pushing to the default branch.',
    'production: deploying, migrating or changing anything that serves other people.',
    'shared-infrastructure: creating, changing or deleting cloud, cluster, DNS or certificate resources.',
    'permissions: giving a person, role, service or machine more rights than it has, or making something private public.',
    'publishing: releasing packages, images, releases, gists, posts or messages under the user’s name.',
    'unreviewed-code: running code or packages that were downloaded and that the project does not declare.',
    'system-change: changing the machine outside the project: services, system packages, privileges, network, other users.',
    'weakening: switching off a check, a protection, TLS verification, an audit log or a review.',
    'process-kill: ending processes the session did not start.',
    'beyond-the-task: an action that the user did not ask for and whose effect they would not expect.',
    'boundary: anything the user said not to do.',
  ],
  hard_deny: [
    'exfiltration: sending secrets, private code or personal data to a place that is not trusted.',
    'credential-hunting: searching for, printing or collecting credentials that the task does not need.',
    'persistence: making code run later or elsewhere without the user knowing it.',
    'guard-tampering: changing, disabling or getting round Greenlight, the host’s permission settings, its hooks, transcripts or instructions.',
    'concealment: hiding what an action does from the user or from a reviewer.',
    'attack: scanning, cracking, flooding or breaking into machines or accounts of others.',
  ],
};

const DEFAULTS = '$defaults';

/** The user's lists, with `"$defaults"` replaced by the built-in entries; an empty list means the built-in ones. */
export function completeProse(prose: Prose | undefined): Prose {
  const complete = (name: keyof Prose): readonly string[] => {
    const given = prose?.[name] ?? [];
    if (given.length === 0) return DEFAULT_PROSE[name];
    return given.flatMap((entry) => (entry === DEFAULTS ? DEFAULT_PROSE[name] : [entry]));
  };
  return {
    environment: complete('environment'),
    allow: complete('allow'),
    soft_deny: complete('soft_deny'),
    hard_deny: complete('hard_deny'),
  };
}
