import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AccessState } from '../shared/access.ts';
import { createFakeClock, settle } from '../testing/fake-clock.ts';
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

  it('moves back into memory, and nothing of what was kept is left on the disk', async () => {
    const first = await open();
    await first.client.access.keep({ keeping: 'passphrase', passphrase });
    await keepOne(first);
    expect(await codeOf(first.client.access.keep({ keeping: 'session-only', currentPassphrase: 'wrong words' }))).toBe(
      'access/wrong-passphrase',
    );
    await first.client.access.keep({ keeping: 'session-only', currentPassphrase: passphrase });
    expect(first.app.access.state).toMatchObject({ state: 'open', keeping: 'session-only', isChosen: true });
    expect(await titles(first)).toEqual(['Boats']);
    expect((await readdir(join(folder, 'data'))).filter((name) => /db|access-change/.test(name))).toEqual([]);
    const second = await reopen();
    expect(second.state).toMatchObject({ state: 'open', keeping: 'session-only', isChosen: true });
    expect(await titles(second)).toEqual([]);
  });

  it('changes the passphrase, and the old one opens nothing any more', async () => {
    const first = await open();
    await first.client.access.keep({ keeping: 'passphrase', passphrase });
    await keepOne(first);
    const next = 'other words for the same';
    expect(await codeOf(first.client.access.changePassphrase({ current: 'guess it', next }))).toBe(
      'access/wrong-passphrase',
    );
    expect(await codeOf(first.client.access.changePassphrase({ current: passphrase, next: 'short' }))).toBe(
      'access/weak-passphrase',
    );
    await first.client.access.changePassphrase({ current: passphrase, next });
    const second = await reopen();
    expect(await codeOf(second.client.access.unlock({ passphrase }))).toBe('access/wrong-passphrase');
    await second.client.access.unlock({ passphrase: next });
    expect(await titles(second)).toEqual(['Boats']);
  });

  it('ends streams and calls when it is locked, and goes on where it was', async () => {
    const { client, app } = await open();
    await client.access.keep({ keeping: 'passphrase', passphrase });
    await keepOne({ client, app, state: app.access.state });
    const stream = await client.app.watchStatus();
    expect((await stream.next()).value).toMatchObject({ keeping: 'passphrase' });
    const changes = await client.conversations.watchChanges();
    await changes.next();
    await client.settings.update({ language: 'de', theme: 'dark' });
    await client.access.lock();
    while ((await changes.next()).done !== true);
    // Catches a locked page in the system's language, although the user chose another.
    expect(await client.app.look()).toEqual({ language: 'de', theme: 'dark' });
    // Catches a stream of the old stack that hangs for ever in a window.
    while ((await stream.next()).done !== true);
    expect(app.access.state).toEqual({ state: 'locked', keeping: 'passphrase', reason: 'user' });
    expect(await codeOf(client.settings.get())).toBe('access/locked');
    await client.access.unlock({ passphrase });
    expect(await client.conversations.list()).toHaveLength(1);
  });

  it('does not lock a session that would lose everything', async () => {
    const test = await open();
    await keepOne(test);
    await test.client.access.lock();
    expect(await titles(test)).toEqual(['Boats']);
  });

  it('goes on beside what it cannot open, which stays as it is', async () => {
    const first = await open();
    await first.client.access.keep({ keeping: 'passphrase', passphrase });
    await keepOne(first);
    const second = await reopen();
    await second.client.access.continueWithoutKept();
    expect(second.app.access.state).toMatchObject({ keeping: 'session-only', isBesideKept: true });
    // Catches a choice in such a session that would write over the record of the kept chats.
    expect(await codeOf(second.client.access.keep({ keeping: 'passphrase', passphrase }))).toBe('access/not-allowed');
    await second.client.conversations.create({ documentIds: [] });
    // Catches the late passphrase of another window, which would end a session that somebody is in.
    await second.client.access.unlock({ passphrase });
    expect(await titles(second)).toHaveLength(1);
    await second.client.access.unlock({});
    expect(second.app.access.state).toMatchObject({ state: 'locked', reason: 'passphrase' });
    await second.client.access.unlock({ passphrase });
    expect(await titles(second)).toEqual(['Boats']);
    const third = await reopen();
    await third.client.access.unlock({ passphrase });
    expect(await titles(third)).toEqual(['Boats']);
  });

  it.each(['', '{"version":9}', 'null'])('begins nothing new over chats whose record reads %j', async (text) => {
    const first = await open();
    await first.client.access.keep({ keeping: 'passphrase', passphrase });
    await keepOne(first);
    await first.app.close();
    const record = await readFile(join(folder, 'data', 'access.json'));
    await writeFile(join(folder, 'data', 'access.json'), text);
    const second = await open();
    expect(second.state).toMatchObject({ state: 'failed', error: { code: 'access/no-record' } });
    await second.app.close();
    await rm(join(folder, 'data', 'access.json'));
    const third = await open();
    expect(third.state).toMatchObject({ state: 'failed', error: { code: 'access/no-record' } });
    await writeFile(join(folder, 'data', 'access.json'), record);
    await third.client.access.unlock({});
    await third.client.access.unlock({ passphrase });
    expect(await titles(third)).toEqual(['Boats']);
  });

  it('erases everything for good, also for whoever forgot the passphrase, and proves it', async () => {
    const first = await open();
    await first.client.access.keep({ keeping: 'passphrase', passphrase });
    await keepOne(first);
    const second = await reopen();
    const report = await second.client.access.erase();
    expect(report).toMatchObject({ isKeyGone: true, isDatabaseGone: true, areBackupsGone: true });
    expect(second.app.access.state).toMatchObject({ state: 'open', keeping: 'session-only', isChosen: false });
    expect(await titles(second)).toEqual([]);
    const left = await readdir(join(folder, 'data'), { recursive: true });
    // What is only there while it runs has names of chance in it.
    expect(left.filter((name) => !/^run\b/.test(name) && /db|access|backups/.test(name))).toEqual([]);
    const third = await reopen();
    expect(third.state).toMatchObject({ state: 'open', isChosen: false });
  });

  it('says what a damaged database still gives, and opens a backup or what can be read', async () => {
    const first = await open();
    await first.client.access.keep({ keeping: 'passphrase', passphrase });
    await keepOne(first);
    await first.client.access.lock();
    await damage(join(folder, 'data', 'sotto.db'));
    const damaged = nextState(first.app, 'damaged', (state) => state.state === 'damaged' && state.rescue !== null);
    await first.client.access.unlock({ passphrase });
    expect(await damaged).toMatchObject({ error: { code: 'storage/corrupt' }, rescue: { conversations: 1 } });
    expect(await codeOf(first.client.conversations.list())).toBe('access/locked');
    expect(await codeOf(first.client.access.restoreBackup({ name: 'none' }))).not.toBe('no failure');
    await first.client.access.openReadable();
    expect(first.app.access.state).toMatchObject({ state: 'open', keeping: 'passphrase' });
    expect(await titles(first)).toEqual(['Boats']);
    // Catches a rescue that writes over the only other copy.
    expect((await readdir(join(folder, 'data'))).some((name) => name.includes('damaged'))).toBe(true);
  });

  it('locks itself after the idle time, and not while somebody is there', async () => {
    const clock = createFakeClock();
    const { client, app } = await open({ platform: { clock } });
    await client.access.keep({ keeping: 'passphrase', passphrase });
    await client.settings.update({ lockAfterMinutes: 5 });
    await clock.advance(4 * 60_000);
    await client.access.noteActivity();
    await clock.advance(4 * 60_000);
    expect(app.access.state).toMatchObject({ state: 'open' });
    const locked = nextState(app, 'locked');
    await clock.advance(61_000);
    expect(await locked).toEqual({ state: 'locked', keeping: 'passphrase', reason: 'idle' });
  });

  it('makes whoever guesses wait longer and longer, and forgets that with the right passphrase', async () => {
    const clock = createFakeClock();
    const { client, app } = await open({ platform: { clock } });
    await client.access.keep({ keeping: 'passphrase', passphrase });
    await client.access.lock();
    for (const _ of [1, 2, 3]) {
      expect(await codeOf(client.access.unlock({ passphrase: 'a wrong guess' }))).toBe('access/wrong-passphrase');
    }
    let hasAnswered = false;
    const fourth = codeOf(client.access.unlock({ passphrase: 'a wrong guess' })).finally(() => (hasAnswered = true));
    const waitingBefore = clock.waiting;
    while (clock.waiting === waitingBefore) await settle();
    await clock.advance(999);
    expect(hasAnswered).toBe(false);
    await clock.advance(1);
    expect(await fourth).toBe('access/wrong-passphrase');
    await client.access.unlock({ passphrase });
    expect(app.access.state).toMatchObject({ state: 'open' });
  });
});

async function nextState(
  { access }: TestApp['app'],
  name: AccessState['state'],
  isMeant: (state: AccessState) => boolean = () => true,
): Promise<AccessState> {
  for await (const state of access.watch(new AbortController().signal)) {
    if (state.state === name && isMeant(state)) return state;
  }
  throw new Error(`Never ${name}`);
}

/** Flips one bit on the last page. */
async function damage(path: string): Promise<void> {
  const bytes = await readFile(path);
  const at = bytes.length - 2_000;
  bytes[at] = (bytes[at] ?? 0) ^ 1;
  await writeFile(path, bytes);
}
