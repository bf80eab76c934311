// Owns which catalogue, rules and code readers make up the engine.
import { readers } from './code/index.ts';
import { environmentEffects } from './commands/environment.ts';
import { catalogue } from './commands/index.ts';
import type { Machinery } from './core/machinery.ts';
import { rules } from './rules/index.ts';

export const machinery: Machinery = { catalogue, rules, readers, environment: environmentEffects };
