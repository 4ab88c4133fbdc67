import type { ConversationId } from '../../shared/ids.ts';

/** What requests to large models took together. Money in millionths of a US dollar. */
export type UsageSum = {
  readonly requests: number;
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly costMicroDollars: number;
};

/** Times in milliseconds since 1970: from `from`, included, to `until`, not included. */
export type UsageSpan = { readonly from: number; readonly until: number };

/** Where sums come from. What cost nothing known counts with 0; refused requests do not count. */
export interface UsageLedger {
  sum(of: UsageSpan | { readonly conversationId: ConversationId }): Promise<UsageSum>;
  /** Tokens of answers that were computed on this machine. */
  localTokens(span: UsageSpan): Promise<{ readonly inputTokens: number; readonly outputTokens: number }>;
}
