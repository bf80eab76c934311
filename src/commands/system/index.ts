// Owns the list of programs that look at or change the machine.
import type { Program } from '../../core/program.ts';
import { accountPrograms } from './accounts.ts';
import { desktopPrograms } from './desktop.ts';
import { diskPrograms } from './disks.ts';
import { lookPrograms } from './look.ts';
import { machinePrograms } from './machine.ts';
import { packagePrograms } from './packages.ts';
import { processPrograms } from './processes.ts';
import { servicePrograms } from './services.ts';
import { sockets } from './sockets.ts';
import { terminalPrograms } from './terminal.ts';

export const systemPrograms: readonly Program[] = [
  ...lookPrograms,
  sockets,
  ...processPrograms,
  ...servicePrograms,
  ...accountPrograms,
  ...machinePrograms,
  ...diskPrograms,
  ...packagePrograms,
  ...terminalPrograms,
  ...desktopPrograms,
];
