import { isIP } from 'node:net';
import { isNearAddress } from './near-address.ts';

/** Names and numbers of networks that are not the internet: RFC 1918, RFC 6598, link-local, unique local, and this machine. */
const privateHost =
  /^(?:localhost|.*\.(?:localhost|local|internal)|(?:0|10|127)\..*|169\.254\..*|192\.168\..*|172\.(?:1[6-9]|2\d|3[01])\..*|100\.(?:6[4-9]|[7-9]\d|1[01]\d|12[0-7])\..*|\[.*\])$/i;

const loopbackHost = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/;

/**
 * Ends of names that only a local network gives: multicast DNS (RFC 6762), this machine (RFC 6761), homes (RFC 8375), `.internal`
 * (set aside by ICANN in 2024), Tailscale's own, and what routers hand out. A name of one word is one as well.
 */
const ownNameEnd = /\.(?:local|localhost|home\.arpa|internal|ts\.net|lan|localdomain|fritz\.box)$/;

/** In whole, for `10.example.org` is a name like any other. The runtime has turned other ways to write a number into this one. */
function isInOwnNetwork(hostname: string): boolean {
  const number = hostname.replace(/^\[(.*)\]$/, '$1');
  if (isIP(number) !== 0) return isNearAddress(number);
  const name = hostname.replace(/\.$/, '');
  return name !== '' && (!name.includes('.') || ownNameEnd.test(name));
}

/**
 * An address that egress may be asked for: https anywhere, http to this machine only, without a name and password in it;
 * with `isOwnServer` http into the network that this machine is in, too. Null for any other. What a name leads to is looked
 * at when the connection stands.
 */
export function parseEgressAddress(url: string, isOwnServer = false): URL | null {
  const address = URL.parse(url);
  if (!address || address.username !== '' || address.password !== '') return null;
  if (address.protocol === 'https:') return address;
  const { hostname } = address;
  const isNear = loopbackHost.test(hostname) || (isOwnServer && isInOwnNetwork(hostname));
  return address.protocol === 'http:' && isNear ? address : null;
}

/**
 * Whether a redirect from one address to another on a different host may be followed: to a host that was named, over
 * https and not into a private network; on this machine only from this machine.
 */
export function mayRedirect(from: URL, to: URL, hosts: readonly string[]): boolean {
  if (parseEgressAddress(to.href) === null) return false;
  const isNamed = hosts.some((host) => to.hostname === host || to.hostname.endsWith(`.${host}`));
  if (!isNamed) return false;
  const isHere = loopbackHost.test(to.hostname);
  if (isHere) return loopbackHost.test(from.hostname);
  return to.protocol === 'https:' && !privateHost.test(to.hostname);
}
