import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Storage } from '../../storage/storage.ts';
import { buildConversation } from '../../testing/build-records.ts';
import { createInProcessExportLauncher } from '../../testing/in-process-export-launcher.ts';
import { runLocalOnlyTrials } from '../../testing/local-only-trials.ts';
import { openTransfer } from '../../testing/open-transfer.ts';
import { openTestStorage } from '../../testing/open-test-storage.ts';
import { createLocalOnlyLabels } from './local-only.ts';

let storage: Storage;
beforeEach(async () => {
  storage = await openTestStorage();
});
afterEach(() => storage.close());

describe('createLocalOnlyLabels', () => {
  it('stays with what was made, whatever happens to what it was made from', async () => {
    const bench = await openTransfer(createInProcessExportLauncher());
    expect(await runLocalOnlyTrials(bench, { chains: 40, seed: 11 })).toMatchObject({ chains: 40, failed: [] });
    await bench.close();
  });

  it('lets a person take off the label of the conversation itself', async () => {
    const conversation = buildConversation({ title: 'Doctor', isLocalOnly: true });
    await storage.conversations.insert(conversation);
    const labels = createLocalOnlyLabels(storage);
    expect(await labels.hold(conversation.id)).toEqual({ isLocalOnly: true, because: 'conversation', name: 'Doctor' });
    await storage.conversations.update(conversation.id, { isLocalOnly: false });
    expect(await labels.of(conversation.id)).toEqual({ isLocalOnly: false });
  });

  it('throws for a conversation that is none', async () => {
    await expect(createLocalOnlyLabels(storage).of(buildConversation().id)).rejects.toMatchObject({
      code: 'app/not-found',
    });
  });
});
