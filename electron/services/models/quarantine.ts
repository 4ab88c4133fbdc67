import { mkdir, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { z } from 'zod';
import { isNodeError } from '../../platform/node-error.ts';
import { AppError } from '../../shared/app-error.ts';
import { quarantinedModelSchema } from '../../shared/model-detail.ts';
import type { QuarantinedModel } from '../../shared/model-detail.ts';
import { toDiskError } from '../../platform/disk-room.ts';
import { freePath } from '../../platform/free-path.ts';
import { readBoundedText } from './read-bounded-text.ts';

/** In the model folder: what is put aside stays on the same disk, so that moving it costs nothing. */
export const quarantineFolderName = '.sotto-quarantine';
/** Beside the files: why they are there. */
export const quarantineRecordName = 'quarantine.json';

const recordLimitBytes = 1024 * 1024;
const recordSchema = z.array(quarantinedModelSchema).max(10_000);

/** Files that were put aside because their content cannot be trusted; nothing leaves it but by a person's word. */
export class Quarantine {
  readonly #folder: string;
  readonly #now: () => number;
  #changing: Promise<unknown> = Promise.resolve();

  constructor(modelFolder: string, now: () => number) {
    this.#folder = join(modelFolder, quarantineFolderName);
    this.#now = now;
  }

  /** Newest first; a file without a record is listed with the reason that it cannot be read. */
  async list(): Promise<readonly QuarantinedModel[]> {
    const names = await readdir(this.#folder).catch(() => []);
    const records = await this.#records();
    // A part of the record, or of a file that is on its way in.
    const files = names.filter(
      (name) => name !== quarantineRecordName && !name.startsWith('.') && !name.endsWith('.part'),
    );
    const listed = await Promise.all(
      files.map(async (fileName): Promise<readonly QuarantinedModel[]> => {
        const found = await stat(join(this.#folder, fileName)).catch(() => null);
        if (found === null || !found.isFile()) return [];
        const record = records.find((one) => one.fileName === fileName);
        const { reason = 'unreadable', at = Math.round(found.mtimeMs) } = record ?? {};
        return [{ fileName, sizeBytes: found.size, reason, at }];
      }),
    );
    return listed.flat().sort((one, other) => other.at - one.at);
  }

  /** Moves a file in here. Null when it is not there any more. Throws `disk/*`. */
  async put(
    path: string,
    reason: QuarantinedModel['reason'],
    name: string = basename(path),
  ): Promise<QuarantinedModel | null> {
    const work = this.#changing.then(async () => await this.#put(path, reason, name));
    this.#changing = work.catch(() => undefined);
    return await work;
  }

  /** Deletes a file for good. Throws `app/not-found` for a name that is not listed. */
  async discard(fileName: string): Promise<readonly QuarantinedModel[]> {
    const listed = await this.list();
    // Only what is listed has a path, so a name that climbs out of the folder leads nowhere.
    if (!listed.some((one) => one.fileName === fileName))
      throw new AppError('app/not-found', 'No such file is put aside.');
    await rm(join(this.#folder, fileName), { force: true });
    await this.#write((await this.#records()).filter((one) => one.fileName !== fileName));
    return await this.list();
  }

  async #put(path: string, reason: QuarantinedModel['reason'], name: string): Promise<QuarantinedModel | null> {
    try {
      await mkdir(this.#folder, { recursive: true });
      const { size: sizeBytes } = await stat(path);
      const target = freePath(this.#folder, name);
      await rename(path, target);
      const record = { fileName: basename(target), sizeBytes, reason, at: this.#now() };
      await this.#write([...(await this.#records()), record]);
      return record;
    } catch (error) {
      if (isNodeError(error, 'ENOENT')) return null;
      throw toDiskError(error);
    }
  }

  async #records(): Promise<readonly QuarantinedModel[]> {
    try {
      return recordSchema.parse(
        JSON.parse(await readBoundedText(join(this.#folder, quarantineRecordName), recordLimitBytes)),
      );
    } catch {
      return [];
    }
  }

  async #write(records: readonly QuarantinedModel[]): Promise<void> {
    const path = join(this.#folder, quarantineRecordName);
    const temporary = `${path}.part`;
    await writeFile(temporary, `${JSON.stringify(records, null, 2)}\n`);
    await rename(temporary, path);
  }
}
