// Says what importing a module does that is not in the tables: the project's own code, or a package nobody read.
import { joinPath } from '../../core/path.ts';
import { known, text as knownText } from '../../core/value.ts';
import { handle, type Thing } from '../thing.ts';
import { emit, giveUp, type World } from '../world.ts';
import { CARRIED_MODULES, COMPUTING_PACKAGES, UNREAD_LIBRARY, WELL_KNOWN_PACKAGES } from './foreign.ts';

/** Importing runs the module. Modules of the project are the project's code; others are packages. */
export function importForeign(name: string, world: World): Thing {
  const cwd = knownText(world.cwd);
  const top = name.replace(/^\.+/, '').split('.')[0] ?? '';
  if (cwd === undefined || !/^[\p{L}\p{N}_.]+$/u.test(name)) return giveUp(world, `the module ${name} is not known`);
  if (UNREAD_LIBRARY.has(top)) return giveUp(world, `the module ${name} is not read`);
  for (const place of [`${top}.py`, `${top}/__init__.py`, `src/${top}/__init__.py`, `src/${top}.py`]) {
    const path = joinPath(cwd, place);
    const file = world.setting.facts('file', { path });
    if (file === undefined || file.state === 'missing') continue;
    if (file.state === 'unread' && (WELL_KNOWN_PACKAGES.has(top) || COMPUTING_PACKAGES.has(top))) continue;
    const origin = file.session === 'received' ? 'elsewhere' : 'project';
    emit(world, { kind: 'code.run', origin, language: 'python', what: known(path), taints: [] });
    return handle('foreign', known(name));
  }
  if (COMPUTING_PACKAGES.has(top) && !name.split('.').some((part) => CARRIED_MODULES.has(part))) {
    emit(world, { kind: 'inspect', what: `python ${name}` });
    return handle('package', known(name));
  }
  emit(world, { kind: 'code.run', origin: 'package', language: 'python', what: known(name), taints: [] });
  return handle('foreign', known(name));
}
