import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { randomBytes } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openTestStorage } from '../../testing/open-test-storage.ts';
import { createKeysService } from './create-keys-service.ts';

const secret = 'hf_PLANTEDplantedPLANTEDplanted';

describe('createKeysService', () => {
  it('keeps a key for whoever sends it, and tells a window only that it is there', async () => {
    const storage = await openTestStorage();
    const keys = createKeysService({ secrets: storage.secrets, isForSession: () => true });
    expect(await keys.status()).toEqual([{ owner: 'hub', state: 'missing' }]);
    expect(await keys.set('hub', `  ${secret}\n`)).toEqual({ owner: 'hub', state: 'kept-for-session' });
    expect(await keys.read('hub')).toBe(secret);
    expect(JSON.stringify(await keys.status())).not.toContain('PLANTED');
    expect(await keys.remove('hub')).toEqual({ owner: 'hub', state: 'missing' });
    expect(await keys.read('hub')).toBeNull();
    await storage.close();
  });

  it.each(['', 'short', 'two words together', 'línea-con-acento', 'a'.repeat(5_000)])('refuses %j', async (wrong) => {
    const storage = await openTestStorage();
    const keys = createKeysService({ secrets: storage.secrets, isForSession: () => false });
    await expect(keys.set('hub', wrong)).rejects.toMatchObject({ code: 'app/invalid-input' });
    expect(await keys.status()).toEqual([{ owner: 'hub', state: 'missing' }]);
    await storage.close();
  });

  // A key that lies readable in any file can be taken by everybody who gets the disk.
  it('leaves nothing of a key that can be read in the files', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'sotto-keys-'));
    const path = join(folder, 'sotto.db');
    const storage = await openTestStorage({ location: { kind: 'file', path, key: randomBytes(32) } });
    const keys = createKeysService({ secrets: storage.secrets, isForSession: () => false });
    expect(await keys.set('hub', secret)).toMatchObject({ state: 'kept-in-database' });
    const files = await readdir(folder, { recursive: true, withFileTypes: true });
    for (const file of files.filter((one) => one.isFile())) {
      expect((await readFile(join(file.parentPath, file.name))).includes('PLANTED')).toBe(false);
    }
    await storage.close();
    await rm(folder, { recursive: true });
  });
});
