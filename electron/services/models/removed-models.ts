import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import type { Clock } from '../../platform/clock.ts';
import type { Logger } from '../../platform/logger.ts';
import { AppError } from '../../shared/app-error.ts';
import { modelIdSchema } from '../../shared/ids.ts';
import type { ModelId } from '../../shared/ids.ts';
import { modelOriginSchema } from '../../shared/model-detail.ts';
import { toDiskError } from '../../platform/disk-room.ts';
import { freePath } from '../../platform/free-path.ts';
import { filesOf } from './model-file.ts';
import type { ModelFile } from './model-file.ts';
import type { IndexEntry } from './model-index.ts';
import { readBoundedText } from './read-bounded-text.ts';

/** In the model folder: taking a model out of the list moves it within its disk. */
const removedFolderName = '.sotto-removed';
const recordName = 'removed.json';
const recordLimitBytes = 1024 * 1024;
/** Of a file that was never read as a whole. */
const noDigest = '0'.repeat(64);
/** How long a removed model can be restored. The room that it takes is what the person wanted back, so not for long. */
const keptMs = 10 * 60 * 1_000;

const fileSchema = z.object({
  /** Relative to the model folder, where it was. */
  name: z
    .string()
    .max(4_096)
    .refine((name) => !name.split(/[\\/]/).includes('..') && !/^(?:[\\/]|[a-z]:)/i.test(name)),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  origin: modelOriginSchema.nullable(),
});
const removedSchema = z.object({
  id: modelIdSchema,
  /** Folder in the folder of what was removed, with the files named `0`, `1`… */
  folder: z.string().regex(/^[0-9a-f]{16}$/),
  at: z.int().nonnegative(),
  files: z.array(fileSchema).max(1_000),
});
type Removed = z.infer<typeof removedSchema>;

/** A file that is back, and what was written down about it. */
export type RestoredFile = { readonly path: string } & Pick<IndexEntry, 'sha256' | 'origin'>;

/** Files of removed models, which wait beside for a while. */
export class RemovedModels {
  readonly #modelFolder: string;
  readonly #folder: string;
  readonly #clock: Clock;
  readonly #logger: Logger;
  readonly #signal: AbortSignal;

  /** Deletes what has waited long enough, now and later; `signal` ends that. */
  constructor(modelFolder: string, clock: Clock, logger: Logger, signal: AbortSignal) {
    this.#modelFolder = modelFolder;
    this.#folder = join(modelFolder, removedFolderName);
    this.#clock = clock;
    this.#logger = logger;
    this.#signal = signal;
    void this.#sweep();
  }

  /** Moves the files in here. Throws `disk/*`, with the files where they were. */
  async put(
    id: ModelId,
    models: readonly ModelFile[],
    entryOf: (name: string) => Promise<IndexEntry | null>,
  ): Promise<void> {
    const folder = id.slice('sha256:'.length);
    const target = join(this.#folder, folder);
    const files: Removed['files'] = [];
    const parts = models.flatMap(filesOf);
    for (const { name } of parts) {
      const entry = await entryOf(name);
      files.push({ name, sha256: entry?.sha256 ?? noDigest, origin: entry?.origin ?? null });
    }
    const others = (await this.#records()).filter((one) => one.id !== id);
    const moved: (readonly [from: string, to: string])[] = [];
    try {
      await rm(target, { recursive: true, force: true });
      // The record goes before the files: what no record names is deleted by whoever looks next.
      await this.#write([...others, { id, folder, at: this.#clock.now(), files }]);
      await mkdir(target, { recursive: true });
      for (const [number, { path }] of parts.entries()) {
        const to = join(target, String(number));
        await rename(path, to);
        moved.push([path, to]);
      }
    } catch (error) {
      for (const [from, to] of moved) await rename(to, from).catch(() => undefined);
      await this.#write(others).catch(() => undefined);
      throw toDiskError(error);
    }
    void this.#sweepLater();
  }

  /** True while files of this model wait here. */
  async has(id: ModelId): Promise<boolean> {
    return (await this.#records()).some((one) => one.id === id);
  }

  /** Moves the files of a model back, beside what has their names now. Throws `model/not-found`, `disk/*`. */
  async restore(id: ModelId): Promise<readonly RestoredFile[]> {
    const records = await this.#records();
    const removed = records.find((one) => one.id === id);
    if (removed === undefined) throw new AppError('model/not-found', 'The model is not among those that were removed.');
    const restored: RestoredFile[] = [];
    try {
      for (const [number, { name, sha256, origin }] of removed.files.entries()) {
        const folder = dirname(join(this.#modelFolder, ...name.split('/')));
        await mkdir(folder, { recursive: true });
        const path = freePath(folder, name);
        await rename(join(this.#folder, removed.folder, String(number)), path);
        if (sha256 !== noDigest) restored.push({ path, sha256, origin });
      }
    } catch (error) {
      throw toDiskError(error);
    }
    await this.#write(records.filter((one) => one.id !== id));
    await rm(join(this.#folder, removed.folder), { recursive: true, force: true });
    return restored;
  }

  async #sweepLater(): Promise<void> {
    try {
      await this.#clock.delay(keptMs, this.#signal);
    } catch {
      // Closed: the next start deletes it.
      return;
    }
    await this.#sweep();
  }

  async #sweep(): Promise<void> {
    try {
      const folders = await readdir(this.#folder).catch(() => null);
      if (folders === null) return;
      const records = await this.#records();
      const kept = records.filter(({ at }) => this.#clock.now() - at < keptMs);
      // Whatever no record names any more was left by an end in the middle.
      for (const name of folders) {
        if (name === recordName || kept.some(({ folder }) => folder === name)) continue;
        if (/^[0-9a-f]{16}$/.test(name)) await rm(join(this.#folder, name), { recursive: true, force: true });
      }
      if (kept.length === 0) await rm(this.#folder, { recursive: true, force: true });
      else if (kept.length < records.length) await this.#write(kept);
    } catch (error) {
      this.#logger.debug('removed-models-not-deleted', { code: AppError.from(error).code });
    }
  }

  async #records(): Promise<readonly Removed[]> {
    try {
      const text = await readBoundedText(join(this.#folder, recordName), recordLimitBytes);
      return z.array(removedSchema).max(1_000).parse(JSON.parse(text));
    } catch {
      return [];
    }
  }

  async #write(records: readonly Removed[]): Promise<void> {
    await mkdir(this.#folder, { recursive: true });
    const path = join(this.#folder, recordName);
    await writeFile(`${path}.part`, `${JSON.stringify(records, null, 2)}\n`);
    await rename(`${path}.part`, path);
  }
}
