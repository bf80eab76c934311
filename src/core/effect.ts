// Owns the closed list of things a call can do to the world. Knows nothing of programs, rules or hosts.
import type { Taint, Value } from './value.ts';

/** Half-open range of UTF-16 offsets in the text that the host handed over. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** Where code runs: on this machine, in a container (and which), or on another machine. */
export type Place =
  | { readonly kind: 'local' }
  /** `sealed`: made for this run and given no folder of this machine, so that nothing outlives it. */
  | { readonly kind: 'container'; readonly name: string; readonly sealed?: true }
  | { readonly kind: 'remote'; readonly name: string };

/** Where code came from. `project` is code of the working directory, `tool` a program's own fixed behaviour. */
export type Origin =
  | 'project'
  | 'scratch'
  | 'elsewhere'
  | 'download'
  | 'package'
  | 'inline'
  | 'stdin'
  | 'config'
  | 'image'
  | 'unknown';

/** One ref update of a push; empty `src` deletes `dst`. */
export interface RefUpdate {
  readonly src: Value;
  readonly dst: Value;
  readonly force: boolean;
}

/** What an effect is, apart from where it happens. Paths are absolute and lexically normalised. */
export type EffectBody =
  | {
      readonly kind: 'fs.read';
      readonly path: Value;
      readonly use: 'content' | 'names' | 'copy';
      readonly recursive?: boolean;
    }
  | {
      readonly kind: 'fs.write';
      readonly path: Value;
      /** `edit` changes part of what is there, `overwrite` truncates, `create` never replaces. */
      readonly how: 'create' | 'overwrite' | 'append' | 'edit' | 'mkdir' | 'touch' | 'link' | 'extract';
      readonly content?: Value;
      readonly taints?: readonly Taint[];
      /** What a link points to. */
      readonly target?: Value;
      /** Made by a compiler or bundler from the project's own code. */
      readonly built?: boolean;
      /** Overwritten so that what was there cannot be recovered (shred, dd from a random source). */
      readonly wipe?: boolean;
    }
  | {
      readonly kind: 'fs.delete';
      readonly path: Value;
      readonly recursive: boolean;
      readonly only?: 'empty' | 'matching';
    }
  | { readonly kind: 'fs.move'; readonly from: Value; readonly to: Value }
  | {
      readonly kind: 'fs.mode';
      readonly path: Value;
      readonly mode: Value;
      readonly recursive: boolean;
      readonly what: 'mode' | 'owner' | 'attributes';
    }
  /** Raw devices, file systems, partitions, mounts. */
  | {
      readonly kind: 'device';
      readonly action: 'write' | 'format' | 'partition' | 'mount' | 'unmount' | 'read';
      readonly target: Value;
    }
  /** A request that only asks for something. `to` is the local file the reply is stored in. */
  | { readonly kind: 'net.fetch'; readonly url: Value; readonly to?: Value }
  /** Something leaves the machine. `taints` says what flows in; `content` what is known of it. */
  | {
      readonly kind: 'net.send';
      readonly to: Value;
      readonly channel:
        | 'body'
        | 'query'
        | 'header'
        | 'dns'
        | 'copy'
        | 'socket'
        | 'mail'
        | 'paste'
        | 'clipboard'
        | 'message'
        /** All that a program asks for and gets passes through the receiver. */
        | 'proxy';
      readonly taints: readonly Taint[];
      readonly content?: Value;
      /** HTTP method when there is one. */
      readonly method?: string;
    }
  | {
      readonly kind: 'net.listen';
      readonly what: 'server' | 'tunnel' | 'shell';
      readonly address: Value;
      readonly exposes?: string;
    }
  /** Code that Greenlight did not read runs. Code that it did read shows as the effects of that code instead. */
  | {
      readonly kind: 'code.run';
      readonly origin: Origin;
      readonly language: string;
      readonly what: Value;
      readonly taints: readonly Taint[];
      /** The option of a program that looks harmless and carries the code (`rg --pre`). */
      readonly carrier?: string;
    }
  | {
      readonly kind: 'pkg.install';
      readonly manager: string;
      readonly names: readonly Value[];
      /** `manifest`: what the project declares; `registry`: names chosen in the command. */
      readonly source: 'manifest' | 'registry' | 'url' | 'git' | 'path' | 'index';
      readonly global: boolean;
      readonly remove?: boolean;
    }
  /** A package's program is run, fetched first when absent (npx, uvx, pipx run, go run pkg@version). */
  | { readonly kind: 'pkg.run'; readonly manager: string; readonly name: Value; readonly declared: boolean | undefined }
  | { readonly kind: 'pkg.publish'; readonly manager: string; readonly what: string }
  /** A registry, index, mirror or source that later installs use is changed. */
  | {
      readonly kind: 'pkg.configure';
      readonly manager: string;
      readonly key: string;
      readonly value: Value;
      readonly global: boolean;
    }
  | {
      readonly kind: 'git.push';
      readonly cwd: Value;
      readonly remote: Value | undefined;
      readonly refs: readonly RefUpdate[];
      readonly force: 'none' | 'lease' | 'force';
      readonly everything: 'none' | 'all' | 'mirror' | 'tags';
    }
  | {
      readonly kind: 'git.discard';
      readonly cwd: Value;
      readonly what:
        | 'worktree'
        | 'untracked'
        | 'commits'
        | 'stash'
        | 'branch'
        | 'tag'
        | 'reflog'
        | 'history'
        | 'objects'
        | 'refs';
      readonly scope: readonly Value[];
      readonly whole: boolean;
    }
  | {
      readonly kind: 'git.configure';
      readonly key: Value;
      readonly value: Value | undefined;
      readonly scope: 'command' | 'local' | 'global' | 'system';
    }
  | {
      readonly kind: 'git.remote';
      readonly action: 'add' | 'change' | 'remove';
      readonly name: Value;
      readonly url: Value | undefined;
    }
  /** Commits, branches, tags, stashes: local and undoable. */
  | {
      readonly kind: 'git.local';
      readonly action: string;
      /** Name of the branch it makes, when it makes one; the session's record of its own branches rests on it. */
      readonly makesBranch?: Value;
      /** What is checked out afterwards, and in which repository; `-` is the branch before. */
      readonly checksOut?: { readonly branch: Value; readonly cwd: Value };
    }
  /** A check that the project set up is skipped (`--no-verify`, `[skip ci]`, hooks off). */
  | {
      readonly kind: 'bypass';
      readonly what: 'hooks' | 'ci' | 'review' | 'protection' | 'signing' | 'approval';
      readonly detail: string;
    }
  | {
      readonly kind: 'proc.kill';
      readonly target: 'pid' | 'own' | 'name' | 'pattern' | 'port' | 'all';
      readonly name: Value;
      readonly signal: string;
    }
  /** Cloud, cluster and platform APIs. `service` is the noun of the CLI's own grammar. */
  | {
      readonly kind: 'cloud';
      readonly provider: string;
      readonly service: string;
      readonly operation: string;
      readonly action: 'read' | 'create' | 'update' | 'delete' | 'grant' | 'secret' | 'exec' | 'configure';
      readonly target: Value;
      /** More than one named thing at once, or a container of many (project, cluster, bucket, database, account). */
      readonly mass?: boolean;
      readonly production?: boolean;
    }
  | {
      readonly kind: 'db';
      readonly engine: string;
      readonly action: 'read' | 'write' | 'drop' | 'truncate' | 'migrate' | 'reset' | 'admin' | 'grant' | 'export';
      /** Host, or file of an embedded database; known '' for the local default. */
      readonly target: Value;
      readonly statement: string;
      readonly production?: boolean;
    }
  | {
      readonly kind: 'deploy';
      readonly platform: string;
      readonly environment: 'production' | 'preview' | 'local' | 'unknown';
      readonly what: string;
    }
  /** Repository hosting: issues, pull requests, releases, workflows, settings. */
  | {
      readonly kind: 'forge';
      readonly forge: 'github' | 'gitlab' | 'other';
      readonly subject: string;
      readonly operation: string;
      readonly action: 'read' | 'create' | 'update' | 'delete' | 'grant' | 'secret' | 'run' | 'publish';
      /** `own`: the repository of the working directory. */
      readonly repo: 'own' | 'other' | 'none';
    }
  /** Rights of a person, role or machine change, outside what `cloud` and `forge` name. */
  | { readonly kind: 'grant'; readonly what: string; readonly to: Value }
  | { readonly kind: 'secret.read'; readonly what: string; readonly shown: boolean }
  /** Looking for credentials whose place is not known. */
  | { readonly kind: 'secret.hunt'; readonly what: string }
  | {
      readonly kind: 'persist';
      readonly how: 'cron' | 'service' | 'profile' | 'login-item' | 'user' | 'ssh-key' | 'hook' | 'other';
      readonly what: Value;
    }
  | {
      readonly kind: 'privilege';
      readonly how: 'sudo' | 'setuid' | 'sudoers' | 'escape' | 'preload' | 'capability' | 'user';
      readonly what: string;
    }
  | {
      readonly kind: 'system';
      /** `resource`: containers, volumes and clusters of this machine. `exhaust`: starts processes without an end. */
      readonly action:
        | 'shutdown'
        | 'service'
        | 'network'
        | 'kernel'
        | 'time'
        | 'package'
        | 'settings'
        | 'resource'
        | 'exhaust';
      readonly what: string;
    }
  /** A protection is switched off or lowered: TLS checks, SELinux, firewall, quarantine, audit logs, shell history. */
  | {
      readonly kind: 'weaken';
      readonly what: string;
      /** For one connection or run that carries nothing secret. */
      readonly once?: boolean;
    }
  /** The name of a program is spelled so that it cannot be read; `how` says in what way. */
  | { readonly kind: 'disguise'; readonly name: Value; readonly how: string }
  /** Scanning, cracking, flooding or spoofing. */
  | { readonly kind: 'attack'; readonly what: string }
  | { readonly kind: 'agent.spawn'; readonly agent: string; readonly approvals: 'on' | 'off'; readonly task: Value }
  /** Greenlight itself, the host's settings, hooks, transcripts or instruction files. */
  | { readonly kind: 'self.change'; readonly what: string; readonly path?: Value }
  /** Text shown to the model or a person. */
  | { readonly kind: 'print'; readonly taints: readonly Taint[]; readonly what: string }
  /** Understood and harmless: looks at state, waits, formats text. */
  | { readonly kind: 'inspect'; readonly what: string }
  /** Not understood. `layer` says who gave up: the shell reading, a program nobody knows, an argument, or opened code. */
  | {
      readonly kind: 'opaque';
      readonly layer: 'shell' | 'program' | 'argument' | 'code' | 'limit';
      readonly because: string;
    };

export type EffectKind = EffectBody['kind'];
export type EffectOf<K extends EffectKind> = Extract<EffectBody, { readonly kind: K }> & Setting;

/** Where and how an effect happens; added by the interpreter. */
export interface Setting {
  readonly span: Span;
  /** The path that led here: `sudo`, `bash -c`, `$()`, `npm run build`. */
  readonly via: readonly string[];
  readonly place: Place;
  /** True under sudo, doas, su, or a root container with the host mounted. */
  readonly root: boolean;
  /** Index into the invocations of the same reading; -1 when no simple command is behind it. */
  readonly invocation: number;
  /** Set when the effect was read in a file of the project that was there before the session (path of that file). */
  readonly projectCode?: string;
}

export type Effect = EffectBody & Setting;
