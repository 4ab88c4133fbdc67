import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { RunId } from '../shared/ids.ts';
import type { Usage } from '../shared/usage.ts';
import { createFileSecretStore } from '../testing/file-secret-store.ts';
import { openTestApp } from '../testing/open-test-app.ts';
import type { TestApp } from '../testing/open-test-app.ts';
import { starterModelPath } from '../testing/real-engine.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sotto-states-'));
});
afterEach(async () => await rm(folder, { recursive: true }));

const open = async (): Promise<TestApp> =>
  await openTestApp({
    dataFolder: join(folder, 'data'),
    secrets: createFileSecretStore(join(folder, 'keychain')),
    model: starterModelPath,
  });

const files = async (): Promise<readonly string[]> => await readdir(join(folder, 'data', 'states')).catch(() => []);

async function usageOf({ client }: TestApp, runId: RunId): Promise<Usage | null> {
  for await (const part of await client.runs.follow({ runId, afterSequence: -1 })) {
    if (part.type === 'run-error') throw new Error(part.error.message);
    if (part.type === 'run-end') return part.usage;
  }
  return null;
}

const story = 'The harbour of the old town has four piers, and on each of them stands a lamp. '.repeat(40);

// Only Linux has a folder that lies in memory everywhere.
describe.skipIf(process.platform !== 'linux')('a long conversation', { timeout: 180_000 }, () => {
  // Read again from its first word, it would be slow after every restart.
  it('goes on after a restart without being read again, and leaves nothing when it is deleted', async () => {
    const first = await open();
    await first.client.settings.update({ answerTokenLimit: 16 });
    const asked = await first.client.chat.send({ text: `${story}\nHow many piers are there?` });
    const cold = await usageOf(first, asked.runId);
    await first.app.close();
    expect(await files()).toHaveLength(1);

    const second = await open();
    const again = await second.client.chat.send({ conversationId: asked.conversationId, text: 'And lamps?' });
    const warm = await usageOf(second, again.runId);
    expect(cold?.reusedTokens).toBe(0);
    expect(warm?.reusedTokens).toBeGreaterThan((cold?.inputTokens ?? Infinity) * 0.9);
    expect((await second.client.machine.savedStates()).sizeBytes).toBeGreaterThan(100_000);

    await second.client.conversations.remove({ id: asked.conversationId });
    await second.app.close();
    const third = await open();
    expect((await third.client.machine.savedStates()).sizeBytes).toBe(0);
    await third.app.close();
    expect(await files()).toEqual([]);
  });

  it('is never saved when it is private', async () => {
    const app = await open();
    await app.client.settings.update({ answerTokenLimit: 16 });
    const { id } = await app.client.conversations.create({ documentIds: [], isPrivate: true });
    const asked = await app.client.chat.send({ conversationId: id, text: `${story}\nHow many piers are there?` });
    await usageOf(app, asked.runId);
    await app.app.close();
    expect(await files()).toEqual([]);
  });
});
