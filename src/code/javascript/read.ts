// Reads JavaScript and TypeScript code for effects.
import type { ReadCode } from '../../core/program.ts';
import { runAll } from '../statements.ts';
import { lowering, MAX_SIZE, newWorld } from '../world.ts';
import { parseJavaScript } from './convert.ts';
import { javascript } from './library.ts';

export const readJavaScript: ReadCode = (text, setting) => {
  if (text.length > MAX_SIZE)
    return { effects: [{ kind: 'opaque', layer: 'limit', because: 'JavaScript code that is too long to read' }] };
  const world = newWorld(javascript, setting);
  runAll(parseJavaScript(text), world);
  return lowering(world);
};
