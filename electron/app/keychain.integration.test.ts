import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { accessRecordSchema } from '../platform/access-file.ts';
import { keyAccount, keyAccountPrefix } from '../platform/key-account.ts';
import { createKeychainSecretStore } from '../platform/create-keychain-secret-store.ts';
import { missingKeyringPrograms, openKeyringSession, type KeyringSession } from '../testing/keyring-session.ts';
import { openTestStorage } from '../testing/open-test-storage.ts';
import { openTestApp, type TestApp } from '../testing/open-test-app.ts';
import { toAppError } from './app-client.ts';
import { findProductFiles } from './product-files.ts';

const missing = missingKeyringPrograms();
if (missing.length > 0) process.stderr.write(`Not tested with a real keyring: ${missing.join(', ')} not installed.\n`);

let folder: string;
let session: KeyringSession;
const opened: TestApp[] = [];
const secrets = createKeychainSecretStore({ processPath: findProductFiles().keychainProcessPath });

async function open(): Promise<TestApp> {
  await opened.at(-1)?.app.close();
  const test = await openTestApp({ dataFolder: join(folder, 'data'), secrets });
  opened.push(test);
  return test;
}

async function useSession(keyring: 'unlocked' | 'none'): Promise<void> {
  session = await openKeyringSession({ keyring });
  for (const [name, value] of Object.entries(session.environment)) vi.stubEnv(name, value);
}

async function keepOne({ client }: TestApp): Promise<void> {
  const { id } = await client.conversations.create({ documentIds: [] });
  await client.conversations.rename({ id, title: 'Boats' });
}

async function accountOf(): Promise<string> {
  const record = accessRecordSchema.parse(JSON.parse(await readFile(join(folder, 'data', 'access.json'), 'utf8')));
  if (record.keeping !== 'keychain') throw new Error(`Kept by ${record.keeping}`);
  return record.account;
}

describe.skipIf(missing.length > 0)('chats kept by gnome-keyring', () => {
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sotto-keychain-'));
    await useSession('unlocked');
  });
  afterEach(async () => {
    for (const { app } of opened.splice(0)) await app.close();
    vi.unstubAllEnvs();
    await session.close();
    await rm(folder, { recursive: true, force: true });
  });

  it('are kept from the first start on without a question, and open again', async () => {
    const first = await open();
    expect(first.state).toMatchObject({ state: 'open', keeping: 'keychain', isChosen: true });
    await keepOne(first);
    const second = await open();
    expect(second.state).toMatchObject({ state: 'open', keeping: 'keychain' });
    expect(await second.client.conversations.list()).toMatchObject([{ title: 'Boats' }]);
  });

  it('stay closed and untouched while the keyring is locked, or its daemon dead', async () => {
    await keepOne(await open());
    await opened.at(-1)?.app.close();
    const before = await readdir(join(folder, 'data'));
    await session.lock();
    const locked = await open();
    expect(locked.state).toEqual({ state: 'locked', keeping: 'keychain', reason: 'keychain-refused' });
    const failure = await locked.client.access.unlock({}).catch((error: unknown) => toAppError(error));
    expect(failure).toMatchObject({ code: 'access/keychain-unavailable' });
    session.killDaemon();
    const dead = await open();
    expect(dead.state).toMatchObject({ state: 'locked', keeping: 'keychain' });
    // Catches a start that makes a new, empty database where the key is not to be had.
    expect((await readdir(join(folder, 'data'))).filter((name) => name.includes('.db')).toSorted()).toEqual(
      before.filter((name) => name.includes('.db')).toSorted(),
    );
  });

  it('say that the key is gone when somebody removed it', async () => {
    await keepOne(await open());
    await opened.at(-1)?.app.close();
    await secrets.remove(await accountOf());
    expect((await open()).state).toEqual({ state: 'locked', keeping: 'keychain', reason: 'key-missing' });
  });

  it('say that the key is another one, and stay as they are', async () => {
    await keepOne(await open());
    await opened.at(-1)?.app.close();
    const account = await accountOf();
    const right = await secrets.get(account);
    await secrets.set(account, Buffer.alloc(32, 7).toString('base64'));
    const wrong = await open();
    expect(wrong.state).toMatchObject({ state: 'failed', error: { code: 'storage/wrong-key' } });
    if (right.status === 'found') await secrets.set(account, right.secret);
    await wrong.client.access.unlock({});
    expect(await wrong.client.conversations.list()).toMatchObject([{ title: 'Boats' }]);
  });

  it('go over to a passphrase, and the keyring forgets its key; erasing forgets it too', async () => {
    const first = await open();
    await keepOne(first);
    const account = await accountOf();
    await first.client.access.keep({ keeping: 'passphrase', passphrase: 'four unrelated words' });
    expect(await secrets.get(account)).toEqual({ status: 'missing' });
    await first.client.access.keep({ keeping: 'keychain', currentPassphrase: 'four unrelated words' });
    const next = await accountOf();
    expect(await secrets.get(next)).toMatchObject({ status: 'found' });
    expect(await first.client.access.erase()).toMatchObject({ isKeyGone: true, isDatabaseGone: true });
    expect(await secrets.get(next)).toEqual({ status: 'missing' });
  });
});

const hubKey = 'hf_planted_in_a_real_keyring';

describe.skipIf(missing.length > 0)('keys of the person in gnome-keyring', () => {
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sotto-keychain-'));
    await useSession('unlocked');
  });
  afterEach(async () => {
    for (const { app } of opened.splice(0)) await app.close();
    vi.unstubAllEnvs();
    await session.close();
    await rm(folder, { recursive: true, force: true });
  });
  const keysOf = async (account: string): Promise<readonly string[]> => {
    const listed = await secrets.list(keyAccountPrefix(account));
    if (listed.status !== 'listed') throw new Error('The keyring does not say.');
    return listed.accounts;
  };

  it('go with the chats from the keyring to a passphrase and back, and with the erasure', async () => {
    const { app, client } = await open();
    const account = await accountOf();
    expect(await client.keys.set({ owner: 'hub', secret: hubKey })).toEqual({
      owner: 'hub',
      state: 'kept-in-keychain',
    });
    expect(await secrets.get(keyAccount(account, 'hub'))).toEqual({ status: 'found', secret: hubKey });
    await client.access.keep({ keeping: 'passphrase', passphrase: 'four unrelated words' });
    expect(await keysOf(account)).toEqual([]);
    expect(await client.keys.status()).toMatchObject([{ owner: 'hub', state: 'kept-in-database' }]);
    expect(await app.services.keys.read('hub')).toBe(hubKey);
    await client.access.keep({ keeping: 'keychain', currentPassphrase: 'four unrelated words' });
    const next = await accountOf();
    expect(await client.keys.status()).toMatchObject([{ owner: 'hub', state: 'kept-in-keychain' }]);
    expect(await secrets.get(keyAccount(next, 'hub'))).toEqual({ status: 'found', secret: hubKey });
    expect(await client.access.erase()).toMatchObject({ isKeyGone: true });
    expect(await keysOf(next)).toEqual([]);
    expect(await client.keys.status()).toMatchObject([{ owner: 'hub', state: 'missing' }]);
  });

  it('are there after a restart, and in a session that keeps nothing until it ends', async () => {
    const first = await open();
    const account = await accountOf();
    await first.client.keys.set({ owner: 'hub', secret: hubKey });
    const second = await open();
    expect(await second.app.services.keys.read('hub')).toBe(hubKey);
    await second.client.access.keep({ keeping: 'session-only' });
    expect(await second.client.keys.status()).toMatchObject([{ owner: 'hub', state: 'kept-for-session' }]);
    expect(await second.app.services.keys.read('hub')).toBe(hubKey);
    expect(await keysOf(account)).toEqual([]);
    expect(await (await open()).app.services.keys.read('hub')).toBeNull();
  });

  // Catches a key that is asked for again and again from a keyring that is locked, or is said to be gone.
  it('are out of reach while the keyring is locked or its daemon dead, and the chats stay open', async () => {
    const { app, client } = await open();
    await client.keys.set({ owner: 'hub', secret: hubKey });
    await session.lock();
    expect(await client.keys.status()).toMatchObject([{ owner: 'hub', state: 'unreachable' }]);
    const failures = [
      app.services.keys.read('hub'),
      client.keys.set({ owner: 'hub', secret: `${hubKey}_2` }),
      client.keys.remove({ owner: 'hub' }),
    ].map(async (call) => await call.catch((error: unknown) => toAppError(error)));
    for (const failure of await Promise.all(failures)) {
      expect(failure).toMatchObject({ code: 'access/keychain-unavailable' });
    }
    session.killDaemon();
    expect(await client.keys.status()).toMatchObject([{ owner: 'hub', state: 'unreachable' }]);
    // Chats whose only key is in memory leave a keyring that has died.
    await client.access.keep({ keeping: 'passphrase', passphrase: 'four unrelated words' });
    expect(await client.keys.status()).toMatchObject([{ owner: 'hub', state: 'missing' }]);
  });

  it('move out of the database of an earlier version with their first use', async () => {
    const { app } = await open();
    const account = await accountOf();
    await app.close();
    const answer = await secrets.get(account);
    const key = new Uint8Array(Buffer.from(answer.status === 'found' ? answer.secret : '', 'base64'));
    const storage = await openTestStorage({ location: { kind: 'file', path: join(folder, 'data', 'sotto.db'), key } });
    await storage.secrets.put('hub', hubKey);
    await storage.close();
    const next = await open();
    expect(await next.app.services.keys.read('hub')).toBe(hubKey);
    expect(await keysOf(account)).toEqual([keyAccount(account, 'hub')]);
    expect(await next.client.keys.status()).toMatchObject([{ owner: 'hub', state: 'kept-in-keychain' }]);
  });
});

describe.skipIf(missing.length > 0)('a dbus on which nobody keeps secrets', () => {
  it('makes the first start a session that asks how to keep chats', async () => {
    folder = await mkdtemp(join(tmpdir(), 'sotto-keychain-'));
    await useSession('none');
    try {
      const { state, client } = await open();
      expect(state).toMatchObject({ state: 'open', keeping: 'session-only', isChosen: false });
      expect(await client.access.keychain()).toMatchObject({ state: 'absent' });
    } finally {
      for (const { app } of opened.splice(0)) await app.close();
      vi.unstubAllEnvs();
      await session.close();
      await rm(folder, { recursive: true, force: true });
    }
  });
});
