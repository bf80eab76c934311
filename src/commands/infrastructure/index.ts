// Owns the list of programs for containers, clusters, clouds, databases, deploys and agents.
import type { Program } from '../../core/program.ts';
import { agentPrograms } from '../agents.ts';
import { aws } from '../cloud/aws.ts';
import { azurePrograms } from '../cloud/azure.ts';
import { backendPrograms } from '../cloud/backends.ts';
import { dataPlatformPrograms } from '../cloud/data-platforms.ts';
import { edgePrograms } from '../cloud/edge.ts';
import { googlePrograms } from '../cloud/google.ts';
import { hadoop } from '../cloud/hadoop.ts';
import { installationPrograms } from '../cloud/installations.ts';
import { objectStorePrograms } from '../cloud/object-stores.ts';
import { platformPrograms } from '../cloud/platforms.ts';
import { providerPrograms } from '../cloud/providers.ts';
import { rclone } from '../cloud/rclone.ts';
import { servicePrograms } from '../cloud/services.ts';
import { vaultPrograms } from '../cloud/vaults.ts';
import { verbToolPrograms } from '../cloud/verb-tools.ts';
import { dockerPrograms } from '../containers/docker.ts';
import { frameworkPrograms } from '../database/frameworks.ts';
import { maintenancePrograms } from '../database/maintenance.ts';
import { migrationPrograms } from '../database/migrations.ts';
import { queuePrograms } from '../database/queues.ts';
import { sqlClients } from '../database/sql.ts';
import { storePrograms } from '../database/stores.ts';
import { ansiblePrograms } from './ansible.ts';
import { clusterPrograms } from './clusters.ts';
import { configurationPrograms } from './configuration.ts';
import { devLoopPrograms } from './dev-loops.ts';
import { kubectlPrograms } from './kubectl.ts';
import { stackPrograms } from './stacks.ts';
import { terraformPrograms } from './terraform.ts';

export const infrastructurePrograms: readonly Program[] = [
  ...dockerPrograms,
  ...kubectlPrograms,
  ...clusterPrograms,
  ...devLoopPrograms,
  ...terraformPrograms,
  ...stackPrograms,
  ...ansiblePrograms,
  ...configurationPrograms,
  aws,
  ...azurePrograms,
  ...googlePrograms,
  ...providerPrograms,
  ...platformPrograms,
  ...installationPrograms,
  ...backendPrograms,
  rclone,
  ...objectStorePrograms,
  ...edgePrograms,
  ...dataPlatformPrograms,
  ...verbToolPrograms,
  hadoop,
  ...servicePrograms,
  ...vaultPrograms,
  ...sqlClients,
  ...storePrograms,
  ...queuePrograms,
  ...maintenancePrograms,
  ...migrationPrograms,
  ...frameworkPrograms,
  ...agentPrograms,
];
