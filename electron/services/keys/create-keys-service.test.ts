import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { keyAccount } from '../../platform/key-account.ts';
import { createId, remoteIdSchema } from '../../shared/ids.ts';
import type { Storage } from '../../storage/storage.ts';
import { accountsIn, createFileSecretStore } from '../../testing/file-secret-store.ts';
import { openTestStorage } from '../../testing/open-test-storage.ts';
import { createRecordingLogger } from '../../testing/recording-logger.ts';
import { createSwitchedSecretStore } from '../../testing/switched-secret-store.ts';
import { createKeysService } from './create-keys-service.ts';

const secret = 'hf_PLANTEDplantedPLANTEDplanted';
const account = 'database:0b2c';
const other = 'database:77aa';
const remoteId = createId(remoteIdSchema);

let folder: string;
let storage: Storage;
const databaseKey = new Uint8Array(randomBytes(32));
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sotto-keys-'));
  storage = await openTestStorage({
    location: { kind: 'file', path: join(folder, 'sotto.db'), key: databaseKey.slice() },
  });
  const text = { kind: 'openai', zone: 'cloud', name: 'Large', modelName: null, policyUrl: null } as const;
  await storage.remotes.insert({ id: remoteId, ...text, baseUrl: 'https://api.openai.com/v1', contextTokens: null });
});
afterEach(async () => {
  await storage.close();
  await rm(folder, { recursive: true });
});

/** The service over a real database; `place` is how the chats are kept, which a test changes. */
function openKeys(first: { readonly keychainAccount: string | null; readonly isForSession?: boolean }) {
  const place = { ...first };
  const logger = createRecordingLogger();
  const keychain = createSwitchedSecretStore(createFileSecretStore(join(folder, 'keychain')));
  const keys = createKeysService({
    secrets: storage.secrets,
    remotes: storage.remotes,
    forget: async () => await storage.maintenance.writeBack(),
    keychain,
    keeping: {
      current: () => (place.isForSession === true ? 'session-only' : 'passphrase'),
      keychainAccount: () => place.keychainAccount,
    },
    logger,
  });
  /** As the access service changes the keeping. */
  const keepIn = async (next: string | null, fail?: Error): Promise<void> => {
    await keys.carry(async (copyKeys) => {
      await copyKeys(next);
      if (fail) throw fail;
      place.keychainAccount = next;
    });
  };
  return { keys, keychain, keepIn, logger, place };
}

const kept = async (): Promise<readonly string[]> => (await accountsIn(join(folder, 'keychain'))).toSorted();

describe('createKeysService', () => {
  it('keeps a key for whoever sends it, and tells a window only that it is there', async () => {
    const { keys, keychain } = openKeys({ keychainAccount: null, isForSession: true });
    expect(await keys.status()).toEqual([
      { owner: 'hub', state: 'missing' },
      { owner: remoteId, state: 'missing' },
    ]);
    expect(await keys.set('hub', `  ${secret}\n`)).toEqual({ owner: 'hub', state: 'kept-for-session' });
    expect(await keys.read('hub')).toBe(secret);
    expect(JSON.stringify(await keys.status())).not.toContain('PLANTED');
    expect(await keys.remove('hub')).toEqual({ owner: 'hub', state: 'missing' });
    expect(await keys.read('hub')).toBeNull();
    expect(keychain.calls).toBe(0);
  });

  it.each(['', 'short', 'two words together', 'línea-con-acento', 'a'.repeat(5_000)])('refuses %#', async (wrong) => {
    const { keys } = openKeys({ keychainAccount: account });
    await expect(keys.set(remoteId, wrong)).rejects.toMatchObject({ code: 'app/invalid-input' });
    expect(await keys.status()).toMatchObject([{ state: 'missing' }, { state: 'missing' }]);
    expect(await kept()).toEqual([]);
  });

  // A key without its remote would be in no list, and nobody could remove it.
  it('takes none for a remote that is not there', async () => {
    const { keys } = openKeys({ keychainAccount: account });
    await expect(keys.set(createId(remoteIdSchema), secret)).rejects.toMatchObject({ code: 'app/not-found' });
    expect(await kept()).toEqual([]);
  });

  it('takes a short one for a server of the person’s own', async () => {
    const { keys } = openKeys({ keychainAccount: null });
    const id = createId(remoteIdSchema);
    const text = {
      kind: 'openai-compatible',
      zone: 'own-server',
      name: 'Own',
      modelName: null,
      policyUrl: null,
    } as const;
    await storage.remotes.insert({ id, ...text, baseUrl: 'http://nas:8080/v1', contextTokens: null });
    expect(await keys.set(id, 'me')).toEqual({ owner: id, state: 'kept-in-database' });
  });
});

describe('keys in the keychain', () => {
  it('lie there and nowhere else, one a place', async () => {
    const { keys } = openKeys({ keychainAccount: account });
    expect(await keys.set(remoteId, secret)).toEqual({ owner: remoteId, state: 'kept-in-keychain' });
    expect(await kept()).toEqual([keyAccount(account, remoteId)]);
    expect(await storage.secrets.get(remoteId)).toBe('');
    expect(await keys.status()).toEqual([
      { owner: 'hub', state: 'missing' },
      { owner: remoteId, state: 'kept-in-keychain' },
    ]);
    expect(await keys.read(remoteId)).toBe(secret);
    await keys.remove(remoteId);
    expect(await kept()).toEqual([]);
    expect(await storage.secrets.owners()).toEqual([]);
  });

  // Each question starts a process, and may raise a dialog.
  it('are not asked for where none was ever set', async () => {
    const { keys, keychain } = openKeys({ keychainAccount: account });
    expect(await keys.read('hub')).toBeNull();
    await keys.status();
    expect(keychain.calls).toBe(0);
  });

  it('are out of reach while it is locked, and nothing is kept elsewhere instead', async () => {
    const { keys, keychain } = openKeys({ keychainAccount: account });
    await keys.set(remoteId, secret);
    keychain.isLocked = true;
    expect(await keys.status()).toMatchObject([{ state: 'missing' }, { state: 'unreachable' }]);
    const failure = { code: 'access/keychain-unavailable' };
    await expect(keys.read(remoteId)).rejects.toMatchObject(failure);
    await expect(keys.set(remoteId, `${secret}2`)).rejects.toMatchObject(failure);
    await expect(keys.set('hub', secret)).rejects.toMatchObject(failure);
    await expect(keys.remove(remoteId)).rejects.toMatchObject(failure);
    keychain.isLocked = false;
    expect(await keys.read(remoteId)).toBe(secret);
    expect(await keys.read('hub')).toBeNull();
    expect(await keys.status()).toMatchObject([{ state: 'missing' }, { state: 'kept-in-keychain' }]);
  });

  it('say that they are missing when somebody removed them there', async () => {
    const { keys, keychain } = openKeys({ keychainAccount: account });
    await keys.set('hub', secret);
    await keychain.remove(keyAccount(account, 'hub'));
    expect(await keys.status()).toMatchObject([{ state: 'missing' }, { state: 'missing' }]);
    expect(await keys.read('hub')).toBeNull();
  });
});

describe('a key that lies in the database although the keychain keeps the chats', () => {
  it('moves with its first use', async () => {
    await storage.secrets.put('hub', secret);
    const { keys } = openKeys({ keychainAccount: account });
    expect(await keys.status()).toMatchObject([{ state: 'kept-in-database' }, { state: 'missing' }]);
    expect(await keys.read('hub')).toBe(secret);
    expect(await storage.secrets.get('hub')).toBe('');
    expect(await keys.read('hub')).toBe(secret);
    expect(await keys.status()).toMatchObject([{ state: 'kept-in-keychain' }, { state: 'missing' }]);
  });

  it('stays and can be used while the keychain is locked', async () => {
    await storage.secrets.put('hub', secret);
    const { keys, keychain } = openKeys({ keychainAccount: account });
    keychain.isLocked = true;
    expect(await keys.read('hub')).toBe(secret);
    expect(await storage.secrets.get('hub')).toBe(secret);
  });

  // Of a change that was cut short after the keychain had the new key.
  it('gives way to the one that the keychain has', async () => {
    await storage.secrets.put('hub', 'the-key-before');
    const { keys, keychain } = openKeys({ keychainAccount: account });
    await keychain.set(keyAccount(account, 'hub'), secret);
    expect(await keys.read('hub')).toBe(secret);
    expect(await storage.secrets.get('hub')).toBe('');
  });
});

describe('keys, when the chats are kept in another way', () => {
  it('move along, from the keychain to the database and back', async () => {
    const { keys, keepIn } = openKeys({ keychainAccount: account });
    await keys.set('hub', secret);
    await keys.set(remoteId, `${secret}2`);
    await keepIn(null);
    expect(await keys.status()).toMatchObject([{ state: 'kept-in-database' }, { state: 'kept-in-database' }]);
    expect(await keys.read(remoteId)).toBe(`${secret}2`);
    await keepIn(other);
    expect(await keys.read('hub')).toBe(secret);
    expect(await keys.status()).toMatchObject([{ state: 'kept-in-keychain' }, { state: 'kept-in-keychain' }]);
    expect(await storage.secrets.get('hub')).toBe('');
    // The access service removes those of the account that is past.
    expect(await kept()).toEqual(
      [account, other].flatMap((one) => [keyAccount(one, remoteId), keyAccount(one, 'hub')]).toSorted(),
    );
  });

  it('stay where they were when the change fails', async () => {
    const { keys, keepIn } = openKeys({ keychainAccount: account });
    await keys.set('hub', secret);
    await expect(keepIn(null, new Error('full'))).rejects.toThrow('full');
    expect(await storage.secrets.get('hub')).toBe('');
    expect(await keys.read('hub')).toBe(secret);
  });

  it('do not let the chats go to a keychain that takes none of them', async () => {
    const { keys, keepIn, keychain } = openKeys({ keychainAccount: null });
    await keys.set('hub', secret);
    keychain.isLocked = true;
    await expect(keepIn(account)).rejects.toMatchObject({ code: 'access/keychain-unavailable' });
    expect(await keys.read('hub')).toBe(secret);
  });

  // A keychain that died in mid-session must not hold the chats back, whose only key is in memory.
  it('are left behind in a keychain that does not answer, and then are missing', async () => {
    const { keys, keepIn, keychain, logger } = openKeys({ keychainAccount: account });
    await keys.set('hub', secret);
    await keys.set(remoteId, secret);
    keychain.isLocked = true;
    const before = keychain.calls;
    await keepIn(null);
    // Each question may take a minute.
    expect(keychain.calls).toBe(before + 1);
    expect(await keys.status()).toMatchObject([{ state: 'missing' }, { state: 'missing' }]);
    expect(logger.lines.filter(({ event }) => event === 'key-left-behind')).toHaveLength(2);
  });

  it('are read and set after the change, not in the middle of it', async () => {
    const { keys, place } = openKeys({ keychainAccount: account });
    await keys.set('hub', secret);
    const reached = Promise.withResolvers<undefined>();
    const goOn = Promise.withResolvers<undefined>();
    const changed = keys.carry(async (copyKeys) => {
      await copyKeys(null);
      reached.resolve(undefined);
      await goOn.promise;
      place.keychainAccount = null;
    });
    await reached.promise;
    // Catches a key that is set in the keychain that is just being left.
    const set = keys.set('hub', `${secret}2`);
    const read = keys.read('hub');
    goOn.resolve(undefined);
    await changed;
    expect(await set).toEqual({ owner: 'hub', state: 'kept-in-database' });
    expect([secret, `${secret}2`]).toContain(await read);
    expect(await keys.read('hub')).toBe(`${secret}2`);
  });
});
