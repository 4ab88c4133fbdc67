import type { Finding, FindingKind } from '../../../electron/shared/screening.ts';

/** What was noticed in a text, by kind, in the order in which it is said. */
export const findingOrder: readonly FindingKind[] = [
  'harmful',
  'secret',
  'link-carries-data',
  'hidden-characters',
  'instructions',
];

const addressPattern = /[a-z][a-z0-9+.-]{1,20}:\/\/[^\s<>"'`)\]}]+|\/\/[^\s<>"'`)\]}]+/giu;

/** The addresses that stand in what was found to carry data away. */
export function heldAddresses(text: string, findings: readonly Finding[]): readonly string[] {
  const found = findings
    .filter(({ kind }) => kind === 'link-carries-data')
    .flatMap(({ start, end }) => text.slice(start, end).match(addressPattern) ?? []);
  return [...new Set(found)];
}

const readable = (address: string): string => (URL.canParse(address) ? new URL(address).href : address);

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
  return [...new Set(addresses.flatMap((address) => (URL.canParse(address) ? [new URL(address).host] : [])))];
}
