/** Names and numbers of networks that are not the internet: RFC 1918, RFC 6598, link-local, unique local, and this machine. */
const privateHost =
  /^(?:localhost|.*\.(?:localhost|local|internal)|(?:0|10|127)\..*|169\.254\..*|192\.168\..*|172\.(?:1[6-9]|2\d|3[01])\..*|100\.(?:6[4-9]|[7-9]\d|1[01]\d|12[0-7])\..*|\[.*\])$/i;

const loopbackHost = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/;

/** Numbers of version 6 that never leave a local network: unique local (RFC 4193), link-local (RFC 4291). */
const privateNumber = /^\[(?:f[cd]|fe[89ab])[\da-f]*:/i;
/** One word: a name that only a local network gives. */
const oneWord = /^[^.:[\]]+$/;

function isInOwnNetwork(hostname: string): boolean {
  if (hostname.startsWith('[')) return privateNumber.test(hostname);
  return privateHost.test(hostname) || oneWord.test(hostname);
}

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
