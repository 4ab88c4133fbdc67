import type { Settings } from '../../shared/settings.ts';
import type { UsageRepository } from '../../storage/usage-operations.ts';
import type { RemotesService } from '../remotes/remotes-service.ts';
import { createBudget } from './create-budget.ts';
import type { BudgetOptions } from './create-budget.ts';
import { monthAround } from '../../shared/month-around.ts';
import type { Price } from './price-list.ts';
import { pricesMonth } from './prices-month.ts';
import type { BilledTokens, Cost, UsageService } from './usage-service.ts';

/** What the service is made of. */
export type UsageServiceOptions = BudgetOptions & {
  readonly sums: UsageRepository;
  readonly remotes: Pick<RemotesService, 'list'>;
};

/** A price that the person wrote down for the model. */
const ownPrice = ({ modelPrices }: Settings, modelName: string): Price | null =>
  Object.hasOwn(modelPrices, modelName) ? (modelPrices[modelName] ?? null) : null;

/** Prices are loaded when the first one is asked for: while the cloud is off nobody does. */
const loadPriceList = async (): Promise<typeof import('./price-list.ts')> => await import('./price-list.ts');

/** Makes the service. */
export function createUsageService({ sums, settings, remotes, clock }: UsageServiceOptions): UsageService {
  const budget = createBudget({ sums, settings, clock });

  const cost = async (provider: string, modelName: string, tokens: BilledTokens): Promise<Cost> => {
    const { dearestCost, listCost, priceCost } = await loadPriceList();
    const at = new Date(clock.now());
    const own = ownPrice(await settings.get(), modelName);
    const known = own === null ? listCost(provider, modelName, tokens, at) : priceCost(own, tokens);
    return known === null
      ? { costMicroDollars: dearestCost(provider, tokens, at), isPriceKnown: false }
      : { costMicroDollars: known, isPriceKnown: true };
  };

  /** What the tokens of a month would have cost with the first cloud that has a model with a price. */
  const saved = async (tokens: BilledTokens): Promise<number | null> => {
    for (const { kind, zone, baseUrl, modelName } of await remotes.list()) {
      if (zone !== 'cloud' || modelName === null) continue;
      const provider = kind === 'openai-compatible' ? baseUrl : kind;
      const { costMicroDollars, isPriceKnown } = await cost(provider, modelName, tokens);
      if (isPriceKnown) return costMicroDollars;
    }
    return null;
  };

  return {
    pricesMonth,
    async month(at) {
      const { month, span } = monthAround(at);
      const [sum, local] = await Promise.all([sums.month(span), sums.localTokens(span)]);
      return {
        month,
        ...sum,
        budgetMicroDollars: (await settings.get()).monthlyBudgetMicroDollars,
        localTokens: local.inputTokens + local.outputTokens,
        savedMicroDollars: await saved(local),
      };
    },
    async conversation(conversationId) {
      const { costMicroDollars, inputTokens, outputTokens } = await sums.conversation(conversationId);
      return { costMicroDollars, tokens: inputTokens + outputTokens };
    },
    price: async (provider, modelName) =>
      ownPrice(await settings.get(), modelName) ??
      (await loadPriceList()).listPrice(provider, modelName, new Date(clock.now())),
    contextTokens: async (provider, modelName) =>
      (await loadPriceList()).listContextTokens(provider, modelName, new Date(clock.now())),
    cost,
    ...budget,
  };
}
