import { createHash, randomBytes } from 'node:crypto';
import { cp, mkdir, mkdtemp, readFile, readdir, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { buildConversation, buildMessage } from '../testing/build-records.ts';
import { openTestStorage } from '../testing/open-test-storage.ts';
import { openEncryptedFile } from './worker/open-encrypted-file.ts';
import type { StorageLocation } from './storage.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sotto-file-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const newLocation = (name = 'data') =>
  ({ kind: 'file', path: join(folder, name, 'sotto.db'), key: randomBytes(32) }) as const;

/** Every file of a folder by its content, to see that nothing was changed. */
async function contents(where: string): Promise<Readonly<Record<string, string>>> {
  const names = await readdir(where, { recursive: true, withFileTypes: true });
  const files = names.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const hashes = files.map(async (path) => [
    path,
    createHash('sha256')
      .update(await readFile(path))
      .digest('hex'),
  ]);
  return Object.fromEntries(await Promise.all(hashes));
}

/** The files as a kill leaves them: the log is full, nothing was closed. */
async function killedCopy(
  location: Extract<StorageLocation, { kind: 'file' }>,
  change: () => Promise<void>,
): Promise<typeof location> {
  await cp(join(folder, 'data'), join(folder, 'killed'), { recursive: true });
  await change();
  return { ...location, path: join(folder, 'killed', 'sotto.db') };
}

const refusal = async (location: StorageLocation): Promise<unknown> => {
  const storage = await openTestStorage({ location }).catch((error: unknown) => error);
  if (storage instanceof Error) return 'code' in storage ? storage.code : storage;
  return storage;
};

// Every step opens a real database in a real thread, which takes its time on a busy machine.
vi.setConfig({ testTimeout: 30_000 });

describe('an encrypted database', () => {
  it('is found again, is readable by its owner only, and shows nothing of its content', async () => {
    const location = newLocation();
    const first = await openTestStorage({ location });
    const conversation = buildConversation({ title: 'a title nobody may see' });
    await first.conversations.insert(conversation);
    const message = buildMessage(conversation.id, { parts: [{ type: 'text', text: 'a secret nobody may see' }] });
    await first.messages.append(message);
    // Before it is closed, the content lies in the log.
    const open = await Promise.all(
      (await readdir(join(folder, 'data'))).map((name) => readFile(join(folder, 'data', name))),
    );
    await first.close();
    const closed = await Promise.all(
      (await readdir(join(folder, 'data'))).map((name) => readFile(join(folder, 'data', name))),
    );
    for (const bytes of [...open, ...closed]) {
      expect(bytes.includes('nobody may see')).toBe(false);
      expect(bytes.includes('SQLite format')).toBe(false);
      expect(bytes.includes(location.key)).toBe(false);
    }
    const modes = await Promise.all(
      ['.', 'sotto.db', 'sotto.db-commits'].map((name) => stat(join(folder, 'data', name))),
    );
    expect(modes.map(({ mode }) => mode & 0o777)).toEqual([0o700, 0o600, 0o600]);

    const second = await openTestStorage({ location: { ...location, mayCreate: false } });
    expect(await second.messages.branch(message.id)).toEqual([message]);
    expect(second.opened).toEqual({ isReadOnly: false, lostCommits: 0 });
    await second.close();
  });

  // A key that is tried on the file itself makes SQLite roll the log into it under the wrong key.
  it('throws storage/wrong-key and changes nothing when the key is another one, also with a full log', async () => {
    const location = newLocation();
    const storage = await openTestStorage({ location });
    await storage.conversations.insert(buildConversation());
    const killed = await killedCopy(location, async () => {});
    await storage.close();
    for (const { path } of [location, killed]) {
      const before = await contents(folder);
      expect(await refusal({ ...location, path, key: randomBytes(32) })).toBe('storage/wrong-key');
      expect(await contents(folder)).toEqual(before);
    }
    const again = await openTestStorage({ location: killed });
    expect(await again.conversations.list()).toHaveLength(1);
    await again.close();
  });

  it('throws storage/corrupt and makes no new one when only traces of an earlier one are left', async () => {
    const location = newLocation();
    const storage = await openTestStorage({ location });
    await storage.maintenance.backUp();
    await storage.close();
    await rm(location.path);
    expect(await refusal(location)).toBe('storage/corrupt');
    await rm(`${location.path}-commits`);
    expect(await refusal(location)).toBe('storage/corrupt');
    await rm(join(folder, 'data', 'backups'), { recursive: true });
    expect(await refusal({ ...location, mayCreate: false })).toBe('storage/corrupt');
    expect(await readdir(join(folder, 'data'))).toEqual([]);
  });

  // SQLite takes an empty file for a new database.
  it.each([0, 100, 4_096])('throws storage/corrupt when the file is cut to %i bytes', async (bytes) => {
    const location = newLocation();
    await (await openTestStorage({ location })).close();
    await truncate(location.path, bytes);
    expect(await refusal(location)).toBe('storage/corrupt');
    expect((await stat(location.path)).size).toBe(bytes);
  });

  it('throws storage/wrong-key for a file that was never a database of ours', async () => {
    const location = newLocation();
    await mkdir(join(folder, 'data'));
    await writeFile(location.path, randomBytes(40_960));
    const before = await contents(folder);
    expect(await refusal(location)).toBe('storage/wrong-key');
    expect(await contents(folder)).toEqual(before);
  });

  it('can be read and not changed when a newer version wrote it', async () => {
    const location = newLocation();
    const storage = await openTestStorage({ location });
    const conversation = buildConversation();
    await storage.conversations.insert(conversation);
    await storage.close();
    const newer = openEncryptedFile(location.path, location.key);
    newer.exec('ALTER TABLE conversations ADD COLUMN mood TEXT');
    newer.pragma('user_version = 99');
    newer.close();
    const before = await contents(folder);

    const readOnly = await openTestStorage({ location });
    expect(readOnly.opened).toEqual({ isReadOnly: true, lostCommits: 0 });
    expect(await readOnly.conversations.list()).toEqual([conversation]);
    const refused = { code: 'storage/read-only' };
    await expect(readOnly.conversations.insert(buildConversation())).rejects.toMatchObject(refused);
    await expect(readOnly.settings.update({ language: 'de' })).rejects.toMatchObject(refused);
    await expect(readOnly.maintenance.purge(1)).rejects.toMatchObject(refused);
    await readOnly.maintenance.backUp();
    await readOnly.close();
    expect(await contents(folder)).toEqual(before);
  });

  it('says how many commits are lost when the log loses its end', async () => {
    const location = newLocation();
    const storage = await openTestStorage({ location });
    await storage.conversations.insert(buildConversation());
    const { size: logBefore } = await stat(`${location.path}-wal`);
    for (let index = 0; index < 3; index += 1) await storage.conversations.insert(buildConversation());
    // Reads and refused writes are no commits.
    await storage.conversations.list();
    const refused = storage.settings.update({ language: 'xx' } as never);
    await expect(refused).rejects.toMatchObject({ code: 'app/invalid-input' });
    const killed = await killedCopy(location, () => truncate(join(folder, 'killed', 'sotto.db-wal'), logBefore));
    await storage.close();

    const shortened = await openTestStorage({ location: killed });
    expect(shortened.opened.lostCommits).toBe(3);
    expect(await shortened.conversations.list()).toHaveLength(1);
    await shortened.close();
    // Said once: the loss is known now.
    const later = await openTestStorage({ location: killed });
    expect(later.opened.lostCommits).toBe(0);
    await later.close();
  });

  it('keeps what was committed when its process is killed at once', async () => {
    const location = newLocation();
    const storage = await openTestStorage({ location });
    for (let index = 0; index < 5; index += 1) await storage.conversations.insert(buildConversation());
    const killed = await killedCopy(location, async () => {});
    await storage.close();
    const again = await openTestStorage({ location: killed });
    expect(again.opened.lostCommits).toBe(0);
    expect(await again.conversations.list()).toHaveLength(5);
    await again.close();
  });

  it('removes what a kill left unfinished, and nothing else', async () => {
    const location = newLocation();
    await (await openTestStorage({ location })).close();
    await writeFile(`${location.path}.unfinished-0123456789ab`, 'half');
    await writeFile(`${location.path}.unfinished-0123456789ab-wal`, 'half');
    await writeFile(join(folder, 'data', 'notes.txt'), 'mine');
    await (await openTestStorage({ location })).close();
    expect((await readdir(join(folder, 'data'))).toSorted()).toEqual(['notes.txt', 'sotto.db', 'sotto.db-commits']);
  });
});
