// Describes the tools around clusters: helm, kustomize, local clusters, and those that bring configuration into a cluster.
import type { Program } from '../../core/program.ts';
import { known } from '../../core/value.ts';
import { choosesProduction } from '../cloud/chosen.ts';
import { type Command, type Grammar, platform } from '../cloud/grammar.ts';
import { mentionsProduction } from '../cloud/verbs.ts';
import { losesLocal } from '../containers/machine.ts';
import { loadsFromElsewhere } from '../elsewhere.ts';
import { harmless, literal } from '../kit.ts';
import { entries } from '../table.ts';

const LOCAL_CONTEXT = /^(kind-|k3d-|minikube|docker-desktop|rancher-desktop|orbstack|colima|microk8s|k3s-default)/;
const localContext = (command: Command): boolean =>
  LOCAL_CONTEXT.test(literal(command.parsed.value('--context', '--kube-context')) ?? '');

const CLUSTER = {
  values: entries(
    '--context | --kube-context | --kubeconfig | --namespace -n | --output -o | --timeout | --selector -l',
  ),
};

const helm: Grammar = {
  names: ['helm', 'helm3'],
  provider: 'helm',
  options: {
    flags: entries(
      '--debug | --dry-run | --install -i | --wait | --atomic | --force | --create-namespace | --reuse-values | --devel',
    ),
    values: entries(
      '--kube-context | --kubeconfig | --namespace -n | --values -f | --set | --set-string | --set-file | --version | --repo | --output -o | --timeout | --post-renderer | --registry-config | --repository-config',
    ),
    optional: ['--dry-run'],
    abbreviations: false,
  },
  commands: {
    local:
      'template | lint | create | package | dependency | dep | pull | fetch | repo add | repo update | repo remove | repo index | verify | unittest | env | completion | plugin list | plugin ls | dependency build | dependency update | schema',
    read: 'list | ls | status | history | hist | get manifest | get notes | get hooks | get metadata | search | show | inspect | version | repo list | repo ls | diff | help | registry list',
    secret: 'get values | get all',
    configure: 'plugin | registry login | registry logout | repo',
    deploy: 'install | upgrade | rollback',
    delete: 'uninstall | delete | del | un',
    exec: 'test',
  },
  special: (command, call) => {
    const renderer = command.parsed.value('--post-renderer');
    if (command.words[0] === 'push' || command.words[0] === 'cm-push')
      return { effects: [{ kind: 'pkg.publish', manager: 'helm', what: 'a chart' }] };
    return renderer === undefined
      ? undefined
      : { effects: [], runs: [{ kind: 'argv', argv: [renderer], via: `${call.name} --post-renderer` }] };
  },
  local: (command) => command.parsed.has('--dry-run') || localContext(command),
  environment: (command) =>
    /(^|[^a-z])prod/i.test(literal(command.parsed.value('--namespace', '--kube-context')) ?? '')
      ? 'production'
      : 'unknown',
  examples: {
    allow: [
      'helm list -A',
      'helm template chart/',
      'helm lint chart',
      'helm upgrade --install shop ./chart --dry-run',
      'helm --kube-context kind-dev install shop ./chart',
      'helm repo add bitnami https://charts.bitnami.com/bitnami',
    ],
    deny: [
      'helm uninstall shop',
      'helm upgrade shop ./chart -n production',
      'helm delete shop -n shop',
      'helm push shop-1.tgz oci://registry.example/charts',
    ],
    unsettled: [
      'helm upgrade --install shop ./chart',
      'helm rollback shop 1',
      'helm plugin install https://example.com/p',
    ],
  },
};

const localCluster = (names: readonly string[], extra: string): Grammar => ({
  names,
  provider: names[0] ?? '',
  options: {
    flags: entries('--verbose -v | --all -a | --purge | --wait'),
    values: entries('--profile -p | --name | --config | --image | --driver | --kubernetes-version'),
  },
  commands: {
    local: `start | stop | create | pause | unpause | load | image | addons | profile | ssh-key | docker-env | podman-env | mount | service | cluster | node | kubeconfig | registry | cp |
      export | build | completion | update-context | restart | dashboard | nerdctl | template | ssh-config | ${extra}`,
    read: 'status | version | get | list | ls | logs | ip | config view | options | help',
    exec: 'ssh | kubectl | tunnel',
    delete: 'delete | cluster delete | node delete | registry delete | image rm | rm | reset | uninstall',
    configure: 'config | update | prune',
  },
  // Nobody else uses a cluster on this machine, but what it holds is lost.
  special: (command) =>
    command.path[0] === 'docker-env' || command.path[0] === 'podman-env'
      ? {
          effects: [{ kind: 'inspect', what: `${names[0]} ${command.path[0]}` }],
          output: {
            text: known('export DOCKER_HOST="tcp://127.0.0.1:2376"\nexport DOCKER_TLS_VERIFY="1"\n'),
            taints: [],
          },
        }
      : command.meaning === 'delete'
        ? {
            effects: [losesLocal(`a cluster of this machine with all that is in it`, `${names[0]} delete`)],
          }
        : undefined,
  examples: {
    allow: [`${names[0]} version`, `${names[0]} start`, `eval "$(${names[0]} docker-env)" && docker ps`],
    unsettled: [`${names[0]} delete`, `${names[0]} ssh`, `${names[0]} frobnicate`],
  },
});

const argocd: Grammar = {
  names: ['argocd', 'argo'],
  provider: 'argocd',
  options: {
    flags: entries('--insecure | --grpc-web | --core | --prune | --force | --dry-run'),
    values: entries(
      '--server | --auth-token | --config | --context | --app-namespace -N | --namespace -n | --output -o',
    ),
  },
  commands: {
    read: '* list | * get | app diff | app history | app logs | app manifests | app wait | app resources | version | context | list | get | logs | lint | wait | template list | template get',
    secret:
      'account generate-token | admin initial-password | admin export | proj role create-token | proj role get | admin redis-initial-password',
    grant:
      'proj role | account update-password | account bcrypt | proj add-source | proj add-destination | proj allow-cluster-resource',
    login: 'login | logout | relogin',
    configure: 'account | cluster add | repo add | repocreds',
    delete: 'app delete | * delete | * rm | app delete-resource | delete | cluster rm | proj delete',
    deploy:
      'app sync | app rollback | app set | app create | app patch | app actions run | appset create | submit | retry | resubmit | app unset | app terminate-op',
  },
  local: (command) => command.parsed.has('--dry-run'),
  examples: {
    allow: ['argocd app list', 'argocd app diff shop', 'argocd app sync shop --dry-run'],
    deny: ['argocd app delete shop', 'argocd app sync shop', 'argocd proj role create-token shop ci'],
    unsettled: ['argocd login argo.example.com'],
  },
};

const flux: Grammar = {
  names: ['flux'],
  provider: 'flux',
  options: CLUSTER,
  commands: {
    local: 'build | version --client | completion | install --export',
    read: 'get | logs | check | version | events | stats | tree | trace | diff | debug | list',
    secret: 'export',
    delete: 'delete | uninstall',
    deploy: 'reconcile | bootstrap | install | push',
    update: 'suspend | resume | create | migrate',
    login: 'oci',
  },
  local: localContext,
  environment: (_, call) => (choosesProduction(call) ? 'production' : 'unknown'),
  examples: {
    allow: ['flux get kustomizations', 'flux check'],
    deny: ['flux uninstall', 'flux delete source git shop'],
    unsettled: ['flux suspend kustomization shop', 'flux reconcile source git shop'],
  },
};

const mesh: Grammar = {
  names: ['istioctl', 'linkerd', 'cilium', 'hubble'],
  provider: 'mesh',
  options: CLUSTER,
  commands: {
    read: 'version | analyze | proxy-status | ps | proxy-config | pc | check | status | validate | describe | diagnostics | stat | top | tap | edges | routes | observe | list | verify-install | experimental describe | x describe | precheck | profile list | profile dump | viz stat | connectivity status',
    local: 'manifest generate | kube-inject | inject | completion | profile diff',
    update: 'upgrade | tag | dashboard | admin | hubble | clustermesh | config | encryption',
    deploy: 'install',
    delete: 'uninstall | uninject',
  },
  local: localContext,
  environment: (_, call) => (choosesProduction(call) ? 'production' : 'unknown'),
  examples: {
    allow: ['istioctl analyze', 'linkerd check'],
    deny: ['istioctl uninstall --purge'],
    unsettled: ['istioctl install --set profile=demo'],
  },
};

const kustomize: Grammar = {
  names: ['kustomize'],
  provider: 'kustomize',
  options: {
    flags: entries('--enable-helm | --enable-exec | --enable-alpha-plugins | --network'),
    values: entries('--output -o | --load-restrictor | --helm-command | --env -e'),
  },
  commands: { local: 'build | create | edit | cfg  | localize', read: 'version' },
  special: (command, call) => {
    const runs = command.parsed.options.some((option) =>
      /^--enable-(exec|alpha-plugins)$|^--helm-command$/.test(option.name),
    );
    return runs
      ? { effects: [{ kind: 'opaque', layer: 'argument', because: `${call.name} may run plugins` }] }
      : undefined;
  },
  examples: {
    allow: ['kustomize build overlays/dev', 'kustomize version'],
    unsettled: ['kustomize build --enable-exec overlays/dev'],
  },
};

const managed: Grammar = {
  names: ['eksctl', 'kubeadm', 'rke', 'talosctl', 'clusterctl', 'k3sup'],
  provider: 'cluster',
  options: {
    flags: entries('--yes -y | --wait | --approve'),
    values: entries(
      '--name | --state | --region -r | --cluster | --config-file -f | --profile -p | --nodes -n | --endpoints -e | --talosconfig',
    ),
  },
  commands: {
    local: 'completion | config images list',
    read: 'get | describe | validate | version | info | utils describe-stacks | health | dashboard | logs | list | certs check-expiration | config view | token list',
    secret: 'export | utils write-kubeconfig | token create | kubeconfig | config kubeconfig',
    grant: 'create iamidentitymapping | create iamserviceaccount',
    destroy: 'delete | reset | destroy | remove',
    deploy: 'update | upgrade | apply | rolling-update | apply-config',
    create: 'create | init | join | generate | bootstrap | install',
    exec: 'toolbox',
    update: 'scale | drain | edit | replace | set | enable | unset | promote | patch | reboot | shutdown',
  },
  environment: (_, call) => (choosesProduction(call) ? 'production' : 'unknown'),
  examples: {
    allow: ['eksctl get cluster', 'talosctl -n 192.0.2.1 version'],
    deny: ['eksctl delete nodegroup --cluster a b'],
    unsettled: ['eksctl create cluster -f cluster.yaml', 'eksctl upgrade cluster -f cluster.yaml'],
  },
};

/** Without `--yes` it shows what it would change and changes nothing. */
const kops: Grammar = {
  names: ['kops'],
  provider: 'cluster',
  options: {
    flags: entries('--yes -y | --wait | --admin | --create-kube-config'),
    values: entries('--name | --state | --output -o | --target | --filename -f | --cloud | --phase'),
    abbreviations: false,
  },
  commands: {
    local: 'completion | version',
    read: 'get | validate | trust',
    secret: 'export | get secrets | get keypairs | toolbox dump | create keypair',
    grant: 'create secret | create sshpublickey',
    destroy: 'delete | rolling-update',
    deploy: 'update | upgrade | replace | reconcile',
    create: 'create | edit | promote',
    exec: 'toolbox',
  },
  local: (command) =>
    !command.parsed.has('--yes') &&
    /^(delete (cluster|instancegroup|instance|ig)|update|upgrade|rolling-update)/.test(
      command.words.slice(0, 2).join(' '),
    ),
  examples: {
    allow: ['kops get clusters', 'kops update cluster dev.example.com', 'kops delete cluster dev.example.com'],
    deny: [
      'kops delete cluster dev.example.com --yes',
      'kops update cluster dev.example.com --yes',
      'kops export kubecfg',
    ],
    unsettled: ['kops create cluster dev.example.com', 'kops toolbox template'],
  },
};

const helmfile: Grammar = {
  names: ['helmfile'],
  provider: 'helmfile',
  options: {
    flags: entries('--debug | --quiet -q | --interactive -i | --skip-deps | --include-needs | --suppress-diff'),
    values: entries(
      '--environment -e | --file -f | --namespace -n | --selector -l | --kube-context | --state-values-set | --state-values-file | --set | --values | --args | --concurrency | --chart -c | --log-level',
    ),
    abbreviations: false,
  },
  commands: {
    local: 'template | lint | build | deps | fetch | repos | write-values | show-dag | cache | init | create',
    read: 'list | status | diff | version | print-env',
    deploy: 'apply | sync | charts',
    destroy: 'destroy | delete',
    exec: 'test',
  },
  special: (command, call) => {
    const loaded = loadsFromElsewhere(call, command.parsed.all('--file'));
    return loaded.length > 0 ? { effects: loaded } : undefined;
  },
  local: localContext,
  environment: (command) =>
    mentionsProduction(command.parsed.all('--environment', '--kube-context', '--namespace')) ? 'production' : 'unknown',
  examples: {
    allow: ['helmfile diff', 'helmfile -e dev template'],
    deny: ['helmfile destroy', 'helmfile -e production apply'],
    unsettled: ['helmfile -f /opt/other/helmfile.yaml template', 'helmfile -e dev apply', 'helmfile frob'],
  },
};

const k9s: Program = {
  names: ['k9s'],
  lower: (call) =>
    call.args.length === 1 && /^(version|info|help|--help)$/.test(literal(call.args[0]) ?? '')
      ? harmless('k9s')
      : { effects: [{ kind: 'opaque', layer: 'program', because: 'k9s is a screen for a person' }] },
  examples: { allow: ['k9s version'], unsettled: ['k9s -n shop'] },
};

export const clusterPrograms: readonly Program[] = [
  ...[
    helm,
    localCluster(['minikube'], 'up'),
    localCluster(['kind'], 'start'),
    localCluster(['k3d'], 'start'),
    localCluster(['colima', 'limactl', 'orb', 'orbctl'], 'up'),
    localCluster(['microk8s'], 'enable | disable'),
    argocd,
    flux,
    mesh,
    kustomize,
    managed,
    kops,
    helmfile,
  ].map(platform),
  k9s,
];
