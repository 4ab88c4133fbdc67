import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  createDamageSubject,
  createLogSubject,
  pickDamage,
  tryDatabaseDamage,
  tryFileDamageUnderLog,
  tryLogDamage,
} from '../testing/damage-trials.ts';
import type { DamageSubject, LogSubject } from '../testing/damage-trials.ts';
import { createFakeClock } from '../testing/fake-clock.ts';
import { buildVector, scopeOf, testEmbedderId } from '../testing/build-records.ts';
import { openTestStorage, storageWorkerPath } from '../testing/open-test-storage.ts';
import { createRecordingLogger } from '../testing/recording-logger.ts';
import { fillSampleStorage, readTurns } from '../testing/sample-storage.ts';
import { createSeededRandom } from '../testing/seeded-random.ts';
import { createDamagedDatabase } from './damaged-database.ts';
import type { DatabaseFile } from './storage.ts';

// Every step opens a real database in a real thread, which takes its time on a busy machine.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const newFolder = (): string => mkdtempSync(join(tmpdir(), 'sotto-damage-'));

/** Changes one bit of the middle of every page from `first` on. */
function spoilPages(path: string, first: number, count: number): void {
  const bytes = readFileSync(path);
  for (let page = first; page < first + count; page += 1) {
    const at = (page - 1) * 4096 + 2_000;
    bytes[at] = (bytes[at] ?? 0) ^ 1;
  }
  writeFileSync(path, bytes);
}

const damagedOf = (file: DatabaseFile) =>
  createDamagedDatabase(file, {
    workerPath: storageWorkerPath,
    clock: createFakeClock(),
    logger: createRecordingLogger(),
  });

// The long form of these is `npm run campaign -- database-damage`.
describe('damage', () => {
  let folder: string;
  let subject: DamageSubject;
  let log: LogSubject;
  beforeAll(async () => {
    folder = newFolder();
    subject = await createDamageSubject(folder, randomBytes(32));
    log = createLogSubject(folder, subject.key, 20);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('to the database is detected wherever it is, and what it did not hit comes back whole', () => {
    const random = createSeededRandom(11);
    for (let trial = 0; trial < 12; trial += 1) {
      const damage = pickDamage(random, subject.sizeBytes);
      expect({ damage, ...tryDatabaseDamage(subject, damage) }).toEqual({
        damage,
        code: 'storage/corrupt',
        problems: [],
      });
    }
  });

  // Places where a check that only follows SQLite's trees would look away.
  it.each([
    ['the salt', 3],
    ['the page size', 16],
    ['the reserved bytes', 20],
    ['the nonce of the first page', 4_064],
    ['the tag of the first page', 4_095],
  ])('to %s is detected', (_, at) => {
    const damage = { kind: 'flip', bit: at * 8 } as const;
    expect(tryDatabaseDamage(subject, damage)).toEqual({ code: 'storage/corrupt', problems: [] });
  });

  it('to the log costs commits from its end only, and the counter says how many', () => {
    const random = createSeededRandom(12);
    for (let trial = 0; trial < 24; trial += 1) {
      const damage = pickDamage(random, log.sizeBytes);
      expect({ damage, ...tryLogDamage(log, damage) }).toMatchObject({ damage, code: 'opened', problems: [] });
    }
  });

  it('to the file under a full log loses nothing', () => {
    const random = createSeededRandom(13);
    for (let trial = 0; trial < 24; trial += 1) {
      const damage = pickDamage(random, log.fileSizeBytes);
      expect({ damage, ...tryFileDamageUnderLog(log, damage) }).toMatchObject({ damage, problems: [] });
    }
  });
});

describe('createDamagedDatabase', () => {
  let folder: string;
  let file: DatabaseFile;
  beforeEach(() => {
    folder = newFolder();
    file = { path: join(folder, 'sotto.db'), key: randomBytes(32) };
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));
  const open = () => openTestStorage({ location: { kind: 'file', ...file } });

  it('restores a backup, and keeps the damaged files', async () => {
    const storage = await open();
    const samples = await fillSampleStorage(storage, 3, { hasVectors: false });
    await storage.maintenance.backUp();
    await storage.settings.update({ language: 'en' });
    await storage.close();
    spoilPages(file.path, 1, 1);
    const damagedBytes = readFileSync(file.path);
    await expect(open()).rejects.toMatchObject({ code: 'storage/corrupt' });

    const damaged = damagedOf(file);
    const backups = await damaged.backups();
    expect(backups).toHaveLength(1);
    expect(await damagedOf({ ...file, key: randomBytes(32) }).backups()).toEqual([]);
    for (const name of ['../sotto.db', 'sotto.db', '']) {
      await expect(damaged.restoreBackup(name)).rejects.toMatchObject({ code: 'app/not-found' });
    }
    await damaged.restoreBackup(backups[0]?.name ?? '');
    const [kept] = readdirSync(folder).filter((name) => name.includes('.damaged-') && !name.endsWith('-commits'));
    expect(readFileSync(join(folder, kept ?? '')).equals(damagedBytes)).toBe(true);

    const restored = await open();
    // What came after the backup is gone, and no alarm is raised about it: the user chose it.
    expect(restored.opened).toEqual({ isReadOnly: false, lostCommits: 0 });
    expect((await restored.settings.get()).language).toBe('de');
    expect(await readTurns(restored, samples[0]!)).toHaveLength(samples[0]!.messages.length);
    await restored.close();
  });

  // The schema is gone, and with it every way to the tables: SQLite itself could not read a row.
  it('rescues everything but what stood on the damaged pages, with both indexes', async () => {
    const storage = await open();
    const samples = await fillSampleStorage(storage, 6);
    await storage.close();
    spoilPages(file.path, 1, 1);
    const before = readFileSync(file.path);
    const damaged = damagedOf(file);
    const inspected = await damaged.inspect();
    expect(readFileSync(file.path).equals(before)).toBe(true);
    expect(inspected).toMatchObject({ conversations: 6, documents: 2 });
    expect(inspected.messages).toBe(samples.flatMap(({ messages }) => messages).length);
    expect(await damaged.rescue()).toEqual(inspected);
    expect(statSync(file.path).mode & 0o777).toBe(0o600);

    const rescued = await open();
    for (const sample of samples) {
      expect(await readTurns(rescued, sample)).toEqual(sample.messages.map(({ parts }) => JSON.stringify(parts)));
    }
    expect((await rescued.messages.search('lorem', 5)).hits).toHaveLength(5);
    const documents = await rescued.documents.list();
    expect(documents.map(({ status, passagesIndexed }) => [status, passagesIndexed])).toEqual([
      ['indexing', 20],
      ['indexing', 20],
    ]);
    const ids = documents.map(({ id }) => id);
    expect(await rescued.passages.searchLexical('rivers', scopeOf(ids), 100)).toHaveLength(40);
    expect(await rescued.passages.withoutVector(testEmbedderId, ids[0]!, 100)).toEqual([]);
    const [nearest] = await rescued.passages.searchDense(testEmbedderId, buildVector(103), scopeOf(ids), 1);
    expect(nearest?.passage.text).toBe('Passage 3 of document 1 speaks of rivers.');
    await rescued.close();
  });

  it('counts nothing, and rescues an empty database, when not one page can be read', async () => {
    await (await open()).close();
    writeFileSync(file.path, randomBytes(statSync(file.path).size));
    const nothing = { conversations: 0, messages: 0, documents: 0, unreadable: 0 };
    expect(await damagedOf(file).inspect()).toEqual(nothing);
    expect(await damagedOf(file).rescue()).toEqual(nothing);
    await (await open()).close();
  });

  it('says how much cannot be read when pages of turns are gone', async () => {
    const storage = await open();
    await fillSampleStorage(storage, 6, { hasVectors: false });
    await storage.close();
    // The second page holds the rows of the conversations, the others turns and what they spill into.
    spoilPages(file.path, 2, 1);
    spoilPages(file.path, 100, 20);
    const report = await damagedOf(file).inspect();
    expect(report.conversations).toBe(0);
    expect(report.unreadable).toBeGreaterThan(6);
    expect(report.messages).toBeGreaterThan(0);
    await damagedOf(file).rescue();
    const rescued = await open();
    for (const { id, tipId } of await rescued.conversations.list()) {
      const turns = tipId === null ? [] : await rescued.messages.branch(tipId);
      expect(turns.every(({ conversationId }) => conversationId === id)).toBe(true);
    }
    await rescued.close();
  });
});
