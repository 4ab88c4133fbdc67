import { afterEach, describe, expect, it } from 'vitest';
import { messageText } from '../../shared/message.ts';
import type { SettingsPatch } from '../../shared/settings.ts';
import { openCloud } from '../../testing/open-cloud.ts';
import type { CloudBench } from '../../testing/open-cloud.ts';

// The whole app, without a model of its own: what would be answered here ends with `model/none`, or with what failed before.
let bench: CloudBench | null = null;
async function open(options: Parameters<typeof openCloud>[0] = {}): Promise<CloudBench> {
  bench = await openCloud(options);
  await bench.allow();
  return bench;
}
afterEach(async () => {
  await bench?.close();
  bench = null;
});

const text = 'Why is the sky blue?';
const noticesOf = (answer: Awaited<ReturnType<CloudBench['ask']>>['answer']): readonly string[] =>
  answer.parts.flatMap((part) => (part.type === 'notice' ? [part.name] : []));

describe('a large model that declines', () => {
  // Catches a refusal that is billed by the first cloud and asked, and billed, again at the second.
  it('is followed by no other cloud, which would bill it a second time', async () => {
    const { addRemote, ask, server, test } = await open();
    await addRemote();
    await addRemote({ name: 'Second' });
    server.answer(() => '');
    server.fail({ kind: 'ends-with', reason: 'refused' });
    const { answer } = await ask(text);
    expect(server.requests).toHaveLength(1);
    expect(answer).toMatchObject({ status: 'failed', error: { code: 'provider/refused' }, route: { zone: 'cloud' } });
    expect(noticesOf(answer)).toContain('remote-refused');
    expect((await test.client.privacy.ledger({})).total).toBe(1);
  });

  it('on a server of the person’s own, which bills nothing, is followed by the next choice', async () => {
    const { addRemote, ask, server } = await open();
    await addRemote({ name: 'Mine', zone: 'own-server' });
    await addRemote({ name: 'Cloud' });
    server.fail({ kind: 'ends-with', reason: 'refused' });
    server.answer(({ modelName }) => (server.requests.length === 1 ? '' : `Answered by ${modelName}.`));
    const { answer } = await ask(text);
    expect(answer).toMatchObject({ status: 'complete', route: { remoteName: 'Cloud', reason: 'remote-failed' } });
    expect(noticesOf(answer)).toEqual(['remote-refused']);
    expect(server.requests).toHaveLength(2);
  });

  it('in the middle of its answer keeps what it wrote, says so, and is not asked again', async () => {
    const { addRemote, ask, server } = await open();
    await addRemote();
    await addRemote({ name: 'Second' });
    server.answer(() => 'Because of the air, but ');
    server.fail({ kind: 'ends-with', reason: 'refused' });
    const { answer } = await ask(text);
    expect(answer).toMatchObject({ status: 'interrupted', route: { remoteName: 'Elsewhere' } });
    expect(messageText(answer)).toContain('Because of the air');
    expect(noticesOf(answer)).toContain('remote-refused-midway');
    expect(server.requests).toHaveLength(1);
  });

  it('tells whoever chose it, who decides', async () => {
    const { addRemote, ask, server } = await open();
    await addRemote({ name: 'Mine', zone: 'own-server' });
    await addRemote();
    server.answer(() => '');
    server.fail({ kind: 'ends-with', reason: 'refused' });
    const { answer } = await ask(text, { choice: 'remote' });
    expect(answer).toMatchObject({ error: { code: 'provider/refused' }, route: { zone: 'own-server' } });
    expect(server.requests).toHaveLength(1);
  });
});

describe('the way out, turned off while an answer comes', () => {
  const locks: readonly (readonly [string, string, SettingsPatch])[] = [
    ['by the offline lock', 'offline', { isOffline: true }],
    ['by the mode', 'mode-off', { cloudMode: 'off' }],
    ['by the purpose', 'offline', { allowedPurposes: [] }],
  ];

  // Catches a lock that holds for the next request only, while minutes of this one still come in.
  it.each(locks)('%s ends the connection and keeps what came', async (_how, _reason, patch) => {
    const { addRemote, follow, server, test } = await open({ paceMs: 10 });
    await addRemote();
    server.answer(() => 'word '.repeat(20_000));
    const started = await test.client.chat.send({ text });
    const locking = (async () => {
      for await (const part of await test.client.runs.follow({ runId: started.runId, afterSequence: -1 })) {
        if (part.type === 'text-delta') return await test.client.settings.update(patch);
      }
      throw new Error('It ended by itself.');
    })();
    const { answer } = await follow(started);
    await locking;
    await server.requests[0]?.ended;
    expect(server.requests.map(({ end }) => end)).toEqual(['left']);
    expect(answer).toMatchObject({ status: 'stopped', route: { zone: 'cloud' } });
    expect(messageText(answer)).toMatch(/^w/);
    expect(noticesOf(answer)).toEqual(expect.arrayContaining(['ended-by-lock', 'stopped']));
    // What left stays in the ledger.
    expect((await test.client.privacy.ledger({})).entries).toMatchObject([{ outcome: 'cancelled' }]);
  });

  it.each(locks)('%s before its first word has it answered here', async (_how, reason, patch) => {
    const { addRemote, follow, server, test } = await open();
    await addRemote();
    await addRemote({ name: 'Second' });
    server.fail({ kind: 'silent' });
    const started = await test.client.chat.send({ text });
    const locking = (async () => {
      for await (const part of await test.client.runs.follow({ runId: started.runId, afterSequence: -1 })) {
        if (part.type !== 'progress' || part.phase !== 'sending') continue;
        await expect.poll(() => server.requests.length).toBe(1);
        return await test.client.settings.update(patch);
      }
      throw new Error('It ended by itself.');
    })();
    const { answer } = await follow(started);
    await locking;
    expect(answer).toMatchObject({
      status: 'failed',
      error: { code: 'cloud/ended-by-lock', details: { because: reason } },
    });
    expect(server.requests).toHaveLength(1);
  });
});

describe('the route of an answer that nobody was sent', () => {
  it.each([
    ['large models are off', { cloudMode: 'off' }, 'mode-off'],
    ['the lock is on', { isOffline: true }, 'offline'],
    ['the budget is spent', { monthlyBudgetMicroDollars: 0 }, 'budget-spent'],
  ] as const)('is this machine, for %s', async (_what, patch, reason) => {
    const { addRemote, allow, ask, server } = await open();
    await addRemote();
    await allow(patch);
    const { answer } = await ask(text, { choice: 'remote' });
    expect(answer).toMatchObject({ status: 'failed', route: { zone: 'local', reason } });
    expect(server.requests).toEqual([]);
  });

  it('is this machine when a person stops the answer before anything left', async () => {
    const { addRemote, allow, follow, test } = await open();
    await addRemote();
    await allow({ cloudMode: 'ask' });
    const started = await test.client.chat.send({ text, choice: 'remote' });
    const { answer } = await follow(started, async () => await test.client.runs.stop({ runId: started.runId }));
    expect(answer).toMatchObject({ status: 'stopped', route: { zone: 'local', reason: 'not-sent' } });
  });
});
