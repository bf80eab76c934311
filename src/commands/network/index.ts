// Owns the list of network programs.
import type { Program } from '../../core/program.ts';
import { attacks } from './attack.ts';
import { copyPrograms } from './copy.ts';
import { curl } from './curl.ts';
import { mails } from './mail.ts';
import { names } from './names.ts';
import { sockets } from './sockets.ts';
import { sshPrograms } from './ssh.ts';
import { tunnelPrograms } from './tunnels.ts';
import { downloaders } from './wget.ts';

export const networkPrograms: readonly Program[] = [
  curl,
  ...downloaders,
  ...sockets,
  ...sshPrograms,
  ...copyPrograms,
  ...names,
  ...mails,
  ...attacks,
  ...tunnelPrograms,
];
