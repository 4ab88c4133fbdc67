import { afterEach, beforeEach, describe, expect, it } from 'vitest';
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
