import { BlockList, isIP } from 'node:net';

/** Networks of IPv4 that no packet from the internet reaches and none leaves for it: number and length of the prefix. */
const nearNetworks: readonly (readonly [network: string, prefix: number])[] = [
  // RFC 1122: this machine.
  ['127.0.0.0', 8],
  // RFC 1918.
  ['10.0.0.0', 8],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
  // RFC 3927: link-local.
  ['169.254.0.0', 16],
  // RFC 6598: shared between a provider and its customers, and what Tailscale gives the machines of one person.
  ['100.64.0.0', 10],
];

/** The same of IPv6: this machine and link-local (RFC 4291), unique local (RFC 4193). */
const nearLongNetworks: readonly (readonly [network: string, prefix: number])[] = [
  ['::1', 128],
  ['fe80::', 10],
  ['fc00::', 7],
];

function listNetworks(): BlockList {
  const list = new BlockList();
  for (const [network, prefix] of nearNetworks) list.addSubnet(network, prefix, 'ipv4');
  for (const [network, prefix] of nearLongNetworks) list.addSubnet(network, prefix, 'ipv6');
  return list;
}

const near = listNetworks();

/**
 * Whether a number is one of this machine or of a network of one's own. IPv4 within IPv6 (`::ffff:10.0.0.1`) counts as the
 * IPv4 that it is; the zone of a link-local number (`fe80::1%eth0`) does not matter. False for what is no number.
 */
export function isNearAddress(address: string): boolean {
  const [number = ''] = address.split('%');
  const version = isIP(number);
  return version !== 0 && near.check(number, version === 4 ? 'ipv4' : 'ipv6');
}
