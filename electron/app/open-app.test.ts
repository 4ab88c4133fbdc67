import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createJoinedClient, createLocalClient, toAppError } from './app-client.ts';
import type { App } from './app.ts';
import type { TakenFolder } from './data-folder/claim-data-folder.ts';
import { nodeDoorOptions } from './door-options.ts';
import { openApp } from './open-app.ts';
import { findProductFiles } from './product-files.ts';

let folder: string;
const opened: App[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sotto-app-'));
});
afterEach(async () => {
  for (const app of opened.splice(0)) await app.close();
  await rm(folder, { recursive: true, force: true });
});

async function open(): Promise<App> {
  const result = await openApp(options());
  if (result.status === 'taken') throw new Error(`Taken by ${result.pid}`);
  opened.push(result.app);
  await result.app.whenSettled();
  return result.app;
}

async function openTaken(): Promise<TakenFolder> {
  const result = await openApp(options());
  if (result.status === 'opened') throw new Error('Opened twice');
  return result;
}

const options = () =>
  nodeDoorOptions('terminal', findProductFiles(), {
    dataFolder: join(folder, 'data'),
    modelFolder: join(folder, 'models'),
  });

describe('app', { timeout: 30_000 }, () => {
  it('answers its own calls and those of a process that joins, from the same data', async () => {
    const app = await open();
    const local = createLocalClient(app.context({ canNamePaths: true }));
    const created = await local.conversations.create({ documentIds: [] });
    const { port } = await openTaken();
    if (port === null) throw new Error('No port');
    const joined = createJoinedClient(port);
    expect(await joined.conversations.list()).toEqual([created]);
    await joined.conversations.rename({ id: created.id, title: 'Renamed' });
    expect((await local.conversations.open({ id: created.id })).conversation.title).toBe('Renamed');
    port.close();
  });

  it('lets a joined process name paths, and streams to it until it leaves', async () => {
    const app = await open();
    const { port } = await openTaken();
    if (port === null) throw new Error('No port');
    const joined = createJoinedClient(port);
    const path = join(folder, 'notes.txt');
    await writeFile(path, 'The meeting is on Monday.\n');
    const { ticket } = await joined.files.ticketForPath({ path });
    const document = await joined.documents.add({ ticket });
    const leaving = new AbortController();
    const seen: string[] = [];
    for await (const documents of await joined.documents.watch(undefined, { signal: leaving.signal })) {
      seen.push(...documents.map(({ name }) => name));
      break;
    }
    leaving.abort();
    expect(seen).toEqual(['notes.txt']);
    await app.services.documents.remove(document.id);
    port.close();
  });

  it('gives joined calls the same errors as its own', async () => {
    const app = await open();
    const local = createLocalClient(app.context({ canNamePaths: true }));
    const { port } = await openTaken();
    if (port === null) throw new Error('No port');
    for (const client of [local, createJoinedClient(port)]) {
      const failure = await client.chat.send({ text: ' ' }).catch(toAppError);
      expect(failure).toMatchObject({ code: 'prompt/empty' });
    }
    port.close();
  });

  it('tells a joined call that its owner has gone, which is no cancel', async () => {
    const app = await open();
    const { port } = await openTaken();
    if (port === null) throw new Error('No port');
    const client = createJoinedClient(port);
    await client.app.describe();
    await app.close();
    const late = await client.app.describe().catch((error: unknown) => toAppError(error));
    expect(late).toMatchObject({ code: 'app/closing' });
  });

  it('gives the data folder back, and leaves no temporary file', async () => {
    const app = await open();
    await app.services.files.ticketForUpload('a.txt', oneChunk(), 100);
    expect(existsSync(join(folder, 'data', 'temporary', 'uploads'))).toBe(true);
    await app.close();
    expect(existsSync(join(folder, 'data', 'temporary', 'uploads'))).toBe(false);
    await open();
  });

  it('starts no engine before there is work for it', async () => {
    // Catches a start that loads a model for a command that lists folders.
    const app = await open();
    await app.services.models.list();
    expect(app.engine.loaded('chat')).toBeNull();
    expect(app.engine.state.state).not.toBe('starting');
  });

  it('says what keeps it from opening, and then gives the data folder back', async () => {
    const broken = await openApp({ ...options(), storageWorkerPath: join(folder, 'none.js') });
    if (broken.status === 'taken') throw new Error('Nobody else is there');
    expect(await broken.app.whenSettled()).toMatchObject({ state: 'failed', error: { code: 'storage/unavailable' } });
    await broken.app.close();
    await open();
  });
});

async function* oneChunk(): AsyncGenerator<Uint8Array> {
  yield new TextEncoder().encode('Hello');
}
