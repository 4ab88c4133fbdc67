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

/** Tokens of one request. `reusedTokens` of the input were in the remote's cache, default 0. */
export type BilledTokens = {
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly reusedTokens?: number;
};

/** What tokens cost, rounded up. `isPriceKnown` is false where the dearest known price had to stand in. */
export type Cost = { readonly costMicroDollars: number; readonly isPriceKnown: boolean };

/** Money that a request under way may yet cost. */
export interface Reservation {
  /** Call it when the ledger has what the request cost, or when it was never sent. Again does nothing. */
  release(): void;
}

/**
 * Prices and sums. Prices come with the app, dated, and can be overridden by the setting `modelPrices`. `provider` is the kind
 * of a remote, or the base URL of one whose kind says nothing of its prices (`openai-compatible`).
 */
export interface UsageService {
  /** Month of the prices that come with the app, as `2026-09`. */
  readonly pricesMonth: string;
  month(at: number): Promise<MonthUsage>;
  conversation(id: ConversationId): Promise<{ readonly costMicroDollars: number; readonly tokens: number }>;
  /** Null for a model whose price nobody knows: then it counts with the dearest known one, and the preview says so. */
  price(provider: string, modelName: string): Promise<Pick<RemoteModel, 'inputPrice' | 'outputPrice'> | null>;
  /** Tokens that a model reads at once, as the same list says; null for one of which it does not. */
  contextTokens(provider: string, modelName: string): Promise<number | null>;
  /** For a remote of zone `cloud`; a server of the person's own costs nothing that is known here. */
  cost(provider: string, modelName: string, tokens: BilledTokens): Promise<Cost>;
  /** True when a request that costs at most so much may still be sent this month; nothing is set aside. */
  canSpend(costMicroDollars: number): Promise<boolean>;
  /**
   * Sets aside what a request costs at most, so that all that are under way stay within the budget together; null when the
   * month has not so much left. Every request that may cost something is sent under one.
   */
  reserve(mostMicroDollars: number): Promise<Reservation | null>;
}
