import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openTestApp, type TestApp, type TestAppOptions } from '../testing/open-test-app.ts';
import { toAppError } from './app-client.ts';

let folder: string;
const opened: TestApp[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sotto-kept-'));
});
afterEach(async () => {
  for (const { app } of opened.splice(0)) await app.close();
  await rm(folder, { recursive: true, force: true });
});

async function open(change: Partial<TestAppOptions> = {}): Promise<TestApp> {
  const test = await openTestApp({ dataFolder: join(folder, 'data'), ...change });
  opened.push(test);
  return test;
}

async function reopen(change: Partial<TestAppOptions> = {}): Promise<TestApp> {
  await opened.at(-1)?.app.close();
  return await open(change);
}

const codeOf = async (call: Promise<unknown>): Promise<string> => {
  const failure = await call.then(
    () => null,
    (error: unknown) => toAppError(error),
  );
  return failure?.code ?? 'no failure';
};

const passphrase = 'four unrelated words';
const titles = async ({ client }: TestApp): Promise<readonly string[]> =>
  (await client.conversations.list()).map(({ title }) => title);

async function keepOne(test: TestApp): Promise<void> {
  const { id } = await test.client.conversations.create({ documentIds: [] });
  await test.client.conversations.rename({ id, title: 'Boats' });
}

describe('kept chats', { timeout: 60_000 }, () => {
  it('asks how to keep chats where there is no keychain, and keeps nothing until then', async () => {
    const first = await open();
    expect(first.state).toMatchObject({ state: 'open', keeping: 'session-only', isChosen: false });
    await keepOne(first);
    const second = await reopen();
    expect(await titles(second)).toEqual([]);
  });

  it('opens with the passphrase and nothing else, with everything that was there before it was chosen', async () => {
    const first = await open();
    await keepOne(first);
    await first.client.access.keep({ keeping: 'passphrase', passphrase });
    expect(first.app.access.state).toMatchObject({ state: 'open', keeping: 'passphrase', isChosen: true });
    expect(await titles(first)).toEqual(['Boats']);
    const second = await reopen();
    expect(second.state).toEqual({ state: 'locked', keeping: 'passphrase', reason: 'passphrase' });
    // Catches a service that is reachable before anybody proved anything.
    expect(await codeOf(second.client.conversations.list())).toBe('access/locked');
    expect(await codeOf(second.client.access.unlock({ passphrase: 'four unrelated word' }))).toBe(
      'access/wrong-passphrase',
    );
    expect(await codeOf(second.client.conversations.list())).toBe('access/locked');
    await second.client.access.unlock({ passphrase });
    expect(await titles(second)).toEqual(['Boats']);
  });
});
