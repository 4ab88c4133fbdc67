import { closeSync, openSync } from 'node:fs';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findInPages } from '../../testing/find-in-pages.ts';
import { openTestStorage } from '../../testing/open-test-storage.ts';
import { migrate } from './migrate.ts';
import { migrations } from './migrations.ts';
import { closeWithoutLog, openEncryptedFile } from './open-encrypted-file.ts';

const key = new Uint8Array(32).fill(9);
const secret = 'hf_PLANTED_in_an_older_version';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sotto-backup-keys-'));
});
afterEach(() => rm(folder, { recursive: true }));

describe('a backup', () => {
  // A key that is removed later would lie on in a copy that nobody looks into.
  it('from before a migration has no key of the person either, and knows of those that the keychain has', async () => {
    const path = join(folder, 'sotto.db');
    closeSync(openSync(path, 'wx', 0o600));
    const older = openEncryptedFile(path, key);
    migrate(older, migrations.slice(0, 4));
    const put = older.prepare('INSERT INTO secrets (owner, secret, changed_at) VALUES (?, ?, 1)');
    put.run('hub', secret);
    put.run('01980000-0000-7000-8000-000000000001', '');
    closeWithoutLog(older);
    const storage = await openTestStorage({ location: { kind: 'file', path, key: key.slice() } });
    expect(await storage.secrets.get('hub')).toBe(secret);
    await storage.close();
    const [backup = ''] = await readdir(join(folder, 'backups'));
    expect(await findInPages(folder, key, secret)).toEqual(['sotto.db']);
    const copy = openEncryptedFile(join(folder, 'backups', backup), key);
    expect(copy.prepare('SELECT secret FROM secrets').pluck().all()).toEqual(['']);
    copy.close();
  });
});
