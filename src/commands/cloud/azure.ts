// Describes az by its grammar of groups and verbs.
import type { Program } from '../../core/program.ts';
import { type Grammar, platform } from './grammar.ts';

const grammar: Grammar = {
  names: ['az'],
  provider: 'az',
  options: {
    flags: [
      '--debug',
      '--verbose',
      '--only-show-errors',
      '--yes -y',
      '--no-wait',
      '--what-if -w',
      '--list-defaults --list',
    ],
    values: ['--output -o', '--query', '--subscription', '--resource-group -g', '--name -n'],
    abbreviations: false,
  },
  commands: {
    read: `version | account show | account list | account list-locations | bicep version | find |
      monitor log-analytics query | graph query | storage blob list | storage blob exists |
      storage container list | deployment group what-if | deployment sub what-if |
      deployment group validate | webapp log tail | webapp log show | containerapp logs show |
      container logs | acr repository list | acr repository show-tags | acr check-health |
      keyvault secret list | keyvault list | keyvault key list | repos pr list | repos pr show |
      pipelines runs list | boards query | webapp list-runtimes | resource list`,
    local: 'bicep build | bicep lint | bicep format | bicep decompile | acr helm list | config get',
    token: 'account get-access-token',
    secret: `keyvault secret show | keyvault secret download | keyvault key download |
      storage account keys list | storage account show-connection-string | acr credential show |
      acr token create | cosmosdb keys list | cosmosdb list-keys | cosmosdb list-connection-strings |
      redis list-keys | ad sp create-for-rbac | ad sp credential | ad app credential | aks get-credentials |
      functionapp keys list | eventhubs namespace authorization-rule keys list |
      servicebus namespace authorization-rule keys list | webapp deployment list-publishing-credentials |
      webapp deployment list-publishing-profiles | webapp config appsettings list |
      functionapp config appsettings list | webapp config connection-string list |
      iot hub connection-string show | cognitiveservices account keys list | search admin-key show |
      batch account keys list | maps account keys list | signalr key list | appconfig credential list |
      storage account generate-sas | storage container generate-sas | storage blob generate-sas |
      sql db show-connection-string | keyvault certificate download`,
    login: 'login | logout | acr login | account set | account clear | devops login',
    configure: `configure | config | extension | cloud | upgrade | bicep install | bicep upgrade | aks install-cli |
      feature | provider`,
    grant: `role assignment create | role definition create | role definition update | ad group member add |
      ad app permission | keyvault set-policy | network nsg rule create | network nsg rule update |
      sql server firewall-rule create | postgres server firewall-rule create |
      postgres flexible-server firewall-rule create | mysql flexible-server firewall-rule create |
      storage container set-permission | vm open-port | vm user | ad user create | role assignment update |
      storage account network-rule | repos pr set-vote | repos policy | storage container policy | devops security permission update |
      identity federated-credential create | vm extension set | network firewall | policy exemption create`,
    destroy: `group delete | vm delete | vmss delete | aks delete | sql server delete | sql db delete |
      storage account delete | storage container delete | storage share delete | storage share-rm delete | storage blob delete-batch | cosmosdb delete |
      keyvault delete | keyvault purge | keyvault secret purge | disk delete | snapshot delete | acr delete |
      acr repository delete | network dns zone delete | network vnet delete |
      postgres flexible-server delete | mysql flexible-server delete | redis delete | backup vault delete |
      account subscription cancel | webapp delete | functionapp delete | containerapp delete |
      appservice plan delete | backup protection disable | lock delete | stack group delete | stack sub delete`,
    exec: `vm run-command | vmss run-command | container exec | containerapp exec | webapp ssh | ssh |
      aks command | acr run | acr build | rest | pipelines run | functionapp function invoke |
      containerapp job start | webapp create-remote-connection | serial-console | storage blob copy |
      network bastion | sshkey`,
    deploy: `webapp up | webapp deploy | webapp deployment | functionapp deploy | functionapp deployment |
      containerapp up | containerapp update | staticwebapp | deployment group create |
      deployment sub create | deployment mg create | deployment tenant create | spring app deploy |
      stack group create | stack sub create | bicep publish | webapp deployment slot swap |
      functionapp deployment slot swap | aks update | containerapp revision`,
    update: `storage blob upload | storage blob upload-batch | storage fs file upload | storage blob sync |
      storage file upload | storage copy | storage azcopy | keyvault secret set | role assignment delete |
      ad group member remove | network nsg rule delete | vm auto-shutdown`,
    create: 'snapshot create | image create | vm create | group create | aks create',
  },
  otherwise: 'verb',
  groups: 1,
  local: (command) =>
    command.parsed.has('--what-if') || (command.meaning === 'configure' && command.parsed.has('--list-defaults')),
  environment: () => 'production',
  examples: {
    allow: [
      'az --version',
      'az account show',
      'az vm list -g dev -o table',
      'az storage blob list --container-name img --account-name acme',
      'az bicep build --file main.bicep',
      'az deployment group what-if -g dev -f main.bicep',
      'az keyvault secret list --vault-name kv',
      'az vm delete --help',
      'az devops configure --list',
    ],
    deny: [
      'az vm delete -g shop -n web-1 --yes',
      'az sql db delete -g shop -s srv -n orders',
      'az role assignment create --assignee x --role Owner --scope /subscriptions/1',
      'az keyvault secret show --vault-name kv --name stripe',
      'az webapp up --name shop',
      'az network dns zone delete -g shop -n example.com',
      'az monitor log-analytics workspace delete -g shop -n logs',
      'az account get-access-token',
      'az storage account keys list -n acme',
      'az containerapp secret list -n shop -g shop --show-values',
      'az functionapp function keys list -n shop -g shop --function-name f',
      'az communication list-key -n shop -g shop',
    ],
    unsettled: [
      'az login',
      'az vm start -g dev -n web-1',
      'az group create -n dev -l westeurope',
      'az rest --method get --url https://management.azure.com/x',
      'az frobnicate',
      'az "$X" list',
    ],
  },
};

export const azurePrograms: readonly Program[] = [platform(grammar)];
