import { BlockList, isIP } from 'node:net';
import { ApiError } from '@tracewell/contract';

/**
 * Where this installation may be made to connect to. A URL that a project gives is looked at when it is stored, so
 * that the person who typed it hears of it; whoever connects looks at the addresses behind the name as well, which
 * only then are known.
 */

/** Addresses of our own machine and network, and of the clouds' metadata. */
const ownNetworks = new BlockList();
for (const [network, bits] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
] as const) {
  ownNetworks.addSubnet(network, bits, 'ipv4');
}
for (const [network, bits] of [
  ['::', 127],
  ['64:ff9b::', 96],
  ['64:ff9b:1::', 48],
  ['100::', 64],
  ['2001::', 32],
  ['2002::', 16],
  ['fc00::', 7],
  ['fe80::', 10],
  ['ff00::', 8],
] as const) {
  ownNetworks.addSubnet(network, bits, 'ipv6');
}
/** Names that mean this machine or this network everywhere. */
const ownNames = /^(?:localhost|.*\.localhost|.*\.local|.*\.internal|.*\.localdomain|[^.]+)$/;

/** Names and addresses that are allowed all the same: `TRACEWELL_OUTBOUND_HOSTS`. */
export type AllowedHosts = ReadonlySet<string>;

export const parseAllowedHosts = (text: string | undefined): AllowedHosts =>
  new Set(
    (text ?? '')
      .split(',')
      .map((host) => host.trim().toLowerCase())
      .filter(Boolean),
  );

export function isOwnAddress(address: string): boolean {
  const family = isIP(address);
  // BlockList knows IPv4 written as IPv6 for what it is.
  return family !== 0 && ownNetworks.check(address, family === 4 ? 'ipv4' : 'ipv6');
}

/** Throws `invalid_request`, which names the member `path`. */
export function checkOutboundUrl(text: string, path: string, allowed: AllowedHosts): void {
  const refuse = (reason: string): ApiError =>
    new ApiError('invalid_request', `Invalid request data. ${path}: ${reason}`, [{ path, message: reason }]);
  const url = URL.canParse(text) ? new URL(text) : null;
  if (!url || (url.protocol !== 'https:' && url.protocol !== 'http:')) {
    throw refuse('must be a URL that begins with https:// or http://');
  }
  if (url.username || url.password) throw refuse('must hold no user or password');
  // The parser has brought every spelling of an address to one: 2130706433, 0x7f.1 and 127.1 are 127.0.0.1.
  const host = url.hostname
    .toLowerCase()
    .replace(/^\[|\]$/g, '')
    .replace(/\.$/, '');
  if (allowed.has(host)) return;
  if (isIP(host) ? isOwnAddress(host) : ownNames.test(host)) {
    throw refuse(
      `${host} lies within the network of this installation. Give a public address, or have an administrator name it in TRACEWELL_OUTBOUND_HOSTS`,
    );
  }
}
