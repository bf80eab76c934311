// Owns which credentials belong to which services: names of variables, shapes of keys, and the hosts that may see them. Decides nothing.
import { ANSWERING, OTHERS, type ProviderRow } from './provider-table.ts';

export interface Provider {
  readonly name: string;
  /** Names of variables that hold its credentials. */
  readonly variables: RegExp;
  /** Host names that may see them, with their subdomains. */
  readonly hosts: readonly string[];
  /** Domains of the service under which anyone can rent a name; whose a host there is cannot be told. */
  readonly rented: readonly string[];
  /** Shape of its keys, where they can be told by their look. */
  readonly shape: RegExp | undefined;
  /** Its API answers questions (a model's replies, a search): a request changes nothing that others depend on. */
  readonly answers: boolean;
}

const read =
  (answers: boolean) =>
  ([name, variables, hosts, shape]: ProviderRow): Provider => ({
    name,
    variables,
    hosts: hosts.split(' ').filter((host) => !host.startsWith('?')),
    rented: hosts.split(' ').flatMap((host) => (host.startsWith('?') ? [host.slice(1)] : [])),
    answers,
    shape,
  });

const PROVIDERS: readonly Provider[] = [...ANSWERING.map(read(true)), ...OTHERS.map(read(false))];

const within = (host: string, domain: string): boolean => host === domain || host.endsWith(`.${domain}`);

export const ownsHost = (provider: Provider, host: string): boolean =>
  provider.hosts.some((each) => within(host, each));

export const mayOwnHost = (provider: Provider, host: string): boolean =>
  provider.rented.some((each) => within(host, each));

/** The service a variable's name says it holds a credential of. */
export const providerOfVariable = (name: string): Provider | undefined =>
  PROVIDERS.find((each) => each.variables.test(name.toUpperCase()));

/** The services that a host belongs to. */
export const providersOfHost = (host: string): readonly Provider[] => PROVIDERS.filter((each) => ownsHost(each, host));

/** With enough of the key behind it to be one. */
const PRIVATE_KEY = /-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY-----[\s\w+/=\\]{150}/;

const keyOf = (provider: Provider): string => `a ${provider.name} key`;

/** What live credential a text contains, in words; placeholders are none. */
export function secretText(text: string): string | undefined {
  if (PRIVATE_KEY.test(text)) return 'a private key';
  if (!ANY_KEY.test(text)) return undefined;
  for (const provider of PROVIDERS) {
    const found = provider.shape?.exec(text)?.[0];
    if (found !== undefined && !PLACEHOLDER.test(found)) return keyOf(provider);
  }
  return undefined;
}

/** One pass over a text decides for nearly all of them. */
const ANY_KEY = new RegExp(PROVIDERS.flatMap(({ shape }) => (shape ? [shape.source] : [])).join('|'));

const PLACEHOLDER = /x{6,}|0{8,}|1234567|abcdef|EXAMPLE|REDACTED|your[-_]|test_?key|(.)\1{7,}/i;

/** The service that what a label came from (a variable's name, or a key by its look) belongs to. */
export const providerOfSource = (from: string): Provider | undefined =>
  providerOfVariable(from.replace(/^\$\{?|\}$/g, '')) ?? PROVIDERS.find((each) => keyOf(each) === from);

/** True when what a label came from (a tool's own folder under the home folder, too) belongs to the service that the host is of. */
export function belongsTo(from: string, host: string): boolean {
  const folder = /^~\/\.(?:config\/)?([a-z0-9-]{3,})\//.exec(from)?.[1];
  if (folder !== undefined && host.split('.').at(-2) === folder) return true;
  const provider = providerOfSource(from);
  return provider !== undefined && ownsHost(provider, host);
}
