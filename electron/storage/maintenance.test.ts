import { randomBytes } from 'node:crypto';
import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { buildConversation, buildMessage, buildVector, scopeOf, testEmbedderId } from '../testing/build-records.ts';
import { openTestStorage } from '../testing/open-test-storage.ts';
import { fillSampleStorage, readTurns } from '../testing/sample-storage.ts';
import type { Storage } from './storage.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sotto-maintenance-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const newLocation = (name = 'data') =>
  ({ kind: 'file', path: join(folder, name, 'sotto.db'), key: randomBytes(32) }) as const;
const backupsOf = async (name = 'data'): Promise<readonly string[]> =>
  (await readdir(join(folder, name, 'backups'))).toSorted();

async function expectSamples(storage: Storage, samples: Awaited<ReturnType<typeof fillSampleStorage>>): Promise<void> {
  for (const sample of samples) {
    expect(await readTurns(storage, sample)).toEqual(sample.messages.map(({ parts }) => JSON.stringify(parts)));
  }
  const ids = (await storage.documents.list()).map(({ id }) => id);
  expect(ids).toHaveLength(2);
  expect(await storage.passages.searchLexical('rivers', scopeOf(ids), 100)).toHaveLength(40);
  const [nearest] = await storage.passages.searchDense(testEmbedderId, buildVector(103), scopeOf(ids), 1);
  expect(nearest?.passage.text).toBe('Passage 3 of document 1 speaks of rivers.');
  const { hits } = await storage.messages.search('lorem', 5);
  expect(hits).toHaveLength(5);
  expect((await storage.settings.get()).language).toBe('de');
}

// Every step opens a real database in a real thread, which takes its time on a busy machine.
vi.setConfig({ testTimeout: 30_000 });

describe('backUp', () => {
  it('keeps the three newest copies, each with what was there, while calls go on', async () => {
    const location = newLocation();
    const storage = await openTestStorage({ location });
    for (let round = 0; round < 4; round += 1) {
      const backingUp = storage.maintenance.backUp();
      await storage.conversations.insert(buildConversation());
      await backingUp;
    }
    expect(await backupsOf()).toHaveLength(3);
    await storage.close();
    const [newest] = (await backupsOf()).toReversed();
    const restored = newLocation('restored');
    const copy = { ...restored, key: location.key };
    await (await openTestStorage({ location: copy })).close();
    await writeFile(copy.path, await readFile(join(folder, 'data', 'backups', newest ?? '')));
    const opened = await openTestStorage({ location: copy });
    expect((await opened.conversations.list()).length).toBeGreaterThanOrEqual(3);
    await opened.close();
  });

  it('does nothing for a database in memory', async () => {
    const storage = await openTestStorage();
    await expect(storage.maintenance.backUp()).resolves.toBeUndefined();
    await storage.close();
  });

  it('gives up in order when the database is closed meanwhile', async () => {
    const location = newLocation();
    const storage = await openTestStorage({ location });
    const backingUp = storage.maintenance.backUp().catch((error: unknown) => error);
    await storage.close();
    await backingUp;
    // Whether it made it or not, nothing half is left.
    const names = await readdir(join(folder, 'data'), { recursive: true });
    expect(names.filter((name) => name.includes('unfinished'))).toEqual([]);
    await (await openTestStorage({ location })).close();
  });
});

describe('copyTo', () => {
  it('brings everything from memory into a file, both indexes included', async () => {
    const memory = await openTestStorage();
    const samples = await fillSampleStorage(memory, 5);
    const location = newLocation();
    await memory.maintenance.copyTo(location);
    await memory.close();
    expect(await readdir(join(folder, 'data'))).toEqual(['sotto.db']);
    const kept = await openTestStorage({ location });
    await expectSamples(kept, samples);
    // The row numbers came along too: what is added next is found like the rest.
    await kept.messages.append(
      buildMessage(samples[0]!.conversation.id, { parts: [{ type: 'text', text: 'walrus' }] }),
    );
    expect((await kept.messages.search('walrus', 5)).hits).toHaveLength(1);
    await kept.close();
  });

  it('gives a file another key and leaves the first as it is', async () => {
    const location = newLocation();
    const storage = await openTestStorage({ location });
    const samples = await fillSampleStorage(storage, 4);
    const target = newLocation('second');
    await storage.maintenance.copyTo(target);
    await expectSamples(storage, samples);
    await storage.close();
    const copy = await openTestStorage({ location: target });
    await expectSamples(copy, samples);
    await copy.close();
    await expect(openTestStorage({ location: { ...target, key: location.key } })).rejects.toMatchObject({
      code: 'storage/wrong-key',
    });
  });

  // A private conversation would otherwise reach the disk the moment somebody chooses to keep chats.
  it('leaves private conversations in memory, their words too', async () => {
    const memory = await openTestStorage();
    const open = buildConversation();
    const hidden = buildConversation({ isPrivate: true, title: 'hushhush' });
    for (const conversation of [open, hidden]) {
      await memory.conversations.insert(conversation);
      await memory.messages.append(buildMessage(conversation.id, { parts: [{ type: 'text', text: 'a walrus' }] }));
    }
    const location = newLocation();
    await memory.maintenance.copyTo(location);
    expect(await memory.conversations.list()).toHaveLength(2);
    await memory.close();
    const kept = await openTestStorage({ location });
    expect((await kept.conversations.list()).map(({ id }) => id)).toEqual([open.id]);
    expect((await kept.messages.search('walrus', 5)).hits).toHaveLength(1);
    expect((await kept.messages.search('hushhush', 5)).hits).toHaveLength(0);
    await kept.close();
  });

  it('throws app/invalid-input and touches nothing when a file lies there', async () => {
    const location = newLocation();
    const kept = await openTestStorage({ location });
    await kept.conversations.insert(buildConversation());
    await kept.close();
    const memory = await openTestStorage();
    await expect(memory.maintenance.copyTo(location)).rejects.toMatchObject({ code: 'app/invalid-input' });
    await memory.close();
    const again = await openTestStorage({ location });
    expect(await again.conversations.list()).toHaveLength(1);
    await again.close();
  });
});
