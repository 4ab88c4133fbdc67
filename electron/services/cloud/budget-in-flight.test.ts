import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { toAppError } from '../../app/app-client.ts';
import type { StartedAnswer } from '../chat/chat-service.ts';
import { openCloud } from '../../testing/open-cloud.ts';
import type { CloudBench } from '../../testing/open-cloud.ts';

// The whole app over a real database: what the month has spent while a large model still answers.
let bench: CloudBench;
beforeEach(async () => {
  bench = await openCloud();
  await bench.allow({ modelPrices: { large: { inputPrice: 10, outputPrice: 10 } } });
  await bench.addRemote();
});
afterEach(async () => await bench.close());

const text = 'Why is the sky blue?';
const spent = async (): Promise<number> => (await bench.test.client.usage.month({ at: Date.now() })).costMicroDollars;

/** Asks, and comes back when the request has arrived where nobody answers it. */
async function askInVain(arrived: number): Promise<StartedAnswer> {
  bench.server.fail({ kind: 'silent' });
  const started = await bench.test.client.chat.send({ text, choice: 'remote' });
  await expect.poll(() => bench.server.requests.length).toBe(arrived);
  return started;
}

describe('the budget while a request is under way', () => {
  // Catches a month that forgets what was under way when the app was killed: a sum in memory dies with it.
  it('counts what the request costs at most in the ledger, until it is known what it cost', async () => {
    const { runId, ...started } = await askInVain(1);
    const most = await spent();
    expect(most).toBeGreaterThan(0);
    expect((await bench.test.client.privacy.ledger({})).entries).toMatchObject([
      { outcome: 'pending', costMicroDollars: most },
    ]);
    await bench.test.client.runs.stop({ runId });
    await bench.follow({ runId, ...started });
    expect(await spent()).toBeLessThan(most);
    expect(await spent()).toBeGreaterThan(0);
  });

  // Catches a request that counts twice on its way, in memory and in the ledger, and one that does not count at all.
  it('lets as many go at once as it can pay for, and no more', async () => {
    const first = await askInVain(1);
    await bench.allow({ monthlyBudgetMicroDollars: (await spent()) * 2 });
    const second = await askInVain(2);
    const { answer } = await bench.ask(text, { choice: 'remote' });
    expect(answer).toMatchObject({ status: 'failed', route: { zone: 'local', reason: 'budget-spent' } });
    expect(bench.server.requests).toHaveLength(2);
    for (const started of [first, second]) {
      await bench.test.client.runs.stop({ runId: started.runId });
      await bench.follow(started);
    }
  });

  it('costs nothing when the server did not take it', async () => {
    bench.server.fail({ kind: 'wrong-key' });
    await bench.ask(text, { choice: 'remote' });
    expect((await bench.test.client.privacy.ledger({})).entries).toMatchObject([{ costMicroDollars: 0 }]);
    bench.server.fail({ kind: 'redirect', to: 'https://elsewhere.example/' });
    await bench.ask(text, { choice: 'remote' });
    expect(await spent()).toBe(0);
  });
});

describe('a request that the month cannot pay', () => {
  // Catches a person who reads a whole request, and hears at "Send" that there is no money for it. The question alone could be
  // paid, so that the rules let it go; what was said before it is what costs.
  it('is told before anybody is shown it', async () => {
    const { conversationId } = await bench.ask('word '.repeat(4_000), { choice: 'remote' });
    await bench.allow({ cloudMode: 'ask', monthlyBudgetMicroDollars: (await spent()) + 45_000 });
    const { answer, parts } = await bench.ask(text, { conversationId, choice: 'remote' });
    expect(answer).toMatchObject({
      status: 'failed',
      error: { code: 'cloud/budget-spent' },
      route: { zone: 'local', reason: 'budget-spent' },
    });
    expect(parts.filter(({ type }) => type === 'preview')).toEqual([]);
    expect(bench.bodies()).toHaveLength(1);
  });

  // Catches the advice to fetch a model, to whoever asked for a large one and has spent the month's money.
  it('says so where there is no model here either', async () => {
    await bench.allow({ monthlyBudgetMicroDollars: 0 });
    const { answer } = await bench.ask(text, { choice: 'remote' });
    expect(answer).toMatchObject({ status: 'failed', error: { code: 'cloud/budget-spent' } });
  });

  it('asks a server of one’s own whatever is left', async () => {
    await bench.allow({ monthlyBudgetMicroDollars: 0 });
    await bench.addRemote({ zone: 'own-server', name: 'Mine' });
    const { answer } = await bench.ask(text, { choice: 'remote' });
    expect(answer).toMatchObject({ status: 'complete', route: { zone: 'own-server' } });
  });

  it.each([-1, 0.5, Number.NaN, 1e21, 'much'])('is not decided by a budget of %s', async (amount) => {
    const patch = { monthlyBudgetMicroDollars: amount as number }; // What a caller that is not typed may send.
    const failure = await bench.test.client.settings.update(patch).catch(toAppError);
    expect(failure).toMatchObject({ code: 'app/invalid-input' });
    const { budgetMicroDollars } = await bench.test.client.usage.month({ at: Date.now() });
    expect(budgetMicroDollars).toBe(5_000_000);
  });
});
