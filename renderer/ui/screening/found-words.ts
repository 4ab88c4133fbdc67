import type { Finding, FindingKind } from '../../../electron/shared/screening.ts';

/** What was noticed in a text, by kind, in the order in which it is said. */
export const findingOrder: readonly FindingKind[] = [
  'harmful',
  'secret',
  'link-carries-data',
  'hidden-characters',
  'instructions',
];

const addressPattern = /(?:[a-z][a-z0-9+.-]{1,20}:\/\/|\/\/|mailto:|sms(?:to)?:|www\.)[^\s<>"'`)\]}]+/giu;

/** Without the backslashes that Markdown takes out of an address. */
const unescaped = (text: string): string => text.replaceAll(/\\(?=[\p{P}\p{S}])/gu, '');

/** The addresses that stand in what was found to carry data away. */
export function heldAddresses(text: string, findings: readonly Finding[]): readonly string[] {
  const found = findings
    .filter(({ kind }) => kind === 'link-carries-data')
    .flatMap(({ start, end }) => unescaped(text.slice(start, end)).match(addressPattern) ?? []);
  return [...new Set(found)];
}

/** As the browser has it; an address that begins with `www.` is one of the web. */
function readable(written: string): string {
  const address = /^www\./i.test(written) ? `http://${written}` : written;
  return URL.canParse(address) ? new URL(address).href : address;
}

/** Whether a link of the text leads to one of `held`; said of all with the same beginning, for Markdown may cut an address. */
export function isHeld(address: string, held: readonly string[]): boolean {
  const target = readable(address);
  return held.some((one) => {
    const other = readable(one);
    return target.startsWith(other) || other.startsWith(target);
  });
}

/** The hosts of addresses, each once. */
export function hostsOf(addresses: readonly string[]): readonly string[] {
  const hosts = addresses.map(readable).flatMap((address) => (URL.canParse(address) ? [new URL(address).host] : []));
  return [...new Set(hosts)].filter((host) => host !== '');
}
