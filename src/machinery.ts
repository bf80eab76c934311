// Owns which catalogue, rules and code readers make up the engine.
import { catalogue } from './commands/index.ts';
import type { Machinery } from './judge.ts';
import { rules } from './rules/index.ts';

export const machinery: Machinery = { catalogue, rules, readers: {} };
