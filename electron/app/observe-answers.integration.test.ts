import { copyFile, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openTestApp } from '../testing/open-test-app.ts';
import type { TestApp } from '../testing/open-test-app.ts';
import { starterModelPath } from '../testing/real-engine.ts';

let folder = '';
let app: TestApp;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sotto-observed-'));
  await mkdir(join(folder, 'data-models'));
  await copyFile(starterModelPath, join(folder, 'data-models', basename(starterModelPath)));
  app = await openTestApp({ dataFolder: join(folder, 'data') });
});
afterEach(async () => {
  await app.app.close();
  await rm(folder, { recursive: true });
});

async function answer({ client }: TestApp, text: string): Promise<void> {
  const { runId } = await client.chat.send({ text });
  for await (const part of await client.runs.follow({ runId, afterSequence: -1 })) {
    if (part.type === 'run-error') throw new Error(part.error.message);
    if (part.type === 'run-end') return;
  }
}

describe('a model that has answered', { timeout: 120_000 }, () => {
  // Predictions would stand beside every model for ever, however wrong they are.
  it('is shown with the pace that it had here', async () => {
    const { client } = app;
    const [model] = (await client.models.list()).models.filter(({ kind }) => kind === 'chat');
    if (!model) throw new Error('There is no model.');
    expect((await client.models.detail({ id: model.id })).fit).toMatchObject({ isMeasured: false });
    await answer(app, 'Write three long sentences about rivers and the towns beside them.');
    await expect
      .poll(async () => (await client.models.detail({ id: model.id })).fit, { timeout: 20_000 })
      .toMatchObject({ isMeasured: true, tokensPerSecond: expect.any(Number) });
  });

  // A command closes the app with the last word of its answer, and would never learn anything.
  it('is measured although the app is closed at once', async () => {
    await answer(app, 'Write three long sentences about rivers and the towns beside them.');
    await app.app.close();
    app = await openTestApp({ dataFolder: join(folder, 'data') });
    const [model] = (await app.client.models.list()).models.filter(({ kind }) => kind === 'chat');
    if (!model) throw new Error('There is no model.');
    expect((await app.client.models.detail({ id: model.id })).fit).toMatchObject({ isMeasured: true });
  });
});
