// Turns calls that are not shell into effects, the same ones a command would have; judges nothing.
import type { Context } from '../core/context.ts';
import type { Effect, EffectBody } from '../core/effect.ts';
import type { FactSource } from '../core/fact.ts';
import { isWithin, joinPath } from '../core/path.ts';
import { holdsCredential } from '../core/redact.ts';
import { secretFolder, secretIn, secretPath } from '../core/sensitive.ts';
import { known, pattern, type Taint, unknown } from '../core/value.ts';
import type { Tool } from '../hosts/types.ts';

/** Calls that run no shell; spawning and questions to the person are judged elsewhere. */
export type PlainTool = Exclude<Tool, { kind: 'shell' | 'spawn' | 'person' }>;

/** An effect that no simple command is behind. */
export const effectOf = (body: EffectBody, via: string, end = 0): Effect => ({
  ...body,
  span: { start: 0, end },
  via: [via],
  place: { kind: 'local' },
  root: false,
  invocation: -1,
});

export function effectsOf(tool: PlainTool, name: string, context: Context, facts: FactSource): Effect[] {
  return bodiesOf(tool, context, facts).map((body) => effectOf(body, name));
}

function bodiesOf(tool: PlainTool, context: Context, facts: FactSource): EffectBody[] {
  switch (tool.kind) {
    case 'read':
      return onPath(tool.path, context, facts, (path) => reads(path, tool));
    case 'write':
    case 'edit':
      return onPath(tool.path, context, facts, (path) => [
        {
          kind: 'fs.write',
          path: known(path),
          how: tool.kind === 'write' ? 'overwrite' : 'edit',
          content: known(tool.content),
          taints: credentials(tool.content, 'the text'),
        },
      ]);
    case 'fetch':
      return [{ kind: 'net.fetch', url: known(tool.url) }, ...carried(tool.url, tool.url)];
    case 'search':
      return [{ kind: 'inspect', what: 'web search' }, ...carried(tool.query, 'the search engine')];
    case 'harmless':
      return [{ kind: 'inspect', what: tool.what }];
    case 'mcp':
      return [opaque(`what ${tool.name} of the MCP server ${tool.server} does is not known`)];
    case 'other':
      return [opaque(tool.because)];
    default:
      return tool satisfies never;
  }
}

const opaque = (because: string): EffectBody => ({ kind: 'opaque', layer: 'program', because });

function reads(path: string, { use, recursive, only }: Extract<Tool, { kind: 'read' }>): EffectBody[] {
  const secret = use === 'content' ? secretRead(path, recursive, only) : undefined;
  return [
    { kind: 'fs.read', path: known(path), use, recursive },
    ...(secret === undefined
      ? []
      : [
          {
            kind: 'print',
            taints: [{ label: 'secret', from: only === undefined ? path : `${path}/${only}` }],
            what: secret,
          } satisfies EffectBody,
        ]),
  ];
}

/** What is secret about a file, about what a folder is for, or about the files that a search of it is limited to. */
function secretRead(path: string, recursive: boolean, only: string | undefined): string | undefined {
  const limited =
    only === undefined ? undefined : pattern(`${path}/`, '', 'a search', { climbs: false, glob: `${path}/${only}` });
  return (
    secretPath(path) ?? (recursive ? secretFolder(path) : undefined) ?? (limited ? secretIn(limited)?.what : undefined)
  );
}

const credentials = (text: string, from: string): Taint[] =>
  holdsCredential(text) ? [{ label: 'secret', from: `a credential in ${from}` }] : [];

/** A request that carries a credential sends it. */
function carried(words: string, to: string): EffectBody[] {
  const taints = credentials(words, 'the request');
  if (taints.length === 0) return [];
  return [{ kind: 'net.send', to: to === words ? known(to) : unknown(to), channel: 'query', taints }];
}

/** The effects on the path as it is written and, where links lead elsewhere, on the file it really is. */
function onPath(
  written: string,
  context: Context,
  facts: FactSource,
  effects: (path: string) => EffectBody[],
): EffectBody[] {
  if (!context.cwd.startsWith('/') || /^[A-Za-z]:[\\/]|^\\\\/.test(written))
    return [opaque('paths of this system are not understood')];
  if (written.includes('\0')) return [opaque('the path holds a NUL character')];
  const path = joinPath(
    context.cwd,
    written === '~' || written.startsWith('~/') ? context.home + written.slice(1) : written,
  );
  const fact = facts('path', { path });
  const leadsOut = fact !== undefined && !fact.inProject && fact.real !== path && isWithin(path, context.projectRoot);
  return leadsOut ? [...effects(path), ...effects(fact.real)] : effects(path);
}
