// Turns kubectl and oc argv into effects by verb, resource, namespace and context. Knows no policy.
import type { Word } from '../../core/invocation.ts';
import { type OptionSpec, type ParsedArgs, parseArgs } from '../../core/options.ts';
import type { Call, EffectDraft, Lowering, Program } from '../../core/program.ts';
import { known, text, type Value } from '../../core/value.ts';
import { asksHelp } from '../cloud/grammar.ts';
import { isLocalAddress, mentionsProduction, namesStage } from '../cloud/verbs.ts';
import { loadsFromElsewhere } from '../elsewhere.ts';
import { at, harmless, inspect, literal, mustBeKnown, opaque, reads, writes } from '../kit.ts';
import { entries } from '../table.ts';
import { cloud, lowerManifests, lowerSettings, type Request, resourceOf } from './kubectl-change.ts';
import { contextChoosers } from './kubectl-context.ts';

const SPEC: OptionSpec = {
  flags:
    entries(`--all | --all-namespaces -A | --watch -w | --watch-only | --force | --recursive -R | --ignore-not-found | --now | --show-labels | --no-headers | --prune | --server-side | --overwrite | --list |
    --stdin -i | --tty -t | --rm | --quiet -q | --follow | --previous | --timestamps | --prefix | --all-containers | --delete-emptydir-data --delete-local-data | --ignore-daemonsets |
    --disable-eviction | --privileged | --insecure-skip-tls-verify | --warnings-as-errors | --minify | --flatten | --raw | --client | --short | --containers | --attach | --expose | --record | --merge |
    --namespaced | --no-daemonize | --keep-annotations | --share-processes | --arguments-only | --server-print | --allow-missing-template-keys | --show-managed-fields | --skip-headers`),
  values:
    entries(`--namespace -n | --context | --cluster | --user | --kubeconfig | --server -s | --as | --as-group | --token | --certificate-authority | --client-certificate | --client-key | --request-timeout | --v -v |
    --filename -f | --kustomize -k | --selector -l | --field-selector | --output -o | --template | --sort-by | --replicas | --container -c | --tail | --since | --since-time | --timeout | --for | --grace-period | --image | --restart |
    --command | --env | --labels | --overrides | --port | --limits | --requests | --serviceaccount | --clusterrole | --role | --group | --verb | --resource | --from-literal | --from-file | --from-env-file |
    --type | --patch -p | --patch-file | --field-manager | --subresource | --label-columns -L | --to-revision | --revision | --address | --max-log-requests | --pod-selector | --chunk-size | --target | --target-port | --name | --cpu-percent | --min | --max | --profile | --schedule | --duration | --audience`),
  optional: entries('--dry-run | --cascade | --validate | --wait | --save-config | --pod-running-timeout | --color'),
  abbreviations: false,
};
const READS =
  /^(get|describe|logs?|explain|top|version|api-resources|api-versions|cluster-info|diff|events|wait|completion|options|help|kustomize|convert|whoami|status|project|projects)$/;
const SUB_READS = new Set(
  entries(`auth can-i | auth whoami | config view | config current-context | config get-contexts | config get-clusters | config get-users | rollout status | rollout history | plugin list | apply view-last-applied |
    krew list | krew search | adm top | certificate list`),
);
const LOCAL_CONTEXT =
  /^(kind-|k3d-|minikube|docker-desktop|docker-for-desktop|rancher-desktop|orbstack|colima|microk8s|k3s-default|default-local|crc-)/;
const GROUPS = /^(auth|config|rollout|plugin|set|create|krew|certificate|adm|policy|apply|alpha|beta)$/;
const GRANTS = /^(clusterrolebinding|rolebinding|clusterrole|role|token|serviceaccount)s?$/;
/** Things whose loss takes data, or many other things, with it. */
const CONTAINERS_OF_MUCH =
  /^(ns|namespaces?|pv|persistentvolumes?|pvc|persistentvolumeclaims?|crd|crds|customresourcedefinitions?|sts|statefulsets?|nodes?|no|clusters?|projects?|all)$/;

function contextOf(call: Call, parsed: ParsedArgs): 'local' | 'other' | 'unknown' {
  const server = parsed.value('--server');
  if (server !== undefined) return isLocalAddress(literal(server) ?? '') ? 'local' : 'other';
  const named = parsed.value('--context', '--cluster');
  const spelled = literal(named) ?? (named === undefined ? currentContext(call, parsed) : undefined);
  if (spelled === undefined) return named === undefined ? 'unknown' : 'other';
  return LOCAL_CONTEXT.test(spelled) ? 'local' : 'other';
}

/** The context that kubectl itself would take from its configuration file. */
function currentContext(call: Call, parsed: ParsedArgs): string | undefined {
  const named = parsed.value('--kubeconfig') ?? call.env('KUBECONFIG');
  const path = named === undefined ? `${call.context.home}/.kube/config` : text(at(call, named));
  if (path === undefined || path.includes(':')) return undefined;
  const file = call.facts('file', { path });
  if (file?.state !== 'text') return undefined;
  return /^current-context:\s*["']?([^"'\s]+)/m.exec(file.text)?.[1];
}

/** Arguments before `--`, and the command after it. */
function splitPayload(args: readonly Word[]): [readonly Word[], readonly Word[]] {
  const dashes = args.findIndex((word) => literal(word) === '--');
  return dashes < 0 ? [args, []] : [args.slice(0, dashes), args.slice(dashes + 1)];
}

function lower(call: Call): Lowering {
  const [own, payload] = splitPayload(call.args);
  if (own.length === 0 || asksHelp(own)) return harmless('kubectl help');
  const parsed = parseArgs(own, SPEC);
  const [first, second, ...others] = parsed.operands;
  const verb = literal(first);
  if (
    verb === undefined ||
    first === undefined ||
    (parsed.unlisted[0] && own.indexOf(parsed.unlisted[0].word) < own.indexOf(first))
  )
    return { effects: [opaque('the kubectl command is not known')] };
  const sub = `${verb} ${literal(second) ?? '?'}`;
  const grouped =
    GROUPS.test(verb) && second !== undefined && (verb !== 'apply' || /-last-applied$/.test(literal(second) ?? ''));
  const operands = grouped ? others : second === undefined ? [] : [second, ...others];
  const request: Request = {
    verb: grouped ? sub : verb,
    operands,
    parsed,
    where: contextOf(call, parsed),
    production: mentionsProduction([
      call.env('KUBECONFIG'),
      ...parsed.all('--namespace', '--context', '--cluster', '--kubeconfig', '--filename', '--kustomize'),
      ...operands,
    ]),
  };
  const unclear = mustBeKnown(
    parsed.dynamic.filter((word) => word !== first && !operands.slice(1).includes(word) && word.fields === 'many'),
    'a kubectl argument',
  );
  const files = reads(
    call,
    parsed
      .all('--filename', '--kustomize', '--patch-file', '--from-file', '--from-env-file')
      .filter((word) => !/^https?:/.test(literal(word) ?? '')),
    'copy',
  );
  // A kubeconfig may name a program that fetches the credentials.
  const config = loadsFromElsewhere(call, parsed.all('--kubeconfig')).filter(
    (effect) => !/\/\.kube\//.test(effect.kind === 'opaque' ? effect.because : ''),
  );
  const lowering = lowerVerb(call, request, payload);
  return { ...lowering, effects: [...files, ...unclear, ...config, ...lowering.effects] };
}

function lowerVerb(call: Call, request: Request, payload: readonly Word[]): Lowering {
  const { verb, operands, parsed } = request;
  if (
    verb === 'whoami' &&
    (parsed.has('--tty', '--show-token') || call.args.some((word) => literal(word) === '--show-token'))
  )
    return {
      effects: [{ kind: 'secret.read', what: 'the token of the cluster login', shown: !call.invocation.captured }],
      output: { taints: [{ label: 'secret', from: `${call.name} whoami -t` }] },
    };
  if (SUB_READS.has(verb))
    return verb === 'config view' && parsed.has('--raw')
      ? { effects: [{ kind: 'secret.read', what: 'the cluster credentials', shown: true }] }
      : harmless(`kubectl ${verb}`);
  if (READS.test(verb)) return lowerRead(request);
  const dry = parsed.options.find((option) => option.name === '--dry-run');
  if (dry !== undefined && literal(dry.value) !== 'none' && literal(dry.value) !== 'false')
    return harmless('kubectl dry run');
  const target = operands[1]?.value ?? operands[0]?.value ?? parsed.value('--filename')?.value;
  switch (verb) {
    case 'exec':
    case 'attach':
    case 'debug':
    case 'rsh':
    case 'run':
      return lowerExec(request, payload);
    case 'cp':
      return lowerCopy(call, request);
    case 'delete': {
      const kinds = (literal(operands[0]) ?? '')
        .split(',')
        .map((kind) => kind.split('/')[0]?.split('.')[0]?.toLowerCase() ?? '');
      const stage = namesStage(literal(parsed.value('--namespace')) ?? '');
      const mass = parsed.has('--all', '--all-namespaces') || kinds.some((kind) => CONTAINERS_OF_MUCH.test(kind));
      const recreated = kinds.every((kind) => /^(po|pods?|jobs?|rs|replicasets?|events?|ev)$/.test(kind));
      if (
        (stage && recreated) ||
        (operands.length === 0 && parsed.has('--filename', '--kustomize') && !request.production)
      )
        return { effects: [cloud(request, 'update', target)] };
      return { effects: [cloud(request, 'delete', target, { mass })] };
    }
    case 'create clusterrolebinding':
    case 'create rolebinding':
    case 'create clusterrole':
    case 'create role':
    case 'create token':
      return { effects: [cloud(request, 'grant', target)] };
    case 'set subject':
    case 'certificate approve':
    case 'auth reconcile':
    case 'adm policy':
    case 'policy add-role-to-user':
      return { effects: [cloud(request, 'grant', target)] };
    case 'port-forward':
    case 'proxy':
      return {
        effects: [
          /^(0\.0\.0\.0|\*|::)$/.test(literal(parsed.value('--address')) ?? '')
            ? { kind: 'net.listen', what: 'tunnel', address: known('0.0.0.0'), exposes: 'the cluster' }
            : request.production
              ? cloud(request, 'configure', target)
              : inspect(`kubectl ${verb}`),
        ],
      };
    case 'config use-context':
    case 'config set-context':
    case 'config set-cluster':
    case 'config set-credentials':
    case 'config set':
    case 'config unset':
    case 'config delete-context':
    case 'config delete-cluster':
    case 'config delete-user':
    case 'config rename-context':
    case 'config use':
      return {
        effects: [
          {
            kind: 'cloud',
            provider: 'kubernetes',
            service: 'config',
            operation: verb,
            action: 'configure',
            target: operands[0]?.value ?? known(''),
            ...(request.production || mentionsProduction(operands) ? { production: true } : {}),
          },
        ],
      };
    case 'login':
    case 'logout':
    case 'new-project':
    case 'krew install':
      return { effects: [cloud(request, 'configure', target)] };
    case 'drain':
    case 'adm drain':
      return parsed.has('--delete-emptydir-data', '--force', '--disable-eviction')
        ? { effects: [cloud(request, 'delete', target)] }
        : lowerChange(call, request, target);
    case 'cordon':
    case 'uncordon':
    case 'taint':
    case 'scale':
    case 'autoscale':
    case 'annotate':
    case 'label':
    case 'patch':
    case 'edit':
    case 'expose':
    case 'replace':
    case 'apply':
    case 'create':
    case 'set':
    case 'apply set-last-applied':
    case 'apply edit-last-applied':
      return lowerChange(call, request, target);
    default:
      if (/^(rollout|set|create|certificate|policy|adm) /.test(verb)) return lowerChange(call, request, target);
      return { effects: [opaque(`what kubectl ${verb} does is not known`)] };
  }
}

function lowerChange(call: Call, request: Request, target: Value | undefined): Lowering {
  const { parsed, verb } = request;
  const url = literal(parsed.value('--filename'));
  const effects: EffectDraft[] = [];
  if (url !== undefined && /^https?:/.test(url)) effects.push({ kind: 'net.fetch', url: known(url) });
  if (request.where !== 'local')
    effects.push(...lowerManifests(call, request, target), ...lowerSettings(request, target));
  if (parsed.has('--prune')) effects.push(cloud(request, 'delete', target, { mass: true }));
  if (GRANTS.test(resourceOf(request.operands[0])) && verb !== 'create serviceaccount')
    effects.push(cloud(request, 'grant', target));
  effects.push(cloud(request, /^create/.test(verb) ? 'create' : 'update', target));
  return { effects };
}

function lowerRead(request: Request): Lowering {
  const { verb, operands, parsed } = request;
  if (verb === 'cluster-info' && literal(operands[0]) === 'dump')
    return { effects: [{ kind: 'secret.hunt', what: 'a dump of the whole cluster' }] };
  if (verb === 'completion' || verb === 'help') return harmless(`kubectl ${verb}`);
  const kinds = (literal(operands[0]) ?? '')
    .split(',')
    .map((kind) => kind.split('/')[0]?.split('.')[0]?.toLowerCase() ?? '');
  if (verb !== 'get' && verb !== 'edit')
    return { effects: [inspect(`kubectl ${verb}`)], ...(verb === 'logs' ? {} : { output: { taints: [] } }) };
  const raw = literal(parsed.value('--raw')) ?? (parsed.has('--raw') ? literal(operands[0]) : undefined) ?? '';
  const unclear = mustBeKnown(operands.slice(0, 1), 'what kubectl gets');
  if (unclear.length > 0) return { effects: unclear };
  if (!kinds.some((kind) => /^secrets?$/.test(kind)) && !/\/secrets/.test(raw))
    return harmless(`kubectl ${verb}`, { taints: [] });
  const output = literal(parsed.value('--output'));
  const names = output === undefined || /^(name|wide)$/.test(output);
  if (names && parsed.has('--all-namespaces'))
    return { effects: [{ kind: 'secret.hunt', what: 'the secrets of every namespace' }] };
  if (names && raw === '')
    return {
      effects: [
        {
          kind: 'cloud',
          provider: 'kubernetes',
          service: 'secrets',
          operation: 'list',
          action: 'configure',
          target: known(''),
        },
      ],
    };
  return {
    effects: [
      {
        ...(cloud({ ...request, where: 'other' }, 'secret', operands[1]?.value) as Extract<
          EffectDraft,
          { kind: 'cloud' }
        >),
      },
    ],
    output: { taints: [{ label: 'secret', from: 'a cluster secret' }] },
  };
}

function lowerExec(request: Request, payload: readonly Word[]): Lowering {
  const { verb, operands, parsed } = request;
  const [target, ...inline] = operands;
  const argv = payload.length > 0 ? payload : verb === 'run' ? [] : inline;
  const effects: EffectDraft[] = [];
  if (request.where !== 'local' || request.production)
    effects.push(cloud({ ...request, where: 'other' }, 'exec', target?.value));
  else effects.push(inspect(`kubectl ${verb} in a local cluster`));
  if (
    parsed.has('--privileged') ||
    /privileged|hostPID|hostNetwork|hostPath/.test(
      text(parsed.value('--overrides')?.value ?? known('')) ?? 'privileged',
    )
  )
    effects.push({ kind: 'privilege', how: 'escape', what: 'a privileged pod' });
  if (verb === 'debug' && resourceOf(target) === 'node')
    effects.push({ kind: 'privilege', how: 'escape', what: 'a shell on a node' });
  if (argv.length === 0) return { effects };
  return {
    effects,
    runs: [
      {
        kind: 'argv',
        argv,
        via: `kubectl ${verb}`,
        cwd: known('/'),
        place: { kind: 'container', name: literal(target) ?? '?' },
      },
    ],
  };
}

function lowerCopy(call: Call, request: Request): Lowering {
  const [from, to] = request.operands;
  if (from === undefined || to === undefined) return { effects: [opaque('what is copied is not known')] };
  const inside = /^[^/.][^/]*:|^[^/.:][^/:]*\/[^/:]+:/.test(literal(to) ?? '');
  return inside
    ? { effects: [...reads(call, [from], 'copy'), cloud(request, 'update', to.value)] }
    : { effects: [inspect('kubectl cp'), ...mustBeKnown([from], 'what is copied'), ...writes(call, [to], 'extract')] };
}

const kubectl: Program = {
  names: ['kubectl', 'oc', 'kubecolor', 'microk8s.kubectl'],
  lower,
  examples: {
    allow: [
      'kubectl get pods -A',
      'kubectl -n shop describe deploy/api',
      'kubectl logs -f deploy/api --tail 20',
      'kubectl auth can-i create pods',
      'kubectl config current-context',
      'kubectl apply -f k8s/ --dry-run=server',
      'kubectl --context kind-dev apply -f k8s/',
      'kubectl --context minikube delete ns scratch',
      'kubectl rollout status deploy/api',
      'kubectl diff -f k8s/',
      'kubectl port-forward svc/api 8080:80',
      'kubectl delete --help',
      {
        command: 'kubectl apply -f k8s/',
        files: { '../.kube/config': 'current-context: kind-dev\n' },
        cwd: '/home/dev/project',
      },
    ],
    deny: [
      'kubectl delete namespace shop',
      'kubectl delete deploy api',
      'kubectl delete pvc --all -n shop',
      'kubectl -n production exec -it api-0 -- bash',
      'kubectl create clusterrolebinding root --clusterrole=cluster-admin --user=x',
      'kubectl get secret stripe -o yaml',
      'kubectl get secrets -A',
      'kubectl create token admin',
      'kubectl --context prod-eu scale deploy/api --replicas=0',
      'kubectl apply -k overlays/production',
      'kubectl debug node/n1 -it --image=busybox',
      'kubectl drain node-1 --ignore-daemonsets --delete-emptydir-data',
      'kubectl apply -f - <<EOF\nkind: ClusterRoleBinding\nmetadata:\n  name: x\nEOF',
      { command: 'kubectl apply -f rbac.yaml', files: { 'rbac.yaml': 'kind: Role\n' }, cwd: '/home/dev/project' },
      'kubectl patch pv data -p \'{"metadata":{"finalizers":null}}\'',
      'kubectl label ns shop pod-security.kubernetes.io/enforce=privileged',
      'oc whoami -t',
      'KUBECONFIG=/home/dev/.kube/prod.yaml kubectl scale deploy/api --replicas=0',
    ],
    unsettled: [
      'kubectl apply -f k8s/',
      'kubectl exec api-0 -- ls /app',
      'kubectl delete pods --all -n staging',
      'kubectl drain node-1',
      'kubectl rollout restart deploy/api',
      'kubectl get secret',
      'kubectl config use-context staging',
      'kubectl delete -f k8s/job.yaml',
      'kubectl frobnicate',
      'kubectl "$VERB" pods',
      'kubectl get "$KIND" -o yaml',
    ],
  },
};

export const kubectlPrograms: readonly Program[] = [kubectl, contextChoosers];
