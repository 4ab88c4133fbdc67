import { describe, expect, it } from 'vitest';
import { createFakeClock } from '../../testing/fake-clock.ts';
import { createMemorySettings } from '../../testing/test-models.ts';
import { createId, remoteIdSchema } from '../../shared/ids.ts';
import type { Remote } from '../../shared/remote.ts';
import type { UsageRepository } from '../../storage/usage-operations.ts';
import { createUsageService } from './create-usage-service.ts';

const cloud: Remote = {
  id: createId(remoteIdSchema),
  kind: 'openai',
  zone: 'cloud',
  name: 'Large',
  baseUrl: 'https://api.openai.com/v1',
  modelName: 'gpt-5-mini',
  contextTokens: null,
  policyUrl: null,
};
const own: Remote = { ...cloud, zone: 'own-server', kind: 'openai-compatible', baseUrl: 'http://localhost:8080/v1' };
const gateway: Remote = { ...cloud, kind: 'openai-compatible', baseUrl: 'https://gateway.example/v1' };

async function open(
  spentMicroDollars: number,
  budgetMicroDollars: number,
  remotes: readonly Remote[] = [cloud],
  duringSum: () => void = () => undefined,
) {
  const settings = createMemorySettings();
  await settings.update({ monthlyBudgetMicroDollars: budgetMicroDollars });
  const asked: unknown[] = [];
  const sum = { requests: 2, inputTokens: 900, outputTokens: 100, costMicroDollars: spentMicroDollars };
  const sums: UsageRepository = {
    async month(span) {
      asked.push(span);
      duringSum();
      return sum;
    },
    conversation: async () => sum,
    localTokens: async () => ({ inputTokens: 1_000, outputTokens: 100 }),
  };
  const clock = createFakeClock(new Date(2026, 10, 23, 12).getTime());
  const usage = createUsageService({ sums, settings, remotes: { list: async () => remotes }, clock });
  return { usage, settings, asked, clock };
}

describe('createUsageService', () => {
  it('sums the month of the local calendar, and what stayed here as an estimate', async () => {
    const { usage, asked, clock } = await open(700, 5_000);
    expect(await usage.month(clock.now())).toEqual({
      month: '2026-11',
      requests: 2,
      inputTokens: 900,
      outputTokens: 100,
      costMicroDollars: 700,
      budgetMicroDollars: 5_000,
      localTokens: 1_100,
      savedMicroDollars: 450,
    });
    expect(asked).toEqual([{ from: new Date(2026, 10, 1).getTime(), until: new Date(2026, 11, 1).getTime() }]);
  });

  // Catches an estimate made of the price of nothing: an own server, or a gateway whose prices nobody knows.
  it('estimates no saving without a cloud whose price is known', async () => {
    const { usage, clock } = await open(0, 5_000, [own, gateway, { ...cloud, modelName: null }]);
    expect((await usage.month(clock.now())).savedMicroDollars).toBeNull();
  });

  it('spends up to the budget and not a millionth more', async () => {
    const { usage } = await open(700, 1_000);
    expect(await usage.canSpend(300)).toBe(true);
    expect(await usage.canSpend(301)).toBe(false);
  });

  // Catches a budget of zero that is taken for none at all.
  it('spends nothing with a budget of zero, and what costs nothing may go', async () => {
    const { usage } = await open(0, 0);
    expect(await usage.canSpend(1)).toBe(false);
    expect(await usage.reserve(1)).toBeNull();
    expect(await usage.canSpend(0)).toBe(true);
    expect(await usage.reserve(0)).not.toBeNull();
  });

  // Catches requests at the same time that each see the same rest of the budget.
  it('keeps requests under way within the budget together', async () => {
    const { usage } = await open(0, 1_000);
    const reserved = await Promise.all(Array.from({ length: 10 }, () => usage.reserve(400)));
    const held = reserved.filter((one) => one !== null);
    expect(held).toHaveLength(2);
    expect(await usage.canSpend(400)).toBe(false);
    held[0]?.release();
    held[0]?.release();
    expect(await usage.canSpend(600)).toBe(true);
    expect(await usage.canSpend(601)).toBe(false);
  });

  // Catches a request that is in neither sum for a moment: the ledger was read before it was written there, and what was set
  // aside for it is looked at after that was given back.
  it('does not lose sight of what goes over into the ledger while it is read', async () => {
    let duringSum = (): void => undefined;
    const { usage } = await open(0, 1_000, [cloud], () => duringSum());
    const first = await usage.reserve(600);
    duringSum = () => first?.release();
    expect(await usage.reserve(600)).toBeNull();
  });

  it('counts a model without a price as the dearest, and says so', async () => {
    const { usage } = await open(0, 1_000);
    const tokens = { inputTokens: 1_000, outputTokens: 100 };
    expect(await usage.cost('openai', 'gpt-5-mini', tokens)).toEqual({ costMicroDollars: 450, isPriceKnown: true });
    const unknown = await usage.cost('openai', 'gpt-99-ultra', tokens);
    expect(unknown.isPriceKnown).toBe(false);
    expect(unknown.costMicroDollars).toBeGreaterThan(100_000);
    expect(await usage.price('openai', 'gpt-99-ultra')).toBeNull();
  });

  it('takes a price of the person before that of the list', async () => {
    const { usage, settings } = await open(0, 1_000);
    await settings.update({ modelPrices: { 'gpt-99-ultra': { inputPrice: 1, outputPrice: 5 } } });
    expect(await usage.price('openai', 'gpt-99-ultra')).toEqual({ inputPrice: 1, outputPrice: 5 });
    expect(await usage.cost('openai', 'gpt-99-ultra', { inputTokens: 1_000, outputTokens: 100 })).toEqual({
      costMicroDollars: 1_500,
      isPriceKnown: true,
    });
    expect(await usage.price('openai', 'constructor')).toBeNull();
  });
});
