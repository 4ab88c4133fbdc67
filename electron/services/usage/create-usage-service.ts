import type { Clock } from '../../platform/clock.ts';
import type { Settings } from '../../shared/settings.ts';
import type { RemotesService } from '../remotes/remotes-service.ts';
import type { SettingsService } from '../settings/settings-service.ts';
import { dearestCost, listCost, listPrice, priceCost, pricesMonth } from './price-list.ts';
import type { Price } from './price-list.ts';
import type { UsageLedger, UsageSpan } from './usage-ledger.ts';
import type { BilledTokens, Cost, UsageService } from './usage-service.ts';

/** What the service is made of. */
export type UsageServiceOptions = {
  readonly ledger: UsageLedger;
  readonly settings: Pick<SettingsService, 'get'>;
  readonly remotes: Pick<RemotesService, 'list'>;
  readonly clock: Clock;
};

/** The month around a time in the calendar of this machine. */
function monthAround(at: number): UsageSpan & { readonly month: string } {
  const date = new Date(at);
  const [year, month] = [date.getFullYear(), date.getMonth()];
  return {
    month: `${year}-${String(month + 1).padStart(2, '0')}`,
    from: new Date(year, month, 1).getTime(),
    until: new Date(year, month + 1, 1).getTime(),
  };
}

/** A price that the person wrote down for the model. */
const ownPrice = ({ modelPrices }: Settings, modelName: string): Price | null =>
  Object.hasOwn(modelPrices, modelName) ? (modelPrices[modelName] ?? null) : null;

/** Makes the service. What it sets aside is in memory: only one process has the data folder. */
export function createUsageService({ ledger, settings, remotes, clock }: UsageServiceOptions): UsageService {
  let reservedMicroDollars = 0;
  let queue: Promise<unknown> = Promise.resolve();

  const inTurn = <Result>(work: () => Promise<Result>): Promise<Result> => {
    const result = queue.then(work);
    queue = result.catch(() => undefined);
    return result;
  };

  const cost = async (provider: string, modelName: string, tokens: BilledTokens): Promise<Cost> => {
    const at = new Date(clock.now());
    const own = ownPrice(await settings.get(), modelName);
    const known = own === null ? listCost(provider, modelName, tokens, at) : priceCost(own, tokens);
    return known === null
      ? { costMicroDollars: dearestCost(provider, tokens, at), isPriceKnown: false }
      : { costMicroDollars: known, isPriceKnown: true };
  };

  const hasRoom = async (mostMicroDollars: number): Promise<boolean> => {
    if (mostMicroDollars <= 0) return true;
    const { monthlyBudgetMicroDollars } = await settings.get();
    const { costMicroDollars } = await ledger.sum(monthAround(clock.now()));
    return costMicroDollars + reservedMicroDollars + mostMicroDollars <= monthlyBudgetMicroDollars;
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
      const { month, from, until } = monthAround(at);
      const [sum, local] = [await ledger.sum({ from, until }), await ledger.localTokens({ from, until })];
      return {
        month,
        ...sum,
        budgetMicroDollars: (await settings.get()).monthlyBudgetMicroDollars,
        localTokens: local.inputTokens + local.outputTokens,
        savedMicroDollars: await saved(local),
      };
    },
    async conversation(conversationId) {
      const { costMicroDollars, inputTokens, outputTokens } = await ledger.sum({ conversationId });
      return { costMicroDollars, tokens: inputTokens + outputTokens };
    },
    price: async (provider, modelName) =>
      ownPrice(await settings.get(), modelName) ?? listPrice(provider, modelName, new Date(clock.now())),
    cost,
    canSpend: async (costMicroDollars) => await hasRoom(costMicroDollars),
    reserve: (mostMicroDollars) =>
      inTurn(async () => {
        if (!(await hasRoom(mostMicroDollars))) return null;
        reservedMicroDollars += mostMicroDollars;
        let isHeld = true;
        return {
          release: () => {
            if (isHeld) reservedMicroDollars -= mostMicroDollars;
            isHeld = false;
          },
        };
      }),
  };
}
