import { mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { toDiskError } from '../../platform/disk-room.ts';
import { isNodeError } from '../../platform/node-error.ts';
import { syncFolder } from '../../platform/sync-folder.ts';
import type { DownloadId } from '../../shared/ids.ts';
import { downloadRecordSchema } from './download-record.ts';
import type { DownloadRecord } from './download-record.ts';

const prefix = '.sotto-download-';
const recordLimitBytes = 1024 * 1024;

/** True while a process with this id runs. */
function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Somebody else's process is alive too.
    return isNodeError(error, 'EPERM');
  }
}

/** The hidden files of downloads in the model folder: a record, the bytes so far, and who works on them. */
export class DownloadFolder {
  readonly folder: string;
  #writing: Promise<unknown> = Promise.resolve();

  /** `folder` is absolute; it is made when the first record is written. */
  constructor(folder: string) {
    this.folder = folder;
  }

  partPath(id: DownloadId, index: number): string {
    return join(this.folder, `${prefix}${id}-${index}.part`);
  }

  /** Records of all downloads that are not over; damaged ones are left alone. */
  async read(): Promise<readonly DownloadRecord[]> {
    const names = await readdir(this.folder).catch(() => []);
    const records = await Promise.all(
      names
        .filter((name) => name.startsWith(prefix) && name.endsWith('.json'))
        .map(async (name) => await this.#readRecord(join(this.folder, name))),
    );
    return records.flatMap((record) => record ?? []).sort((one, other) => one.startedAt - other.startedAt);
  }

  /** Replaces the record as a whole, after those that were to be written before. Throws `disk/*`. */
  async write(record: DownloadRecord): Promise<void> {
    const work = this.#writing.then(async () => await this.#write(record));
    this.#writing = work.catch(() => undefined);
    await work;
  }

  async #write(record: DownloadRecord): Promise<void> {
    const path = this.#recordPath(record.id);
    try {
      await mkdir(this.folder, { recursive: true });
      await using file = await open(`${path}.new`, 'w');
      await file.writeFile(JSON.stringify(record));
      await file.sync();
    } catch (error) {
      throw toDiskError(error);
    }
    await rename(`${path}.new`, path);
    await syncFolder(this.folder);
  }

  /** Removes all that a download has here but what has its final name. */
  async remove({ id, parts }: Pick<DownloadRecord, 'id' | 'parts'>): Promise<void> {
    await this.#writing;
    const paths = parts.map((_, index) => this.partPath(id, index));
    const record = this.#recordPath(id);
    for (const path of [...paths, record, `${record}.new`, this.#lockPath(id)]) await rm(path, { force: true });
  }

  /** Bytes of a part on the disk. */
  async sizeOf(id: DownloadId, index: number): Promise<number> {
    return await stat(this.partPath(id, index)).then(
      ({ size }) => size,
      () => 0,
    );
  }

  /** Takes a download for this process; false when another one that is alive has it. */
  async claim(id: DownloadId): Promise<boolean> {
    const path = this.#lockPath(id);
    const owner = Number(await readFile(path, 'utf8').catch(() => '0'));
    if (owner !== process.pid && owner > 0 && isAlive(owner)) return false;
    await rm(path, { force: true });
    try {
      await using file = await open(path, 'wx');
      await file.writeFile(String(process.pid));
      return true;
    } catch (error) {
      if (isNodeError(error, 'EEXIST')) return false;
      throw toDiskError(error);
    }
  }

  async release(id: DownloadId): Promise<void> {
    await rm(this.#lockPath(id), { force: true });
  }

  async #readRecord(path: string): Promise<DownloadRecord | null> {
    try {
      if ((await stat(path)).size > recordLimitBytes) return null;
      return downloadRecordSchema.parse(JSON.parse(await readFile(path, 'utf8')));
    } catch {
      return null;
    }
  }

  #recordPath(id: DownloadId): string {
    return join(this.folder, `${prefix}${id}.json`);
  }

  #lockPath(id: DownloadId): string {
    return join(this.folder, `${prefix}${id}.lock`);
  }
}
