// Says what methods of Python's own objects do, by what kind of object it is.
import { isProxyVariable, throughProxy } from '../../core/proxy.ts';
import { text as knownText, mergeTaints, show } from '../../core/value.ts';
import { allTaints, handOverAll, resultOf } from '../call.ts';
import {
  asValue,
  data,
  handle,
  listOf,
  manyOf,
  type ObjectThing,
  type Thing,
  taintsOf,
  textOf,
  unknownThing,
} from '../thing.ts';
import { type Called, emit, giveUp, note } from '../world.ts';
import { usePool } from './builtins.ts';
import { useDict, useList, useText } from './containers.ts';
import { ENGINES, useDatabase } from './databases.ts';
import { useConnection } from './network.ts';
import { useArchive, useFile, usePath } from './paths.ts';
import { readVariable } from './places.ts';
import { useProcess } from './processes.ts';

export function useMethod(self: Thing, name: string, called: Called): Thing | undefined {
  switch (self.kind) {
    case 'text':
      return useText(self, name, called);
    case 'list':
      return useList(self, name, called);
    case 'dict':
      return useDict(self, name, called);
    case 'object':
      return useObject(self, name, called);
    case 'data':
      // list.remove; a module is never plain data.
      return name === 'remove' ? data(self.taints) : undefined;
    default:
      return undefined;
  }
}

function useObject(self: ObjectThing, name: string, called: Called): Thing | undefined {
  const { world } = called;
  switch (self.type) {
    case 'path':
    case 'entry':
      return usePath(self, name, called);
    case 'file':
    case 'temporary-file':
      return useFile(self, name, called);
    case 'stdout':
      if (name === 'write' || name === 'writelines') {
        const [given] = called.args;
        note(world, asValue(given), taintsOf(given));
      }
      return ['write', 'writelines', 'flush', 'isatty', 'reconfigure', 'fileno', '__enter__'].includes(name)
        ? data()
        : undefined;
    case 'stdin':
      if (name === 'read') return textOf(self.value, self.taints);
      return ['readline', 'readlines', 'isatty', 'fileno', '[]', 'reconfigure'].includes(name)
        ? data(self.taints)
        : undefined;
    case 'temporary-folder':
      return name === '__enter__' ? textOf(self.value) : name === 'cleanup' ? data() : undefined;
    case 'memory': {
      const [given] = called.args;
      if (name === 'write' && given) self.attributes.set('written', data(mergeTaints(taintsOf(self), taintsOf(given))));
      return data(taintsOf(self));
    }
    case 'environment':
      return useEnvironment(self, name, called);
    case 'process':
      return useProcess(self, name, called);
    case 'pool':
      return name === '__enter__' ? self : usePool(name, called);
    case 'archive':
      return useArchive(self, name, called);
    case 'response':
      return name === '__enter__'
        ? self
        : [
              'read',
              'json',
              'raise_for_status',
              'text',
              'iter_content',
              'iter_lines',
              'getheader',
              'getcode',
              'geturl',
              'info',
              'close',
              'decode',
              '[]',
              'readlines',
              'aread',
              'getheaders',
            ].includes(name)
          ? data(self.taints)
          : undefined;
    case 'read-function':
      return ['()', 'start', 'join', 'cancel', 'is_alive', 'result'].includes(name)
        ? unknownThing('the result of a function')
        : undefined;
    case 'super':
      return name === '__init__' || name === '__new__' ? resultOf(data(), called) : undefined;
    case 'foreign':
      return useForeign(self, name, called);
    case 'package':
      return usePackage(self, name, called);
    case 'plain':
      return undefined;
    default:
      if (ENGINES.has(self.type)) return useDatabase(self, name, called);
      return useConnection(self, name, called);
  }
}

function useEnvironment(self: ObjectThing, name: string, called: Called): Thing | undefined {
  const { world } = called;
  const key = called.args[0];
  const variable = knownText(asValue(key));
  switch (name) {
    case '[]':
    case 'get':
    case 'pop':
      return readVariable(called, variable);
    case 'setdefault':
    case '[]=':
      if (variable === undefined || !called.args[1])
        return giveUp(world, 'an environment variable whose name is not known is set');
      if (isProxyVariable(variable)) for (const effect of throughProxy(asValue(called.args[1]))) emit(world, effect);
      world.env.set(variable, {
        value: asValue(called.args[1]),
        taints: taintsOf(called.args[1]),
        fields: 'one',
        span: { start: 0, end: 0 },
      });
      return readVariable(called, variable);
    case 'copy':
      return { kind: 'dict', entries: new Map(), rest: data(taintsOf(self)) };
    case 'items':
      return manyOf(listOf([data(), data(taintsOf(self))]));
    case 'values':
      return manyOf(data([{ label: 'secret', from: 'the environment' }]));
    case 'keys':
      return manyOf(data());
    case 'update':
      return giveUp(world, 'the environment is changed');
    default:
      return self.kind === 'object' ? undefined : data();
  }
}

/** Names under which the project's own code may change more than files of the project. */
const FAR_REACHING =
  /delete|drop|remove|truncate|destroy|purge|wipe|clear|unlink|rename|move|chmod|flush|reset|kill|send|mail|upload|publish|deploy|execute|exec|eval|run|system|spawn|migrate|push|commit|save|write|create|update|insert|post|put|patch|charge|pay|transfer|grant|revoke/i;

/** Code of the project or of a package that the snippet calls: importing it is an effect of its own. */
function useForeign(self: ObjectThing, name: string, called: Called): Thing {
  handOverAll(called);
  const taints = mergeTaints(self.taints, allTaints(called));
  const what = name === '()' ? (knownText(self.value) ?? '') : name;
  if (FAR_REACHING.test(what.split('.').at(-1) ?? ''))
    return giveUp(called.world, `${what} of a module that is not read is called`);
  if (taints.some((taint) => taint.label === 'secret'))
    return giveUp(called.world, 'a secret is handed to a module that is not read');
  return handle(self.type, self.value, taints);
}

/** Names under which a package loads code, reads and writes files, or talks to others. */
const LEADS_OUT =
  /load|fetch|download|dump|export|import|open|url|hub|serve|listen|bind|connect|request|shell|compile|rdataset|capture|environ|fork|link|unpack|archive|chown|mkdir|touch|rmtree|copy(file|tree|mode|stat|2)|to_?(file|csv|json|sql|excel|parquet|pickle|hdf|zarr|disk|html|feather)|read_|render|preview|edit|(^|_)call(_|$)|^(main|cli|show|invoke|input|start|script)$/i;
/** Texts that name a file elsewhere, a secret or an address. */
const ELSEWHERE = /^[/~]|\.\.|:\/\/|\.(env|pem|key|netrc|ssh|aws|kube)\b|id_(rsa|ed25519)|secret|credential|password/i;

/** A package that computes: what it is given must not lead it to other files or machines. */
function usePackage(self: ObjectThing, name: string, called: Called): Thing {
  const what = name === '()' ? (knownText(self.value) ?? '') : name;
  if (LEADS_OUT.test(what.split('.').at(-1) ?? ''))
    return giveUp(called.world, `${what} of a module that is not read is called`);
  if ([...called.args, ...called.named.values()].some((thing) => leadsElsewhere(thing, ROUTES.test(what))))
    return giveUp(called.world, `${what} of a module that is not read is given something it may open`);
  return useForeign(self, name, called);
}

/** Names under which web frameworks take the path of an address, which names no file. */
const ROUTES = /^(get|head|options|route|add_url_rule|path|reverse|resolve|test_request_context)$/;

function leadsElsewhere(thing: Thing, route: boolean): boolean {
  if (thing.kind === 'text') return ELSEWHERE.test(show(thing.value).slice(route ? 1 : 0));
  if (thing.kind === 'list')
    return (thing.items ?? [thing.element ?? data()]).some((each) => leadsElsewhere(each, route));
  if (thing.kind === 'dict')
    return [...thing.entries.values(), thing.rest ?? data()].some((each) => leadsElsewhere(each, route));
  return thing.kind === 'object' && !['package', 'foreign', 'plain', 'memory'].includes(thing.type);
}
