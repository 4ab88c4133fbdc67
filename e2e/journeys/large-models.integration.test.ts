import { createHash } from 'node:crypto';
import { afterEach, describe, expect, it } from 'vitest';
import type { CloudPreview } from '../../electron/shared/cloud-preview.ts';
import { openLargeModels, type LargeModels } from './open-large-models.ts';

const question = 'Please write to Marta Lindqvist (marta.lindqvist@example.com) about the flat in Harbour Street 12.';
const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

let bench: LargeModels | null = null;
async function open(...options: Parameters<typeof openLargeModels>): Promise<LargeModels> {
  bench = await openLargeModels(...options);
  return bench;
}
afterEach(async () => {
  await bench?.close();
  bench = null;
});

const bodies = ({ provider }: LargeModels): readonly Buffer[] =>
  provider.requests.filter(({ method }) => method === 'POST').map(({ body }) => body);

describe('a question to a large model, through the built app', { timeout: 120_000 }, () => {
  it.each(['openai', 'anthropic', 'google', 'mistral', 'openai-compatible'] as const)(
    'is shown, redacted further, sent byte for byte, and written down, to %s',
    async (kind) => {
      const app = await open('ask');
      const { client } = app;
      await app.add(kind, 'cloud');
      const shown: CloudPreview[] = [];
      const started = await client.chat.send({ text: question, choice: 'remote' });
      const answer = await app.hear(started, async (first) => {
        expect(bodies(app)).toEqual([]);
        const again = await client.cloud.redactMore({ id: first.id, words: ['Harbour Street'] });
        shown.push(first, again);
        await client.cloud.decide({ id: first.id, decision: 'send', bodyHash: again.bodyHash });
      });
      const [first, last] = shown;
      for (const original of ['marta.lindqvist@example.com', 'Marta Lindqvist'])
        expect(first?.body).not.toContain(original);
      expect(first?.body).toContain('Harbour Street');
      expect(last?.body).not.toContain('Harbour Street');
      // The one promise: what a person saw is what left, to the byte.
      expect(bodies(app).map((body) => body.toString())).toEqual([last?.body]);
      expect(bodies(app).map(sha256)).toEqual([last?.bodyHash]);
      for (const { start, end, placeholder } of last?.replacements ?? []) {
        expect(last?.body.slice(start, end)).toBe(placeholder);
      }
      // The server repeats what it was asked, so every original is back in the answer.
      expect(answer.text).toContain(question);
      expect(answer.message.route).toMatchObject({ zone: 'cloud', reason: 'person-chose-remote', modelName: 'large' });
      const sent = answer.message.parts.find((part) => part.type === 'sent')?.sent;
      expect(sent).toMatchObject({
        host: new URL(app.provider.address).host,
        replacedCount: last?.replacements.length,
      });
      const { entries } = await client.privacy.ledger({});
      expect(entries).toMatchObject([
        { id: sent?.ledgerEntryIds[0], purpose: 'provider', outcome: 'completed', bodyHash: last?.bodyHash },
      ]);
      expect(entries[0]?.inputTokens).toBeGreaterThan(0);
      expect(entries[0]?.conversationId).toBe(started.conversationId);
      expect(entries[0]?.costMicroDollars).toBe(sent?.costMicroDollars);
      const month = await client.usage.month({ at: Date.now() });
      expect(month).toMatchObject({ requests: 1, costMicroDollars: sent?.costMicroDollars });
    },
  );

  it('goes to nobody when the person stops it or wants it here', async () => {
    const app = await open('ask');
    const { client } = app;
    await app.add('openai', 'cloud');
    const stopped = await app.hear(await client.chat.send({ text: 'What is a zephyr?', choice: 'remote' }), ({ id }) =>
      client.cloud.decide({ id, decision: 'cancel' }),
    );
    expect(stopped).toMatchObject({ text: '', error: null });
    const local = await app.hear(await client.chat.send({ text: 'What is a zephyr?', choice: 'remote' }), ({ id }) =>
      client.cloud.decide({ id, decision: 'local' }),
    );
    expect(local.message.route).toMatchObject({ zone: 'local', reason: 'person-chose-local' });
    expect(local.text).not.toBe('');
    expect(app.provider.requests).toEqual([]);
    expect((await client.privacy.ledger({})).total).toBe(0);
  });

  it('goes without a preview once the person said so, in that conversation alone', async () => {
    const app = await open('ask');
    const { client } = app;
    await app.add('mistral', 'cloud');
    let previews = 0;
    const always = async ({ id, bodyHash }: CloudPreview): Promise<void> => {
      previews += 1;
      await client.cloud.decide({ id, decision: 'send', bodyHash, isAlways: true });
    };
    const first = await client.chat.send({ text: 'One?', choice: 'remote' });
    await app.hear(first, always);
    await app.hear(await client.chat.send({ conversationId: first.conversationId, text: 'Two?', choice: 'remote' }));
    expect(previews).toBe(1);
    await app.hear(await client.chat.send({ text: 'Three?', choice: 'remote' }), always);
    expect(previews).toBe(2);
    expect(bodies(app)).toHaveLength(3);
  });

  it('is answered here under the lock, and what is local only goes to no cloud', async () => {
    const app = await open('auto');
    const { client } = app;
    await app.add('anthropic', 'cloud');
    const first = await client.chat.send({ text: 'What is a zephyr?', choice: 'remote' });
    expect((await app.hear(first)).message.route).toMatchObject({ zone: 'cloud' });
    await client.privacy.setOffline({ isOffline: true });
    const locked = await app.hear(await client.chat.retry({ answerId: first.answerId, choice: 'remote' }));
    expect(locked.message.route).toMatchObject({ zone: 'local', reason: 'offline' });
    expect(locked.text).not.toBe('');
    await client.privacy.setOffline({ isOffline: false });
    await client.conversations.setLocalOnly({ id: first.conversationId, isLocalOnly: true });
    const kept = await app.hear(await client.chat.retry({ answerId: first.answerId, choice: 'remote' }));
    expect(kept.message.route).toMatchObject({ zone: 'local', reason: 'local-only' });
    expect(bodies(app)).toHaveLength(1);
    // A server of one's own is not the cloud.
    await app.add('openai-compatible', 'own-server');
    const own = await app.hear(await client.chat.retry({ answerId: first.answerId, choice: 'remote' }));
    expect(own.message.route).toMatchObject({ zone: 'own-server' });
    expect(bodies(app)).toHaveLength(2);
  });

  it('tells of a wrong key, an unknown model and a limit, and bills nothing twice', async () => {
    const app = await open('auto');
    const { client, provider } = app;
    const remote = await app.add('openai', 'cloud', 'wrong-key');
    expect(await client.remotes.test({ id: remote.id })).toEqual({ status: 'wrong-key' });
    const ask = async () => await app.hear(await client.chat.send({ text: 'What is a zephyr?', choice: 'remote' }));
    expect((await ask()).error?.code).toBe('provider/wrong-key');
    await client.keys.set({ owner: remote.id, secret: 'test-key' });
    expect(await client.remotes.test({ id: remote.id })).toEqual({ status: 'works', models: 2, movedTo: null });
    provider.fail(
      { kind: 'unknown-model' },
      { kind: 'rate-limit', retryAfterSeconds: 7 },
      { kind: 'reset', afterPieces: 3 },
    );
    expect((await ask()).error?.code).toBe('provider/unknown-model');
    expect((await ask()).error).toMatchObject({ code: 'provider/busy', details: { retryAfterMs: 7_000 } });
    const cut = await ask();
    expect(cut.error?.code ?? cut.message.status).toMatch(/^(?:provider\/cut|interrupted|failed)$/);
    expect(bodies(app)).toHaveLength(4);
    await client.settings.update({ monthlyBudgetMicroDollars: 0 });
    expect((await ask()).message.route).toMatchObject({ zone: 'local', reason: 'budget-spent' });
    expect(bodies(app)).toHaveLength(4);
  });

  it('ends the connection when it is stopped in the middle', async () => {
    const app = await open('auto', { paceMs: 20 });
    const { client, provider } = app;
    await app.add('google', 'cloud');
    provider.answer(() => 'word '.repeat(20_000));
    const started = await client.chat.send({ text: 'Tell me a story.', choice: 'remote' });
    for await (const part of await client.runs.follow({ runId: started.runId, afterSequence: -1 })) {
      if (part.type === 'text-delta') await client.runs.stop({ runId: started.runId });
    }
    await provider.requests[0]?.ended;
    expect(provider.requests[0]?.end).toBe('left');
    const { entries } = await client.privacy.ledger({});
    expect(entries).toMatchObject([{ outcome: 'cancelled' }]);
  });

  it('reaches nobody while the mode is off', async () => {
    const app = await open('off');
    const { client } = app;
    const remote = await app.add('openai-compatible', 'own-server');
    const answer = await app.hear(await client.chat.send({ text: 'What is a zephyr?', choice: 'remote' }));
    expect(answer.message.route).toMatchObject({ zone: 'local', reason: 'mode-off' });
    expect(await client.remotes.test({ id: remote.id })).toEqual({ status: 'refused', code: 'egress/mode-off' });
    expect(app.provider.requests).toEqual([]);
    expect((await client.privacy.ledger({})).entries).toMatchObject([{ outcome: 'refused', bytesSent: 0 }]);
  });
});
