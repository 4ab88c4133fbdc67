import { closeSync, constants, openSync, readSync, writeSync } from 'node:fs';
import { crc32 } from 'node:zlib';
import type Database from 'better-sqlite3-multiple-ciphers';

/** A mark, the number, a checksum over both. One write of this size is never cut by the end of a process. */
const recordBytes = 16;
const mark = 'STC1';
const numberAt = 4;
const checksumAt = 12;

/** How many commits the database has, told again outside its log: SQLite drops what follows a bad frame without a word. */
export type CommitCounter = {
  /** Commits that the file remembers and the database did not have when it was opened. */
  readonly lostCommits: number;
  /** Runs `work` in one transaction, and counts it when it changed anything. */
  readonly run: <Output>(work: () => Output) => Output;
  readonly close: () => void;
};

function encode(count: number): Buffer {
  const record = Buffer.alloc(recordBytes);
  record.write(mark, 'latin1');
  record.writeUIntLE(count, numberAt, 6);
  record.writeUInt32LE(crc32(record.subarray(0, checksumAt)), checksumAt);
  return record;
}

/** Null where nothing was written yet, or power was lost while it was. */
function decode(record: Buffer): number | null {
  const isWhole =
    record.length === recordBytes &&
    record.toString('latin1', 0, numberAt) === mark &&
    record.readUInt32LE(checksumAt) === crc32(record.subarray(0, checksumAt));
  return isWhole ? record.readUIntLE(numberAt, 6) : null;
}

function readRecord(descriptor: number): number | null {
  const record = Buffer.alloc(recordBytes);
  return decode(record.subarray(0, readSync(descriptor, record, 0, recordBytes, 0)));
}

/**
 * The counter of an open database and the file that repeats it. The file is not synced: it outlives the app, and after a
 * loss of power it may be behind, which says nothing, but never ahead of what was committed.
 */
export function createCommitCounter(database: Database, path: string): CommitCounter {
  const selectCount = database.prepare('SELECT count FROM commits').pluck();
  const addOne = database.prepare('UPDATE commits SET count = count + 1');
  const selectChanges = database.prepare('SELECT total_changes()').pluck();
  let count = Number(selectCount.get());
  const descriptor = openSync(path, constants.O_RDWR | constants.O_CREAT, 0o600);
  const write = (): void => void writeSync(descriptor, encode(count), 0, recordBytes, 0);
  const lostCommits = Math.max(0, (readRecord(descriptor) ?? 0) - count);
  write();

  const runInTransaction = database.transaction((work: () => unknown) => {
    const before = selectChanges.get();
    const output = work();
    const isChanged = selectChanges.get() !== before;
    if (isChanged) addOne.run();
    return { output, isChanged };
  });

  return {
    lostCommits,
    run: <Output>(work: () => Output): Output => {
      const { output, isChanged } = runInTransaction(work);
      if (isChanged) {
        count += 1;
        try {
          write();
        } catch {
          // The commit itself stands; the file is then behind, which is never taken for a loss.
        }
      }
      // The transaction hands back what `work` gave it.
      return output as Output;
    },
    close: () => closeSync(descriptor),
  };
}
