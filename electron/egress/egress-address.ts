const loopbackHost = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/;

/**
 * An address that egress may be asked for: https anywhere, http to this machine only, without a name and password in it.
 * Null for any other.
 */
export function parseEgressAddress(url: string): URL | null {
  const address = URL.parse(url);
  if (!address || address.username !== '' || address.password !== '') return null;
  const isHttps = address.protocol === 'https:';
  const isToThisMachine = address.protocol === 'http:' && loopbackHost.test(address.hostname);
  return isHttps || isToThisMachine ? address : null;
}
