import { writeFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { AppError } from '../shared/app-error.ts';
import { conversationIdSchema, createId } from '../shared/ids.ts';
import { buildConversation } from '../testing/build-records.ts';
import { createFakeClock } from '../testing/fake-clock.ts';
import { openTestStorage } from '../testing/open-test-storage.ts';
import { createRecordingLogger } from '../testing/recording-logger.ts';
import { createStorage } from './create-storage.ts';

/** A worker that opens and then dies at its first call, as one that ran out of memory would. */
const dyingWorker = `
  import { parentPort } from 'node:worker_threads';
  parentPort.on('message', () => process.exit(7));
  parentPort.postMessage({ type: 'opened', opened: { isReadOnly: false, lostCommits: 0 } });
`;

async function withWorkerFile(source: string, check: (workerPath: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'sotto-storage-'));
  const workerPath = join(folder, 'worker.mjs');
  try {
    await writeFile(workerPath, source);
    await check(workerPath);
  } finally {
    await rm(folder, { recursive: true });
  }
}

const parts = () => ({
  location: { kind: 'memory' } as const,
  clock: createFakeClock(),
  logger: createRecordingLogger(),
});

describe('createStorage', () => {
  it('rejects every pending call with storage/unavailable when the worker dies', async () => {
    await withWorkerFile(dyingWorker, async (workerPath) => {
      const { logger, ...others } = parts();
      const storage = await createStorage({ ...others, logger, workerPath });
      const calls = await Promise.allSettled([storage.settings.get(), storage.conversations.list()]);
      const codes = calls.map((call) => call.status === 'rejected' && AppError.from(call.reason).code);
      expect(codes).toEqual(['storage/unavailable', 'storage/unavailable']);
      expect(logger.lines).toContainEqual({
        level: 'error',
        event: 'storage-worker-exit',
        fields: { exitCode: 7, pendingCalls: 2 },
      });
      await expect(storage.settings.get()).rejects.toMatchObject({ code: 'storage/unavailable' });
      await storage.close();
    });
  });

  it('fails its calls instead of letting them wait when the worker answers with garbage', async () => {
    const garbled = dyingWorker.replace('process.exit(7)', "parentPort.postMessage({ type: 'call-result' })");
    await withWorkerFile(garbled, async (workerPath) => {
      const storage = await createStorage({ ...parts(), workerPath });
      await expect(storage.settings.get()).rejects.toMatchObject({ code: 'storage/unavailable' });
      await storage.close();
    });
  });

  it('throws storage/unavailable when the worker cannot start', async () => {
    await withWorkerFile('throw new Error("no");', async (workerPath) => {
      await expect(createStorage({ ...parts(), workerPath })).rejects.toMatchObject({ code: 'storage/unavailable' });
    });
  });

  it('throws what the worker says when the database does not open', async () => {
    const refusing = `
      import { parentPort } from 'node:worker_threads';
      const error = { code: 'storage/newer-version', message: 'later', details: { databaseVersion: 9 } };
      parentPort.postMessage({ type: 'open-error', error });
    `;
    await withWorkerFile(refusing, async (workerPath) => {
      const opening = createStorage({ ...parts(), workerPath });
      await expect(opening).rejects.toMatchObject({ code: 'storage/newer-version', details: { databaseVersion: 9 } });
    });
  });

  it('answers the calls made before close, and refuses those made after', async () => {
    const storage = await openTestStorage();
    const conversation = buildConversation();
    const before = [storage.conversations.insert(conversation), storage.conversations.list()] as const;
    const closing = storage.close();
    const after = storage.conversations.list();
    await expect(after).rejects.toMatchObject({ code: 'storage/unavailable' });
    expect(await before[1]).toEqual([conversation]);
    await closing;
    await storage.close();
  });

  it('throws app/invalid-input when a caller without types sends what the operation does not take', async () => {
    const storage = await openTestStorage();
    const wrong = { ...buildConversation(), createdAt: -1 };
    await expect(storage.conversations.insert(wrong)).rejects.toMatchObject({ code: 'app/invalid-input' });
    await expect(storage.ledger.following(null, 0)).rejects.toMatchObject({ code: 'app/invalid-input' });
    await storage.close();
  });

  it('throws app/not-found when a change names a record that is not there', async () => {
    const storage = await openTestStorage();
    const id = createId(conversationIdSchema);
    await expect(storage.conversations.update(id, { title: 'x' })).rejects.toMatchObject({ code: 'app/not-found' });
    await expect(storage.conversations.remove(id)).rejects.toMatchObject({ code: 'app/not-found' });
    expect(await storage.conversations.get(id)).toBeNull();
    await storage.close();
  });
});
