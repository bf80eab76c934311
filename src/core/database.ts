// Owns where a database is, as far as its name says: here, configured somewhere, elsewhere, or in production. Decides nothing.
import type { EffectOf } from './effect.ts';
import { hostOf, isLoopback } from './host.ts';
import { show, texts, why } from './value.ts';

/** `file`: an embedded database; `configured`: whatever the project's own settings say, mostly the developer's. */
export type Where = 'file' | 'local' | 'configured' | 'unknown' | 'remote' | 'production';

/** Target of a tool that reads the connection from the project's settings. */
export const CONFIGURED = 'the configured database';

const PRODUCTION = /(^|[^a-z])(prod|production|prd|live)([^a-z]|$)/i;
const EMBEDDED = /^(sqlite3?|duckdb)$/;
/** Names that compose files give to the container of the project's own database. */
const SERVICE =
  /^(db|database|postgres|postgresql|mysql|mariadb|mongo|mongodb|redis|cache|clickhouse|cassandra|neo4j|host\.docker\.internal)$/;

export function whereIs(effect: EffectOf<'db'>): Where {
  if (EMBEDDED.test(effect.engine)) return 'file';
  const all = texts(effect.target);
  const named = all ?? [why(effect.target) ?? '', show(effect.target)];
  if (effect.production || named.some((name) => PRODUCTION.test(name))) return 'production';
  if (effect.place.kind === 'remote') return 'remote';
  if (all === undefined) return 'unknown';
  if (all.every((name) => name === CONFIGURED)) return 'configured';
  return all.every(isNear) ? 'local' : 'remote';
}

/** Runs the migrations that the project keeps, forward, on a database that is named and is on this machine. */
export const migratesHere = (effect: EffectOf<'db'>): boolean =>
  effect.action === 'migrate' && ['local', 'file'].includes(whereIs(effect)) && FORWARD.test(effect.statement);

const FORWARD =
  /[ :.](up|upgrade( \S+)?|up-by-one|up-to( \S+)?|migrate|migrate (deploy|apply|run|up)|migration run|migrate:(latest|up)|migration:(run|up)|update)$/;

const isNear = (name: string): boolean =>
  name === '' || name.startsWith('/') || isLoopback(hostOf(name) ?? name) || SERVICE.test(name);
