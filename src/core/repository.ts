// Owns the comparison of repository addresses. Looks nothing up.

/** Host and path of a repository, the same for every spelling of its address (`git@host:a/b.git`, `https://host/a/b`). */
export function repositoryKey(address: string): string {
  const url = /^[a-z][a-z0-9+.-]*:\/\/(?:[^@/]*@)?([^/:]+)(?::\d+)?\/(.+)$/i.exec(address);
  const scp = /^(?:[^@/]+@)?([^:/]+):(?!\/\/)(.+)$/.exec(address);
  const match = url ?? scp;
  const path = match?.[2]?.replace(/\/+$/, '').replace(/\.git$/, '');
  return match ? `${match[1]?.toLowerCase()}/${path?.replace(/^\/+/, '')}` : address;
}

/** `owner/name` of an address. */
export const repositoryName = (address: string): string =>
  repositoryKey(address).split('/').slice(1).join('/').toLowerCase();
