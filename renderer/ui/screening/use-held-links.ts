import { useMemo } from 'react';
import type { Finding, FindingKind } from '../../../electron/shared/screening.ts';
import { heldAddresses, isHeld } from './found-words.ts';

type Screened = {
  readonly text: string;
  readonly findings: readonly Finding[];
  readonly allowed: ReadonlySet<FindingKind>;
};

/** Which links of a text do nothing; to be spread over `Markdown`, empty where all of them may be opened. */
export function useHeldLinks({ text, findings, allowed }: Screened): {
  readonly isHeldLink?: (address: string) => boolean;
} {
  const held = useMemo(() => heldAddresses(text, findings), [text, findings]);
  const isFree = held.length === 0 || allowed.has('link-carries-data');
  return useMemo(() => (isFree ? {} : { isHeldLink: (address: string) => isHeld(address, held) }), [held, isFree]);
}
