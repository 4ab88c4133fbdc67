import type { ConversationId } from '../../shared/ids.ts';
import type { RemoteModel } from '../../shared/remote.ts';

/** What a month cost and kept. Money in millionths of a US dollar. */
export type MonthUsage = {
  /** First day, in the local calendar, as `2026-11`. */
  readonly month: string;
  readonly requests: number;
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly costMicroDollars: number;
  readonly budgetMicroDollars: number;
  /** Tokens that were answered here, and what they would have cost with the chosen remote: an estimate; null without one. */
  readonly localTokens: number;
  readonly savedMicroDollars: number | null;
};

/** Prices and sums. Prices come with the app, dated, and can be overridden. */
export interface UsageService {
  month(at: number): Promise<MonthUsage>;
  conversation(id: ConversationId): Promise<{ readonly costMicroDollars: number; readonly tokens: number }>;
  /** Null for a model whose price nobody knows: then it counts with the dearest known one, and the preview says so. */
  price(provider: string, modelName: string): Promise<Pick<RemoteModel, 'inputPrice' | 'outputPrice'> | null>;
  /** True when a request that costs at most so much may still be sent this month. */
  canSpend(costMicroDollars: number): Promise<boolean>;
}
