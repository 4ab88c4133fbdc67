import type { Finding, FindingKind } from '../../../electron/shared/screening.ts';

/** What was noticed in a text, by kind, in the order in which it is said. */
export const findingOrder: readonly FindingKind[] = [
  'harmful',
  'secret',
  'link-carries-data',
  'hidden-characters',
  'instructions',
];

const invisible = /[\p{Cf}\p{Cc}\p{Co}\p{Cn}\p{Zl}\p{Zp}\u115f\u1160\u3164\uffa0]|\u034f|\p{Variation_Selector}/gu;

const mostNames = 5;

/** The code points that nobody sees, `U+200B`, each once; how many there are. */
export function hiddenCharacters(
  text: string,
  findings: readonly Finding[],
): { readonly count: number; readonly names: readonly string[] } {
  const characters = findings
    .filter(({ kind }) => kind === 'hidden-characters')
    .flatMap(({ start, end }) => text.slice(start, end).match(invisible) ?? []);
  const names = [...new Set(characters)].map(
    (character) => `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`,
  );
  const shown = names.length > mostNames ? [...names.slice(0, mostNames), '…'] : names;
  return { count: Math.max(1, characters.length), names: shown };
}

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
