import { describe, expect, it } from 'vitest';
import type { RemotePart, RemoteProvider } from '../../providers/remote-provider.ts';
import { buildRemote } from '../../testing/fake-provider/remote-bench.ts';
import { watchSending } from './watch-sending.ts';

const never = new AbortController().signal;
const options = {
  key: null,
  isLocalOnly: false,
  conversationId: null,
  mostCostMicroDollars: null,
  onEntry: () => undefined,
};

/** A remote whose answers end when the test says so. */
function createHeld() {
  const ends: PromiseWithResolvers<void>[] = [];
  const provider: RemoteProvider = {
    capture: () => Promise.reject(new Error('Nobody asks.')),
    listModels: () => Promise.resolve([]),
    async *send(): AsyncGenerator<RemotePart, void, void> {
      const end = Promise.withResolvers<void>();
      ends.push(end);
      yield { type: 'text-delta', text: 'a' };
      await end.promise;
    },
  };
  return { ends, ...watchSending(provider) };
}

const captured = (zone: 'cloud' | 'own-server') => ({
  remote: buildRemote('openai', 'http://127.0.0.1:1/', { zone }),
  request: { turns: [], maxTokens: 1 },
  url: 'http://127.0.0.1:1/',
  body: '',
});

describe('watchSending', () => {
  // Catches a foot of the window that says "On this computer" while a question is answered elsewhere.
  it('tells where an answer comes from, from its request to its end', async () => {
    const { provider, sending, ends } = createHeld();
    const told: unknown[] = [];
    sending.onChange(() => told.push(sending.current()));
    const [own, cloud] = (['own-server', 'cloud'] as const).map((zone) =>
      provider.send(captured(zone), options, never)[Symbol.asyncIterator](),
    );
    expect(sending.current()).toBeNull();
    await own?.next();
    await cloud?.next();
    ends[1]?.resolve();
    await cloud?.next();
    ends[0]?.resolve();
    await own?.next();
    expect(told).toEqual(['own-server', 'cloud', 'own-server', null]);
  });

  it('ends with an answer that fails, and with one that nobody reads on', async () => {
    const { provider, sending, ends } = createHeld();
    const failing = provider.send(captured('cloud'), options, never)[Symbol.asyncIterator]();
    await failing.next();
    ends[0]?.reject(new Error('cut'));
    await expect(failing.next()).rejects.toThrow('cut');
    expect(sending.current()).toBeNull();
    for await (const _part of provider.send(captured('cloud'), options, never)) break;
    expect(sending.current()).toBeNull();
  });
});
