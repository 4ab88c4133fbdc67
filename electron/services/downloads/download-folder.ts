import { mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock } from '../../platform/clock.ts';
import { toDiskError } from '../../platform/disk-room.ts';
import { syncFolder } from '../../platform/sync-folder.ts';
import type { DownloadId } from '../../shared/ids.ts';
import { DownloadLock } from './download-lock.ts';
import { downloadRecordSchema } from './download-record.ts';
import type { DownloadRecord } from './download-record.ts';

const prefix = '.sotto-download-';
const recordLimitBytes = 1024 * 1024;

/** The hidden files of downloads in the model folder: a record, the bytes so far, and who works on them. */
export class DownloadFolder {
  readonly folder: string;

  /** `folder` is absolute; it is made when the first record is written. */
  constructor(folder: string) {
    this.folder = folder;
  }

  partPath(id: DownloadId, index: number): string {
    return join(this.folder, `${prefix}${id}-${index}.part`);
  }

  /** Records of all downloads that are not over, oldest first; damaged ones are left alone. */
  async read(): Promise<readonly DownloadRecord[]> {
    const names = await readdir(this.folder).catch(() => []);
    const records = await Promise.all(
      names
        .filter((name) => name.startsWith(prefix) && name.endsWith('.json'))
        .map(async (name) => await readRecord(join(this.folder, name))),
    );
    return records.flatMap((record) => record ?? []).sort((one, other) => one.startedAt - other.startedAt);
  }

  /** The record of one; null when it is over. */
  async find(id: DownloadId): Promise<DownloadRecord | null> {
    return await readRecord(this.#recordPath(id));
  }

  /** Replaces the record as a whole. Throws `disk/*`. */
  async write(record: DownloadRecord): Promise<void> {
    const path = this.#recordPath(record.id);
    try {
      await mkdir(this.folder, { recursive: true });
      await writeSynced(`${path}.new`, JSON.stringify(record));
      await rename(`${path}.new`, path);
      await syncFolder(this.folder);
    } catch (error) {
      throw toDiskError(error);
    }
  }

  /** Removes all that a download has here but what has its final name. */
  async remove({ id, parts }: Pick<DownloadRecord, 'id' | 'parts'>): Promise<void> {
    const record = this.#recordPath(id);
    // The record goes last: while anything is left, there is something that says what it is.
    const paths = [...parts.map((_, index) => this.partPath(id, index)), `${record}.new`, record];
    for (const path of paths) await rm(path, { force: true });
  }

  /** Bytes of each part on the disk; of one with its final name, all. */
  async sizesOf({ id, parts }: DownloadRecord): Promise<readonly number[]> {
    const sizes = parts.map(async ({ finalName, sizeBytes }, index) => {
      if (finalName !== null) return sizeBytes;
      const found = await stat(this.partPath(id, index)).catch(() => null);
      return Math.min(sizeBytes, found?.size ?? 0);
    });
    return await Promise.all(sizes);
  }

  /** Takes a download for this process; null while another one that is alive has it. `onLost`: it was taken away. */
  async claim(id: DownloadId, clock: Clock, onLost: () => void): Promise<DownloadLock | null> {
    return await DownloadLock.take(join(this.folder, `${prefix}${id}.lock`), clock, onLost);
  }

  #recordPath(id: DownloadId): string {
    return join(this.folder, `${prefix}${id}.json`);
  }
}

async function readRecord(path: string): Promise<DownloadRecord | null> {
  try {
    if ((await stat(path)).size > recordLimitBytes) return null;
    return downloadRecordSchema.parse(JSON.parse(await readFile(path, 'utf8')));
  } catch {
    return null;
  }
}

async function writeSynced(path: string, text: string): Promise<void> {
  await using file = await open(path, 'w');
  await file.writeFile(text);
  await file.sync();
}
