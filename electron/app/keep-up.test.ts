import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { databasePath } from '../services/access/kept-files.ts';
import type { Storage } from '../storage/storage.ts';
import { buildConversation } from '../testing/build-records.ts';
import { createFakeClock } from '../testing/fake-clock.ts';
import { openTestStorage } from '../testing/open-test-storage.ts';
import { createRecordingLogger } from '../testing/recording-logger.ts';
import { keepUp } from './keep-up.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

describe('keepUp', { timeout: 30_000 }, () => {
  let data: string;
  let storage: Storage;
  let chats: { isBusy: boolean; opened: { isReadOnly: boolean; lostCommits: number } };
  let ended: Promise<void>;
  // Files get the times of the real clock, so the day begins now.
  let clock: ReturnType<typeof createFakeClock>;
  /** For what the storage does, so that whatever waits for `clock` is what is tested. */
  let storageClock: ReturnType<typeof createFakeClock>;
  let logger: ReturnType<typeof createRecordingLogger>;
  let closing: AbortController;

  beforeEach(async () => {
    data = await mkdtemp(join(tmpdir(), 'sotto-keep-up-'));
    logger = createRecordingLogger();
    clock = createFakeClock(Date.now());
    storageClock = createFakeClock(clock.now() - 31 * dayMs);
    storage = await openTestStorage({
      clock: storageClock,
      location: { kind: 'file', path: databasePath(data), key: randomBytes(32) },
    });
    chats = { isBusy: false, opened: { ...storage.opened } };
    closing = new AbortController();
    const folders = { data, models: data, resources: data, temporary: data };
    ended = keepUp({ platform: { clock, logger, folders }, maintenance: storage.maintenance, chats }, closing.signal);
  });
  afterEach(async () => {
    closing.abort();
    await ended;
    await storage.close();
    await rm(data, { recursive: true });
  });

  /** Lets time pass, and what it started come to rest. */
  async function pass(durationMs: number): Promise<void> {
    await clock.advance(durationMs);
    await vi.waitFor(() => expect(clock.waiting).toBe(1), { timeout: 10_000, interval: 5 });
  }

  const backups = (): Promise<readonly string[]> => readdir(join(data, 'backups')).catch(() => []);

  // Catches a backup every hour, which would push the one of yesterday out, and none at all.
  it('makes a backup when the newest is a day old', async () => {
    await pass(minuteMs);
    expect(await backups()).toHaveLength(0);
    await pass(minuteMs);
    expect(await backups()).toHaveLength(1);
    for (let hour = 0; hour < 23; hour += 1) await pass(hourMs);
    expect(await backups()).toHaveLength(1);
    await pass(hourMs);
    expect(await backups()).toHaveLength(2);
  });

  // What a killed backup left, or one that was made while the clock was a year ahead, is no backup of today.
  it('counts only whole backups, and none of the future', async () => {
    await mkdir(join(data, 'backups'));
    await writeFile(join(data, 'backups', 'sotto.db.unfinished-0123'), '');
    const ahead = join(data, 'backups', 'sotto.db.20991231T000000000Z');
    await writeFile(ahead, '');
    await utimes(ahead, new Date('2099-12-31'), new Date('2099-12-31'));
    await pass(2 * minuteMs);
    const whole = (await backups()).filter((name) => name.startsWith('sotto.db.2'));
    expect(whole).toHaveLength(2);
    await pass(hourMs);
    expect(await backups()).toEqual(expect.arrayContaining(whole));
    expect((await backups()).filter((name) => name.startsWith('sotto.db.2'))).toHaveLength(2);
  });

  // Catches an undo that is taken away too soon, and deleted words that stay for ever.
  it('lets go for good what was deleted more than 30 days ago', async () => {
    const [old, recent] = [buildConversation({ title: 'Old' }), buildConversation({ title: 'Recent' })];
    for (const conversation of [old, recent]) await storage.conversations.insert(conversation);
    await storage.conversations.remove(old.id);
    await storageClock.advance(2 * dayMs);
    await storage.conversations.remove(recent.id);
    await pass(2 * minuteMs);
    await expect(storage.conversations.restore(old.id)).rejects.toMatchObject({ code: 'app/not-found' });
    await storage.conversations.restore(recent.id);
    expect((await storage.conversations.list()).map(({ title }) => title)).toEqual(['Recent']);
  });

  // A copy of everything would slow the answer down that somebody is waiting for.
  it('waits until nothing else is done', async () => {
    chats.isBusy = true;
    for (let minute = 0; minute < 10; minute += 1) await pass(minuteMs);
    expect(await backups()).toHaveLength(0);
    chats.isBusy = false;
    await pass(minuteMs);
    expect(await backups()).toHaveLength(1);
  });

  it('tells the log what failed and tries again an hour later', async () => {
    await writeFile(join(data, 'backups'), 'A file where the folder has to be.');
    await pass(2 * minuteMs);
    expect(logger.lines).toContainEqual(expect.objectContaining({ level: 'warn', event: 'upkeep-failed' }));
    // Catches a log that names what the chats are about.
    expect(JSON.stringify(logger.lines)).not.toContain(data);
    await rm(join(data, 'backups'));
    await pass(59 * minuteMs);
    expect(await backups()).toHaveLength(0);
    await pass(minuteMs);
    expect(await backups()).toHaveLength(1);
  });

  it('leaves a database of a newer version alone, and ends when the chats close', async () => {
    chats.opened = { isReadOnly: true, lostCommits: 0 };
    await pass(2 * minuteMs);
    expect(await backups()).toHaveLength(0);
    closing.abort();
    await ended;
    expect(clock.waiting).toBe(0);
  });
});
