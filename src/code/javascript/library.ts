// Puts the tables of JavaScript's and Node.js's library together for the reader of snippets.
import { joinPath } from '../../core/path.ts';
import { isProxyVariable, throughProxy } from '../../core/proxy.ts';
import { secretVariable } from '../../core/sensitive.ts';
import { known, text as knownText } from '../../core/value.ts';
import { anyText, mixes, pure, read, wordOf } from '../action.ts';
import { handOverAll } from '../call.ts';
import { hasRow, rowOf } from '../table.ts';
import { asValue, data, handle, listOf, ref, type Thing, taintsOf, textOf, unknownThing } from '../thing.ts';
import { type Called, emit, giveUp, type Library, type MethodAction, type World } from '../world.ts';
import { ACCESSOR, parseJavaScript } from './convert.ts';
import { FUNCTIONS } from './functions.ts';
import { useMethod } from './methods.ts';
import {
  DATA_GLOBALS,
  HARMLESS,
  HARMLESS_METHODS,
  MIXING_GLOBALS,
  PURE_GLOBALS,
  READ_PACKAGES,
  UNREAD_MODULES,
} from './names.ts';

/** node -e has these without require. */
const REPL_MODULES: ReadonlySet<string> = new Set([
  'fs',
  'path',
  'os',
  'child_process',
  'http',
  'https',
  'net',
  'util',
  'url',
  'crypto',
  'zlib',
  'assert',
  'dns',
  'tty',
  'querystring',
  'readline',
  'events',
]);
const MODULES: ReadonlySet<string> = new Set([
  ...REPL_MODULES,
  'fs/promises',
  'path/posix',
  'buffer',
  'perf_hooks',
  'string_decoder',
  'timers',
  'timers/promises',
  'process',
  'punycode',
  'axios',
  'undici',
  'console',
  'constants',
]);
const GLOBAL_OBJECTS: ReadonlySet<string> = new Set([
  'JSON',
  'Math',
  'console',
  'process',
  'Object',
  'Array',
  'Promise',
  'Reflect',
  'Deno',
  'Bun',
  'Intl',
  'Atomics',
  'performance',
  'URL',
]);
const WHOLE = new Set(['globalThis', 'global', 'window', 'self']);

function global(name: string, world: World): Thing | undefined {
  if (WHOLE.has(name)) return ref('globalThis');
  if (DATA_GLOBALS.has(name)) return data();
  if (name === 'module' || name === 'exports') return handle('exports');
  if (name === '__dirname') return textOf(world.setting.cwd);
  if (name === '__filename' || name === 'import.meta')
    return name === 'import.meta' ? data() : anyText('the path of the script');
  if (name === 'arguments') return giveUp(world, 'arguments are taken by their number');
  if (name === 'super') return handle('super');
  if (name === 'this') return unknownThing('this');
  if (
    PURE_GLOBALS.has(name) ||
    MIXING_GLOBALS.has(name) ||
    GLOBAL_OBJECTS.has(name) ||
    hasRow(FUNCTIONS, name) ||
    name === ACCESSOR
  )
    return ref(name);
  return REPL_MODULES.has(name) ? ref(name) : undefined;
}

function member(of: string, name: string, world: World): Thing {
  if (of === 'globalThis') return global(name, world) ?? giveUp(world, `the global name ${name} is not known`);
  if (of === 'path' && name === 'posix') return ref('path');
  if (MODULES.has(of) && name === 'default') return ref(of);
  if (of === 'process') return processMember(name, world);
  const full = `${of}.${name}`;
  if (['path.sep', 'path.posix.sep'].includes(full)) return textOf(known('/'));
  if (full === 'os.EOL') return textOf(known('\n'));
  if (/^(Bun|Deno)\.(version|revision|build)$/.test(full)) return data();
  if (full === 'fs.constants' || full === 'path.delimiter' || full === 'os.constants') return data();
  if (full === 'fs.promises' || full === 'dns.promises' || hasRow(FUNCTIONS, full)) return ref(full);
  const harmless = rowOf(HARMLESS, of);
  if (harmless === '*' || harmless?.has(name)) return ref(full);
  if (MODULES.has(of) || GLOBAL_OBJECTS.has(of)) return giveUp(world, `${full} is not a function that is known`);
  return HARMLESS_METHODS.has(name) || name === 'prototype' || name === 'name' || name === 'length'
    ? ref(full)
    : giveUp(world, `${full} is not known`);
}

function processMember(name: string, world: World): Thing {
  const { setting } = world;
  switch (name) {
    case 'env':
      return handle('environment');
    case 'argv':
      return listOf([textOf(known('node')), ...setting.args.map((word) => textOf(word.value, word.taints))].concat([]));
    case 'stdin':
      return handle('stdin', setting.stdin.text, setting.stdin.taints);
    case 'stdout':
    case 'stderr':
      return handle('stdout');
    case 'pid':
      return handle('own-pid');
    case 'platform':
    case 'version':
    case 'versions':
    case 'arch':
    case 'execArgv':
    case 'exitCode':
    case 'title':
    case 'ppid':
    case 'release':
    case 'features':
      return data();
    case 'execPath':
      return textOf(known('node'));
    default:
      return hasRow(FUNCTIONS, `process.${name}`)
        ? ref(`process.${name}`)
        : giveUp(world, `process.${name} is not known`);
  }
}

function callFunction(name: string, called: Called): Thing {
  const action = rowOf(FUNCTIONS, name);
  if (action) return action(called);
  if (PURE_GLOBALS.has(name)) return pure(called);
  if (MIXING_GLOBALS.has(name)) return mixes(called);
  const at = name.lastIndexOf('.');
  const [of, last] = [name.slice(0, at), name.slice(at + 1)];
  const harmless = rowOf(HARMLESS, of);
  if (at > 0 && (harmless === '*' || harmless?.has(last))) return pure(called);
  if (at > 0 && HARMLESS_METHODS.has(last) && !MODULES.has(of)) return mixes(called);
  if (name === 'assert') return pure(called);
  handOverAll(called);
  return giveUp(called.world, `${name} is called, which is not a function that is known`);
}

function attribute(self: Thing, name: string, world: World): Thing | undefined {
  if (self.kind === 'ref' && self.name === 'process' && name === 'exitCode=') return data();
  if (self.kind !== 'object')
    return name === 'length' && (self.kind === 'list' || self.kind === 'closure') ? data(taintsOf(self)) : undefined;
  switch (self.type) {
    case 'environment':
      return variable(name, world);
    case 'process':
      return name === 'pid'
        ? handle('own-pid')
        : ['stdout', 'stderr', 'stdin'].includes(name)
          ? self
          : ['status', 'code', 'length', 'error', 'signal', 'exitCode', 'killed'].includes(name)
            ? data(self.taints)
            : undefined;
    case 'response':
      return [
        'status',
        'ok',
        'statusCode',
        'headers',
        'statusText',
        'url',
        'body',
        'data',
        'redirected',
        'statusMessage',
        'length',
      ].includes(name)
        ? data(self.taints)
        : undefined;
    case 'url':
      return name === 'href' ? textOf(self.value, self.taints) : data(self.taints);
    case 'stdin':
    case 'stdout':
      return ['isTTY', 'fd', 'columns', 'rows'].includes(name)
        ? name === 'fd'
          ? textOf(known(self.type === 'stdin' ? '/dev/stdin' : '/dev/stdout'))
          : data()
        : undefined;
    case 'exports':
      return name === 'exports' || name === 'exports='
        ? self
        : (self.attributes.get(name) ??
            (name === 'paths' || name === 'id' || name === 'filename'
              ? data()
              : giveUp(world, `module.${name} is used`)));
    case 'foreign':
    case 'package':
      return handle(self.type, known(name), self.taints);
    default:
      return undefined;
  }
}

function variable(name: string, world: World): Thing {
  const word = world.env.get(name) ?? world.setting.env(name);
  if (word) return textOf(word.value, word.taints);
  return anyText(`the environment variable ${name}`, secretVariable(name) ? [{ label: 'secret', from: name }] : []);
}

/** A variable that is set is seen by every program that is started later. */
function setVariable(called: Called): Thing {
  const { world } = called;
  const [key, value] = called.args;
  const name = knownText(asValue(key));
  if (name === undefined || !value) return giveUp(world, 'an environment variable whose name is not known is set');
  if (isProxyVariable(name)) for (const effect of throughProxy(asValue(value))) emit(world, effect);
  world.env.set(name, wordOf(value));
  return data();
}

function useLibraryMethod(self: Thing, name: string, called: Called): Thing | undefined {
  if (self.kind === 'object' && self.type === 'environment' && name === '[]=') return setVariable(called);
  if (self.kind === 'object' && self.type === 'environment' && name === '[]') {
    const key = knownText(asValue(called.args[0]));
    return key === undefined
      ? anyText('an environment variable', [{ label: 'secret', from: 'the environment' }])
      : variable(key, called.world);
  }
  if (self.kind === 'object' && self.type === 'super' && name === '()') return pure(called);
  // RegExp.exec is harmless, child_process.exec is not.
  if (self.kind === 'unknown' && name === 'exec')
    return giveUp(called.world, 'exec of a value whose type is not known');
  return useMethod(self, name, called);
}

/** `require` and `import`: the library, the project's own files, packages. */
function module(given: string, world: World): Thing {
  const name = given.replace(/^node:/, '');
  if (name === 'path/posix') return ref('path');
  if (name === 'process') return ref('process');
  if (MODULES.has(name)) return ref(name);
  if (UNREAD_MODULES.has(name.split('/')[0] ?? '')) return giveUp(world, `the module ${name} is not read`);
  const cwd = knownText(world.cwd);
  if (/^(https?|data|blob|npm|jsr):/.test(name)) {
    emit(world, {
      kind: 'code.run',
      origin: name.startsWith('http') ? 'download' : 'package',
      language: 'javascript',
      what: known(name),
      taints: [],
    });
    return handle('foreign', known(name));
  }
  if (/^(\.{0,2}\/|file:|\.\.?$)/.test(name)) {
    if (cwd === undefined) return giveUp(world, 'a module in a folder that is not known');
    const path = joinPath(cwd, name.replace(/^file:\/\//, ''));
    if (path.endsWith('.json')) return data(read(world, known(path)));
    const root = world.setting.context.projectRoot;
    const own = path === root || path.startsWith(`${root}/`);
    const file = world.setting.facts('file', { path });
    const received = file !== undefined && file.state !== 'missing' && file.session === 'received';
    const origin = own && !received ? 'project' : 'elsewhere';
    emit(world, { kind: 'code.run', origin, language: 'javascript', what: known(path), taints: [] });
    return handle('foreign', known(name));
  }
  const root = /^(@[^/]+\/)?[^/]+/.exec(name)?.[0] ?? name;
  if (name.endsWith('/package.json') && cwd !== undefined)
    return data(read(world, known(joinPath(cwd, `node_modules/${name}`))));
  if (READ_PACKAGES.has(root)) return handle('package', known(name));
  emit(world, { kind: 'code.run', origin: 'package', language: 'javascript', what: known(name), taints: [] });
  return handle('foreign', known(name));
}

const writesTo: MethodAction = (self, called) =>
  [...called.args].some((each) => taintsOf(each).some((taint) => taint.label === 'secret'))
    ? giveUp(called.world, 'a secret is written to a value whose type is not known')
    : data(taintsOf(self));

const ON_UNKNOWN: Readonly<Record<string, MethodAction>> = {
  end: writesTo,
  setHeader: writesTo,
  writeHead: writesTo,
  setRequestHeader: writesTo,
};

const FORBIDDEN: ReadonlySet<string> = new Set([
  'constructor',
  '__proto__',
  'caller',
  'callee',
  '__defineGetter__',
  '__defineSetter__',
  '__lookupGetter__',
  'mainModule',
  'binding',
  'dlopen',
  '_load',
  '_linkedBinding',
  'getBuiltinModule',
  '_compile',
]);
const IMPLICIT: ReadonlySet<string> = new Set([
  'toString',
  'valueOf',
  'toJSON',
  'then',
  'inspect',
  'get',
  'set',
  'has',
  'next',
  'return',
]);

export const javascript: Library = {
  language: 'javascript',
  global,
  module,
  member,
  call: callFunction,
  acts: (name) => hasRow(FUNCTIONS, name),
  method: useLibraryMethod,
  attribute,
  harmless: HARMLESS_METHODS,
  onUnknown: (name) => rowOf(ON_UNKNOWN, name),
  forbidden: (name) => FORBIDDEN.has(name),
  implicit: (name) => IMPLICIT.has(name) || HARMLESS_METHODS.has(name),
  implicitKey: (name) => name === undefined || IMPLICIT.has(name),
  constructor: 'constructor',
  instanceOfUnknownBase: (base) => !(base.kind === 'ref' && /Error$/.test(base.name)),
  parse: parseJavaScript,
};
