import { networkInterfaces } from 'node:os';

const wildcards = ['0.0.0.0', '::', '[::]'];

/**
 * Where browsers reach a server that listens on `host`, as far as the machine itself knows: its addresses, and
 * no name that others have for it (`TRACEWELL_PUBLIC_URL` says that one).
 */
export function urlsOf(host: string, port: number): string[] {
  const hosts = wildcards.includes(host)
    ? [
        'localhost',
        ...Object.values(networkInterfaces()).flatMap((all) => (all ?? []).map(({ address }) => address)),
      ]
    : [host];
  return hosts
    .filter((name) => !name.includes('%'))
    .map((name) => (name.includes(':') && !name.startsWith('[') ? `[${name}]` : name))
    .map((name) => `http://${name}:${port}`);
}
