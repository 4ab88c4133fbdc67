import { randomBytes, randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { modelIdSchema } from '../shared/ids.ts';
import { buildConversation } from '../testing/build-records.ts';
import { openTestStorage } from '../testing/open-test-storage.ts';
import type { SavedState } from './saved-state-repository.ts';
import type { Storage } from './storage.ts';

const modelId = modelIdSchema.parse('sha256:0123456789abcdef');

let storage: Storage;
beforeEach(async () => {
  storage = await openTestStorage();
});
afterEach(() => storage.close());

async function addConversation(): Promise<SavedState['conversationId']> {
  const conversation = buildConversation();
  await storage.conversations.insert(conversation);
  return conversation.id;
}

const stateOf = (conversationId: SavedState['conversationId'], change: Partial<SavedState> = {}): SavedState => ({
  conversationId,
  modelId,
  optionsKey: 'usual',
  key: new Uint8Array(randomBytes(32)),
  fileName: `${randomUUID()}.state`,
  sizeBytes: 1_000,
  tokens: 300,
  usedAt: 1,
  ...change,
});

describe('SavedStateRepository', () => {
  it('keeps one state for a conversation, model and options, and replaces it', async () => {
    const id = await addConversation();
    const [first, next, other] = [stateOf(id), stateOf(id), stateOf(id, { optionsKey: 'other' })];
    for (const state of [first, next, other]) await storage.savedStates.put(state);
    expect((await storage.savedStates.list()).map(({ fileName }) => fileName)).toEqual([next.fileName, other.fileName]);
    const found = await storage.savedStates.find(id, modelId, 'usual');
    expect(Buffer.from(found?.key ?? [])).toEqual(Buffer.from(next.key));
    expect(await storage.savedStates.find(id, modelId, 'third')).toBeNull();
  });

  it('lists the longest unused first, and forgets by file name', async () => {
    const states = [stateOf(await addConversation(), { usedAt: 5 }), stateOf(await addConversation(), { usedAt: 3 })];
    for (const state of states) await storage.savedStates.put(state);
    expect((await storage.savedStates.list()).map(({ usedAt }) => usedAt)).toEqual([3, 5]);
    await storage.savedStates.use(states[1]?.fileName ?? '');
    expect((await storage.savedStates.list())[0]).toMatchObject({ usedAt: 5 });
    await storage.savedStates.remove(states.map(({ fileName }) => fileName));
    expect(await storage.savedStates.list()).toEqual([]);
  });

  // Catches a state whose key outlives the conversation that it was read from: it could be decrypted until the purge.
  it('loses the key with the conversation, also where the deletion is undone', async () => {
    const id = await addConversation();
    await storage.savedStates.put(stateOf(id));
    await storage.conversations.remove(id);
    expect(await storage.savedStates.list()).toEqual([]);
    await expect(storage.savedStates.put(stateOf(id))).rejects.toMatchObject({ code: 'app/not-found' });
    await storage.conversations.restore(id);
    expect(await storage.savedStates.list()).toEqual([]);
    await storage.savedStates.put(stateOf(id));
    await storage.conversations.remove(id);
    await storage.maintenance.purge(Number.MAX_SAFE_INTEGER);
    expect(await storage.conversations.get(id)).toBeNull();
  });

  it('takes no state of a private conversation, not even in memory', async () => {
    const conversation = buildConversation({ isPrivate: true });
    await storage.conversations.insert(conversation);
    await expect(storage.savedStates.put(stateOf(conversation.id))).rejects.toMatchObject({ code: 'app/not-found' });
  });
});

describe('SecretRepository', () => {
  it('keeps, replaces and forgets a secret', async () => {
    expect(await storage.secrets.get('hub')).toBeNull();
    await storage.secrets.put('hub', 'first');
    await storage.secrets.put('hub', 'second');
    expect(await storage.secrets.owners()).toEqual(['hub']);
    expect(await storage.secrets.get('hub')).toBe('second');
    await storage.secrets.remove('hub');
    expect(await storage.secrets.owners()).toEqual([]);
    expect(await storage.secrets.get('hub')).toBeNull();
  });
});
