// Owns the reading of host names in URLs and remote targets. Resolves none.

/** Host name of a URL, `user@host:path` or bare host; undefined when there is none or it cannot be told. */
export function hostOf(url: string): string | undefined {
  const match = /^(?:[a-z][a-z0-9+.-]*:\/\/)?(?:[^@/?#\\]*@)?(\[[0-9a-f:.]+\]|[a-z0-9._-]+)(?=[:/?#]|$)/i.exec(url);
  return match?.[1]?.toLowerCase().replace(/\.$/, '');
}

export const isLoopback = (host: string): boolean =>
  host === 'localhost' ||
  host.endsWith('.localhost') ||
  host === 'host.docker.internal' ||
  /^127(\.\d+){3}$/.test(host) ||
  host === '[::1]' ||
  host === '::1' ||
  host === '0.0.0.0';

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
export const isDropSite = (host: string): boolean => DROPS.test(host);
