import { randomBytes } from 'node:crypto';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { keyAccount } from '../../platform/key-account.ts';
import type { Storage } from '../../storage/storage.ts';
import { createFileSecretStore } from '../../testing/file-secret-store.ts';
import { findInPages } from '../../testing/find-in-pages.ts';
import { findPlaintext } from '../../testing/find-plaintext.ts';
import { openTestStorage } from '../../testing/open-test-storage.ts';
import { createRecordingLogger } from '../../testing/recording-logger.ts';
import { createKeysService } from './create-keys-service.ts';
import type { KeysService } from './keys-service.ts';

const secret = 'hf_PLANTEDplantedPLANTEDplanted';
const account = 'database:0b2c';
const databaseKey = new Uint8Array(randomBytes(32));

let folder: string;
let storage: Storage;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sotto-keys-'));
  const location = { kind: 'file', path: join(folder, 'sotto.db'), key: databaseKey.slice() } as const;
  storage = await openTestStorage({ location });
});
afterEach(async () => {
  await storage.close();
  await rm(folder, { recursive: true });
});

const openKeys = (keychainAccount: string | null): KeysService =>
  createKeysService({
    secrets: storage.secrets,
    remotes: storage.remotes,
    forget: async () => await storage.maintenance.writeBack(),
    keychain: createFileSecretStore(join(folder, 'keychain')),
    keeping: { current: () => 'passphrase', keychainAccount: () => keychainAccount },
    logger: createRecordingLogger(),
  });

describe('a key that was removed or replaced', () => {
  /** Where a key lies: in clear, or in a page, deciphered. */
  const findKey = async (wanted: string): Promise<readonly string[]> => [
    ...(await findPlaintext([folder], [wanted])),
    ...(await findInPages(folder, databaseKey, wanted)),
  ];

  // Catches rows that are only marked as free, logs that keep the page of before, and backups that nobody looks into.
  it('is in no page of the database, its log or its backups', async () => {
    const keys = openKeys(null);
    await keys.set('hub', secret);
    expect(await findKey(secret)).toEqual(['log']);
    await storage.maintenance.backUp();
    expect(await findKey(secret)).toEqual(['sotto.db']);
    expect(await readdir(join(folder, 'backups'))).toHaveLength(1);
    await keys.set('hub', 'sk-the-next-key-of-the-same');
    expect(await findKey(secret)).toEqual([]);
    await keys.remove('hub');
    expect(await findKey('sk-the-next-key-of-the-same')).toEqual([]);
  });

  it('is in none of them either after it has moved into the keychain', async () => {
    await storage.secrets.put('hub', secret);
    const keys = openKeys(account);
    await keys.read('hub');
    expect(await findKey(secret)).toEqual(
      [join(folder, 'keychain', encodeURIComponent(keyAccount(account, 'hub')))].map((path) => `${path}: 0`),
    );
  });
});
