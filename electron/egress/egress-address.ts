/** Names and numbers of networks that are not the internet: RFC 1918, RFC 6598, link-local, unique local, and this machine. */
const privateHost =
  /^(?:localhost|.*\.(?:localhost|local|internal)|(?:0|10|127)\..*|169\.254\..*|192\.168\..*|172\.(?:1[6-9]|2\d|3[01])\..*|100\.(?:6[4-9]|[7-9]\d|1[01]\d|12[0-7])\..*|\[.*\])$/i;

const loopbackHost = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/;

/** RFC 1918 and link-local (RFC 3927); in whole, for `10.example.org` is a name like any other. */
const ownNumber = /^(?:10\.\d+|172\.(?:1[6-9]|2\d|3[01])|192\.168|169\.254)(?:\.\d+){2}$/;
/** Unique local (RFC 4193) and link-local (RFC 4291). */
const ownLongNumber = /^\[(?:f[cd][\da-f]{2}|fe[89ab][\da-f]):/;
/** Names that only a local network gives: one word, or what multicast DNS has (RFC 6762). */
const ownName = /^(?:[^.:[\]]+|[^:[\]]+\.local)$/;

const isInOwnNetwork = (hostname: string): boolean =>
  ownNumber.test(hostname) || ownLongNumber.test(hostname) || ownName.test(hostname);

/**
 * An address that egress may be asked for: https anywhere, http to this machine only, without a name and password in it;
 * with `isOwnServer` http into the network that this machine is in, too. Null for any other.
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
