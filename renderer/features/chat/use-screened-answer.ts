import { useMemo, useState } from 'react';
import type { Finding, FindingKind } from '../../../electron/shared/screening.ts';
import { heldAddresses, isHeld } from './found-words.ts';

/** What may be shown and used of an answer in which something was noticed; a person decides, message by message. */
export function useScreenedAnswer(text: string, findings: readonly Finding[]) {
  const [allowed, setAllowed] = useState<ReadonlySet<FindingKind>>(() => new Set());
  const isHarmful = findings.some(({ kind }) => kind === 'harmful');
  const held = useMemo(() => heldAddresses(text, findings), [text, findings]);
  const isHeldLink = useMemo(() => {
    const isFree = held.length === 0 || allowed.has('link-carries-data');
    return isFree ? undefined : (address: string): boolean => isHeld(address, held);
  }, [held, allowed]);
  return {
    allowed,
    isHidden: isHarmful && !allowed.has('harmful'),
    isHeldLink,
    allow: (kind: FindingKind, isAllowed: boolean): void => {
      const next = new Set(allowed);
      if (isAllowed) next.add(kind);
      else next.delete(kind);
      setAllowed(next);
    },
  };
}
