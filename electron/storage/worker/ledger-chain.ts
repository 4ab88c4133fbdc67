import { createHash } from 'node:crypto';
import type { LedgerEntry } from '../../shared/ledger-entry.ts';

/** What never changes of an entry. */
export type ChainedFacts = Pick<
  LedgerEntry,
  'id' | 'at' | 'host' | 'purpose' | 'askedBy' | 'bodyHash' | 'conversationId'
>;

/**
 * The hash of an entry in the chain, in hex: SHA-256 over the JSON of the hash before it, its number from 1, and what never
 * changes of it. What becomes known later (outcome, bytes, tokens, cost) is not in it.
 */
export function chainHashOf(before: string, number: number, entry: ChainedFacts): string {
  const { id, at, host, purpose, askedBy, bodyHash, conversationId } = entry;
  const facts = JSON.stringify([before, number, id, at, host, purpose, askedBy, bodyHash, conversationId]);
  return createHash('sha256').update(facts).digest('hex');
}
