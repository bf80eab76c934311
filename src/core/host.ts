// Owns the reading of host names in URLs and remote targets. Resolves none.

/** Host name of a URL, `user@host:path` or bare host; undefined when there is none or it cannot be told. */
export function hostOf(url: string): string | undefined {
  const match = /^(?:[a-z][a-z0-9+.-]*:\/\/)?(?:[^@/?#\\]*@)?(\[[0-9a-f:.]+\]|[a-z0-9._-]+)(?=[:/?#]|$)/i.exec(url);
  const host = match?.[1]?.toLowerCase().replace(/\.$/, '');
  return host === undefined ? undefined : dotted(host);
}

/** An IPv4 address in one of its other spellings (`0x7f000001`, `0177.1`) as four decimal numbers; a single small number is a port or a folder. */
function dotted(host: string): string {
  if (!/^(0x[0-9a-f]+|\d+)(\.(0x[0-9a-f]+|\d+)){0,3}$/.test(host)) return host;
  const parts = host.split('.');
  const numbers = parts.map((part) => (/^0[0-7]+$/.test(part) ? Number.parseInt(part, 8) : Number(part)));
  const last = numbers.pop() ?? 0;
  if (numbers.some((each) => each > 255) || last >= 256 ** (4 - numbers.length)) return host;
  if (parts.length === 1 && last < 65_536) return host;
  const rest = Array.from(
    { length: 4 - numbers.length },
    (_, at) => Math.floor(last / 256 ** (3 - numbers.length - at)) % 256,
  );
  return [...numbers, ...rest].join('.');
}

export const isLoopback = (host: string): boolean =>
  host === 'localhost' ||
  host.endsWith('.localhost') ||
  host === 'host.docker.internal' ||
  /^127(\.\d+){3}$/.test(host) ||
  host === '[::1]' ||
  host === '::1' ||
  host === '0.0.0.0';

/** For a server, 0.0.0.0 is every address the machine has. */
export const bindsNearby = (host: string): boolean => host !== '0.0.0.0' && isLoopback(host);

/** Addresses where clouds hand out a machine's credentials to whoever asks. */
const METADATA =
  /^(169\.254\.169\.254|169\.254\.170\.2|100\.100\.100\.200|\[fd00:ec2::254\]|metadata(\.google\.internal|\.azure\.com)?|instance-data)$/;
export const isMetadataService = (host: string): boolean => METADATA.test(host);

/** Names of machines, projects and databases that real users depend on. */
export const soundsLikeProduction = (name: string): boolean =>
  /(^|[^a-z])(prod|prd|production|live|master-db|primary-db)(\d*|[^a-z].*)$/i.test(name) &&
  !/(^|[^a-z])(non|pre|not)[-_.]?prod/i.test(name);

/** Hosts that keep or forward whatever they are sent, for anyone to fetch. */
const DROPS =
  /(^|\.)(file\.io|transfer\.sh|0x0\.st|termbin\.com|ix\.io|sprunge\.us|paste\.rs|dpaste\.(org|com)|pastebin\.com|hastebin\.com|paste\.ee|gofile\.io|anonfiles\.com|bashupload\.com|temp\.sh|catbox\.moe|uguu\.se|tmpfiles\.org|oshi\.at|webhook\.site|requestbin\.(com|net)|pipedream\.net|beeceptor\.com|hookbin\.com|requestcatcher\.com|interact\.sh|oast\.(me|pro|fun|live|site|online)|burpcollaborator\.net|oastify\.com|dnslog\.cn|ceye\.io|canarytokens\.(com|org)|ngrok\.(io|app)|ngrok-free\.(app|dev)|trycloudflare\.com|loca\.lt|serveo\.net|localhost\.run|pinggy\.link|rentry\.co|privatebin\.net|clbin\.com|wormhole\.app|wetransfer\.com|x0\.at|litterbox\.catbox\.moe)$/;
/** Hosts that only record who asks them for what. */
const CATCHERS =
  /(^|\.)(webhook\.site|requestbin\.(com|net)|pipedream\.net|hookbin\.com|requestcatcher\.com|interact\.sh|oast\.(me|pro|fun|live|site|online)|burpcollaborator\.net|oastify\.com|dnslog\.cn|ceye\.io|canarytokens\.(com|org))$/;
export const isCatcher = (host: string): boolean => CATCHERS.test(host);

export const isDropSite = (host: string): boolean => DROPS.test(host);
