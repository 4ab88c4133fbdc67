import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { collectionIdSchema, createId, sourceIdSchema } from '../../shared/ids.ts';
import type { Storage, StoredSource } from '../../storage/storage.ts';
import { createFakeClock } from '../../testing/fake-clock.ts';
import { openTestStorage } from '../../testing/open-test-storage.ts';
import { createRecordingLogger } from '../../testing/recording-logger.ts';
import { WalkSchedule } from './walk-schedule.ts';
import { eventually } from '../../testing/eventually.ts';

/** As Node says it when the system has no more watches to give; the limit is one for all programs of a person. */
const noWatchLeft = Object.assign(new Error('ENOSPC: System limit for number of file watchers reached'), {
  code: 'ENOSPC',
  syscall: 'watch',
});

describe('WalkSchedule', () => {
  let folder: string;
  let storage: Storage;
  let source: StoredSource;
  let schedule: WalkSchedule | null = null;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sotto-walks-'));
    storage = await openTestStorage();
    const collectionId = createId(collectionIdSchema);
    await storage.collections.insert({ id: collectionId, name: 'Papers', isLocalOnly: false, createdAt: 0 });
    source = {
      id: createId(sourceIdSchema),
      collectionId,
      kind: 'folder',
      path: folder,
      ignorePatterns: [],
      isLocalOnly: false,
    };
    await storage.collections.insertSource(source);
  });
  afterEach(async () => {
    await schedule?.close();
    await storage.close();
    await rm(folder, { recursive: true });
  });

  const names = async (): Promise<readonly string[]> =>
    (await storage.libraryFiles.ofSource(source.id, null, 100)).map(({ path }) => path);

  it(
    'walks every minute through a folder that the system does not watch, and says so once',
    { timeout: 60_000 },
    async () => {
      // Catches a machine out of file watches on which changes are found never, or ten minutes late, or as an error.
      const [clock, logger] = [createFakeClock(), createRecordingLogger()];
      const watchFolder = vi.fn(() => {
        throw noWatchLeft;
      });
      schedule = new WalkSchedule({
        storage,
        clock,
        logger,
        isStaying: true,
        operatingSystem: 'linux',
        excluded: new Set(),
        watchFolder,
        onChange: () => undefined,
        onRemovals: () => undefined,
      });
      await mkdir(join(folder, 'sub'));
      await writeFile(join(folder, 'sub/a.txt'), 'Alpha.');
      await schedule.track(source);
      await eventually(async () => expect(await names()).toEqual(['sub/a.txt']));
      await eventually(() => expect(schedule?.stateOf(source.id)).toBe('watching'));
      // The first folder that is refused ends it: the second would be refused as well.
      await eventually(() => expect(watchFolder).toHaveBeenCalledTimes(1));
      await writeFile(join(folder, 'sub/b.txt'), 'Beta.');
      for (let minutes = 0; minutes < 2; minutes += 0.5) {
        await eventually(() => expect(clock.waiting).toBe(1));
        await clock.advance(30_000);
      }
      await eventually(async () => expect(await names()).toEqual(['sub/a.txt', 'sub/b.txt']));
      // Somebody may have given watches back meanwhile.
      await eventually(() => expect(watchFolder.mock.calls.length).toBeGreaterThan(1));
      expect(logger.lines.filter(({ event }) => event === 'folder-not-watched')).toMatchObject([
        { fields: { code: 'ENOSPC' } },
      ]);
    },
  );
});
