import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRouterClient, ORPCError } from '@orpc/server';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { App } from '../app/app.ts';
import { nodeDoorOptions } from '../app/door-options.ts';
import { openApp } from '../app/open-app.ts';
import { findProductFiles } from '../app/product-files.ts';
import { appErrorDataSchema, type AppErrorCode } from '../shared/app-error.ts';
import { createId, documentIdSchema, fileTicketSchema, messageIdSchema, runIdSchema } from '../shared/ids.ts';
import { router } from './router.ts';

let folder: string;
let app: App;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sotto-api-'));
  const folders = { dataFolder: join(folder, 'data'), modelFolder: join(folder, 'models') };
  const opened = await openApp(nodeDoorOptions('terminal', findProductFiles(), folders));
  if (opened.status === 'taken') throw new Error('The folder is new');
  app = opened.app;
  await app.whenSettled();
});
afterAll(async () => {
  await app.close();
  await rm(folder, { recursive: true, force: true });
});

const client = (canNamePaths = true) => createRouterClient(router, { context: app.context({ canNamePaths }) });

/** The code with which a call failed; throws when it did not fail in the contract's one shape. */
async function codeOf(call: Promise<unknown>): Promise<AppErrorCode> {
  const error = await call.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof ORPCError)) throw new Error(`No ORPCError: ${String(error)}`);
  expect(error.code).toBe('APP_ERROR');
  return appErrorDataSchema.parse(error.data).code;
}

describe('contract', { timeout: 30_000 }, () => {
  it('names the app and its door', async () => {
    expect(await client().app.describe()).toMatchObject({ door: 'terminal', version: expect.stringMatching(/^\d+\./) });
  });

  it.each<[string, () => Promise<unknown>, AppErrorCode]>([
    [
      'a conversation that is none',
      () => client().conversations.open({ id: createId(messageIdSchema) }),
      'app/not-found',
    ],
    ['an answer that is none', () => client().chat.retry({ answerId: createId(messageIdSchema) }), 'app/not-found'],
    ['a document that is none', () => client().documents.get({ id: createId(documentIdSchema) }), 'app/not-found'],
    [
      'a ticket that is none',
      () => client().documents.add({ ticket: createId(fileTicketSchema) }),
      'file/unknown-ticket',
    ],
    ['a message without words', () => client().chat.send({ text: ' \n' }), 'prompt/empty'],
    ['an id that is no id', () => client().documents.get({ id: 'x' }), 'app/invalid-input'],
    ['a number out of range', () => client().privacy.ledger({ limit: 0 }), 'app/invalid-input'],
    ['a setting that is none', () => client().settings.update({ telemetry: true } as never), 'app/invalid-input'],
    ['a question of no document', () => client().answers.ask({ scope: {}, question: 'Why?' }), 'app/invalid-input'],
    ['a link that may not leave', () => client().app.openExternal({ url: 'file:///etc/passwd' }), 'app/invalid-input'],
    [
      'a model to be used where it lies, of a page that has copies',
      () => client(false).models.link({ ticket: createId(fileTicketSchema) }),
      'app/invalid-input',
    ],
    ['a path from a page', () => client(false).files.ticketForPath({ path: '/etc/hostname' }), 'app/invalid-input'],
    ['a path that is not there', () => client().files.ticketForPath({ path: join(folder, 'none') }), 'file/not-found'],
  ])('fails in one shape for %s', async (_name, call, code) => {
    expect(await codeOf(call())).toBe(code);
  });

  it('fails a stream of a run that is none in the same shape', async () => {
    const stream = await client().runs.follow({ runId: createId(runIdSchema), afterSequence: -1 });
    expect(await codeOf(stream.next())).toBe('app/not-found');
  });

  it('ends a stream when its reader leaves it', async () => {
    // Catches a watcher that lives on after its window, once for every window that was ever open.
    const leaving = new AbortController();
    const stream = await client().app.watchStatus(undefined, { signal: leaving.signal });
    expect((await stream.next()).value).toMatchObject({ keeping: 'session-only', isOffline: true });
    leaving.abort();
    for (let turn = 0; turn < 3; turn += 1) {
      if ((await stream.next().catch(() => ({ done: true }))).done === true) return;
    }
    throw new Error('The stream went on');
  });

  it('keeps a document from its ticket to its removal', async () => {
    const path = join(folder, 'notes.md');
    await writeFile(path, '# Plan\n\nThe boat leaves on Friday.\n');
    const { ticket, ...file } = await client().files.ticketForPath({ path });
    expect(file).toEqual({ name: 'notes.md', sizeBytes: 35 });
    const { id } = await client().documents.add({ ticket });
    expect(await client().documents.excerpt({ id, start: 8, end: 12 })).toMatchObject({
      text: expect.stringContaining('boat'),
    });
    await client().documents.remove({ id });
    expect(await codeOf(client().documents.get({ id }))).toBe('app/not-found');
  });

  it('tells everybody who watches when the lock is turned', async () => {
    const stream = await client().app.watchStatus();
    await stream.next();
    await client().privacy.setOffline({ isOffline: false });
    let status = await stream.next();
    while (status.done !== true && status.value.isOffline) status = await stream.next();
    expect(status.value).toMatchObject({ isOffline: false });
    await stream.return?.();
  });
});
