import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { emptyDraft } from '../shared/draft.ts';
import { collectionIdSchema, createId, folderIdSchema } from '../shared/ids.ts';
import { buildConversation, buildMessage } from '../testing/build-records.ts';
import { createFakeClock } from '../testing/fake-clock.ts';
import { openTestStorage } from '../testing/open-test-storage.ts';
import { createRecordingLogger } from '../testing/recording-logger.ts';
import { createStorage } from './create-storage.ts';
import { createPrivateLayer } from './private-layer.ts';
import type { Storage } from './storage.ts';
import { openEncryptedFile } from './worker/open-encrypted-file.ts';

const key = randomBytes(32);
const openMemory = vi.fn(() => openTestStorage());
let folder: string;
let storage: Storage;

beforeEach(async () => {
  openMemory.mockClear();
  folder = await mkdtemp(join(tmpdir(), 'sotto-private-'));
  const disk = await createStorage({
    location: { kind: 'file', path: join(folder, 'chats.db'), key },
    workerPath: join(import.meta.dirname, 'worker', 'index.ts'),
    clock: createFakeClock(),
    logger: createRecordingLogger(),
  });
  storage = createPrivateLayer(disk, openMemory);
});
afterEach(async () => {
  await storage.close();
  await rm(folder, { recursive: true });
});

/** Every value in the database on the disk, words of its indexes among them. */
function dumpDisk(): string {
  const database = openEncryptedFile(join(folder, 'chats.db'), key);
  try {
    const tables = database
      .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%'")
      .all() as { readonly name: string }[];
    const rows = tables.flatMap(({ name }) => database.prepare(`SELECT * FROM "${name}"`).all());
    return JSON.stringify(rows, (_, value: unknown) =>
      value instanceof Uint8Array ? Buffer.from(value).toString('latin1') : value,
    );
  } finally {
    database.close();
  }
}

const text = (words: string) => ({ parts: [{ type: 'text', text: words }] as const });

describe('createPrivateLayer', () => {
  it('lets a private conversation live like any other, and keeps not one byte of it on the disk', async () => {
    const papers = createId(collectionIdSchema);
    await storage.collections.insert({ id: papers, name: 'Papers', isLocalOnly: false, createdAt: 1 });
    const place = { id: createId(folderIdSchema), name: 'Work', isLocalOnly: false, createdAt: 1 };
    await storage.folders.insert(place);
    const open = buildConversation({ title: 'Open', updatedAt: 10, createdAt: 1 });
    await storage.conversations.insert(open);
    await storage.messages.append(buildMessage(open.id, { ...text('zebra'), createdAt: 10 }));

    const secret = buildConversation({
      title: 'Walrus',
      isPrivate: true,
      updatedAt: 20,
      folderId: place.id,
      collectionIds: [papers],
    });
    await storage.conversations.insert(secret);
    const question = buildMessage(secret.id, { ...text('walrus question'), createdAt: 30 });
    await storage.messages.append(question);
    const answer = buildMessage(secret.id, { parentId: question.id, role: 'assistant', status: 'streaming' });
    await storage.messages.append(answer);
    await storage.messages.update(answer.id, { ...text('walrus answer'), status: 'complete' });
    await storage.drafts.put(secret.id, {
      ...emptyDraft,
      text: 'walrus draft',
      queue: [{ text: 'walrus queue', choice: null }],
    });
    const summary = { conversationId: secret.id, messageId: question.id, text: 'walrus summary' };
    await storage.messages.putHistorySummary(summary);
    await storage.conversations.update(secret.id, { title: 'Walrus again', titleOrigin: 'first-words' });
    const copy = buildConversation({ title: 'Walrus copy', isPrivate: true, updatedAt: 5 });
    const copied = buildMessage(copy.id, text('walrus copied'));
    await storage.messages.insertConversation({ ...copy, tipId: copied.id }, [copied]);

    const listed = await storage.conversations.list();
    expect(listed.map(({ id, isPrivate }) => [id, isPrivate])).toEqual([
      [secret.id, true],
      [open.id, false],
      [copy.id, true],
    ]);
    expect(await storage.conversations.get(secret.id)).toMatchObject({
      title: 'Walrus again',
      folderId: place.id,
      collectionIds: [papers],
    });
    expect((await storage.messages.branch(answer.id)).map(({ id }) => id)).toEqual([question.id, answer.id]);
    expect(await storage.messages.get(copied.id)).toEqual(copied);
    expect(await storage.messages.ofConversation(secret.id)).toHaveLength(2);
    expect((await storage.messages.outline(secret.id)).map(({ preview }) => preview)).toContain('walrus answer');
    expect(await storage.messages.newestEnd(question.id)).toBe(answer.id);
    expect(await storage.messages.searchBranch(answer.id, 'walrus')).toEqual([question.id, answer.id]);
    expect(await storage.messages.historySummary(answer.id)).toEqual(summary);
    expect(await storage.drafts.get(secret.id)).toMatchObject({ text: 'walrus draft' });
    // What would show it to somebody else, or to the model.
    expect(await storage.messages.search('walrus', 10)).toEqual({ hits: [], hasMore: false });
    expect(await storage.conversations.untitled(10)).toEqual([]);

    await storage.folders.remove(place.id);
    expect(await storage.conversations.get(secret.id)).toMatchObject({ folderId: null });
    await storage.close();
    const disk = dumpDisk();
    expect(disk).toContain('zebra');
    for (const trace of ['alrus', secret.id, copy.id, question.id, answer.id]) expect(disk).not.toContain(trace);
  });

  it('undoes the deletion of a private conversation, and forgets it for good with the others', async () => {
    const secret = buildConversation({ isPrivate: true });
    await storage.conversations.insert(secret);
    await storage.conversations.remove(secret.id);
    expect(await storage.conversations.list()).toEqual([]);
    await storage.conversations.restore(secret.id);
    expect(await storage.conversations.list()).toEqual([secret]);
  });

  it('opens the second database with the first private conversation, once, and again after it failed', async () => {
    const open = buildConversation();
    await storage.conversations.insert(open);
    await storage.conversations.list();
    await storage.messages.interruptStreaming();
    expect(openMemory).not.toHaveBeenCalled();
    openMemory.mockRejectedValueOnce(new Error('no memory'));
    const secret = buildConversation({ isPrivate: true, updatedAt: open.updatedAt + 1 });
    await expect(storage.conversations.insert(secret)).rejects.toThrow('no memory');
    expect(await storage.conversations.get(secret.id)).toBeNull();
    const inserts = [secret, buildConversation({ isPrivate: true, updatedAt: open.updatedAt + 2 })];
    await Promise.all(inserts.map((one) => storage.conversations.insert(one)));
    expect(await storage.conversations.list()).toEqual([inserts[1], secret, open]);
    expect(openMemory).toHaveBeenCalledTimes(2);
  });

  // The layer is what routes; this is the lock behind it, for the day when somebody forgets the layer.
  it('is refused by the database on the disk itself when a private conversation reaches it', async () => {
    const disk = await createStorage({
      location: { kind: 'file', path: join(folder, 'other.db'), key },
      workerPath: join(import.meta.dirname, 'worker', 'index.ts'),
      clock: createFakeClock(),
      logger: createRecordingLogger(),
    });
    const secret = buildConversation({ isPrivate: true });
    await expect(disk.conversations.insert(secret)).rejects.toMatchObject({ code: 'app/invalid-input' });
    await expect(disk.messages.insertConversation(secret, [])).rejects.toMatchObject({ code: 'app/invalid-input' });
    expect(await disk.conversations.list()).toEqual([]);
    await disk.close();
  });
});
