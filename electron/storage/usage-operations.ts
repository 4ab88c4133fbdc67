import { z } from 'zod';
import { conversationIdSchema } from '../shared/ids.ts';
import type { ConversationId } from '../shared/ids.ts';
import { instantSchema, operation } from './operation.ts';

const countSchema = z.int().nonnegative();

/** What requests to large models took together. Money in millionths of a US dollar. */
export const usageSumSchema = z
  .object({
    requests: countSchema,
    inputTokens: countSchema,
    outputTokens: countSchema,
    costMicroDollars: countSchema,
  })
  .readonly();
export type UsageSum = z.infer<typeof usageSumSchema>;

/** Tokens of answers that were computed on this machine. */
export const localTokensSchema = z.object({ inputTokens: countSchema, outputTokens: countSchema }).readonly();
export type LocalTokens = z.infer<typeof localTokensSchema>;

/** Times in milliseconds since 1970: from `from`, included, to `until`, not included. */
const usageSpanSchema = z.object({ from: instantSchema, until: instantSchema }).readonly();
export type UsageSpan = z.infer<typeof usageSpanSchema>;

/** Sums over the ledger and the messages. What has no known cost counts with 0; requests that were refused here do not count. */
export interface UsageRepository {
  month(span: UsageSpan): Promise<UsageSum>;
  conversation(id: ConversationId): Promise<UsageSum>;
  localTokens(span: UsageSpan): Promise<LocalTokens>;
}

/** The calls behind the sums; see `operations`. */
export const usageOperations = {
  'usage.month': operation(z.tuple([usageSpanSchema]), usageSumSchema),
  'usage.conversation': operation(z.tuple([conversationIdSchema]), usageSumSchema),
  'usage.localTokens': operation(z.tuple([usageSpanSchema]), localTokensSchema),
};
