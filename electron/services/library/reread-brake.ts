import type { LibraryFileId } from '../../shared/ids.ts';

/** Holds back a file that changes all the time, such as a log: each reading within a while doubles the wait for the next. */
export interface RereadBrake {
  /** Milliseconds, of the clock that `note` was told, before which the file is not to be read; 0 when it was not read lately. */
  readableAtMs(id: LibraryFileId): number;
  /** The file was read at `nowMs`. */
  note(id: LibraryFileId, nowMs: number): void;
}

const forgottenAfterMs = 10 * 60_000;
const longestWaitMs = 5 * 60_000;
/** Beyond so many remembered files the old ones are dropped. */
const rememberedLimit = 2_000;

/** Makes a brake that holds back nothing. */
export function createRereadBrake(): RereadBrake {
  const readings = new Map<LibraryFileId, { readonly count: number; readonly atMs: number }>();
  return {
    readableAtMs(id) {
      const reading = readings.get(id);
      if (reading === undefined) return 0;
      // The first change after a reading is taken up at once: a person saved the file.
      return reading.count === 1 ? 0 : reading.atMs + Math.min(longestWaitMs, 1_000 * 2 ** reading.count);
    },
    note(id, nowMs) {
      const last = readings.get(id);
      const isLately = last !== undefined && nowMs - last.atMs < forgottenAfterMs;
      readings.delete(id);
      readings.set(id, { count: isLately ? last.count + 1 : 1, atMs: nowMs });
      if (readings.size <= rememberedLimit) return;
      // A map keeps the order in which its keys were set, so the first is the oldest.
      const oldest = readings.keys().next();
      if (!oldest.done) readings.delete(oldest.value);
    },
  };
}
