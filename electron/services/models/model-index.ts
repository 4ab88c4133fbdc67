import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { Logger } from '../../platform/logger.ts';
import { AppError } from '../../shared/app-error.ts';
import { hashModelFile } from './hash-model-file.ts';
import type { ModelFile } from './model-file.ts';

/** In the model folder, so that it goes where the models go. */
const indexFileName = '.sotto-models.json';
/** Entries that are kept, the newest; more models than anybody has. */
const entryLimit = 1_000;

const entrySchema = z.object({
  name: z.string().max(4_096),
  sizeBytes: z.int().nonnegative(),
  modifiedMs: z.number(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
});
const indexSchema = z.object({ version: z.literal(1), files: z.array(entrySchema).max(entryLimit) });
type Entry = z.infer<typeof entrySchema>;

/** Digests of model files, so that gigabytes are read once and not at every start. */
export interface ModelIndex {
  /** The digest if it is known. */
  find(file: ModelFile): Promise<string | null>;
  /** The digest; reads the file where it is not known. Calls for one file at the same time share the reading. */
  digest(file: ModelFile): Promise<string>;
  /** Remembers a digest that was computed elsewhere. */
  remember(file: ModelFile, sha256: string): Promise<void>;
}

async function load(path: string): Promise<readonly Entry[]> {
  try {
    return indexSchema.parse(JSON.parse(await readFile(path, 'utf8'))).files;
  } catch {
    // Missing or damaged, it is made anew: nothing is in it that cannot be computed.
    return [];
  }
}

const isSame = (entry: Entry, file: ModelFile): boolean =>
  entry.name === file.name && entry.sizeBytes === file.sizeBytes && entry.modifiedMs === file.modifiedMs;

/**
 * The index that is kept in `folder`; with null, and in a folder that cannot be written, it lasts as long as the
 * process. `signal` ends readings that are under way.
 */
export function createModelIndex(folder: string | null, logger: Logger, signal: AbortSignal): ModelIndex {
  const path = folder === null ? null : join(folder, indexFileName);
  const reading = new Map<string, Promise<string>>();
  let loaded: Promise<readonly Entry[]> | null = null;
  let writing: Promise<void> = Promise.resolve();

  const entries = (): Promise<readonly Entry[]> => (loaded ??= path === null ? Promise.resolve([]) : load(path));

  const save = async (files: readonly Entry[]): Promise<void> => {
    if (path === null) return;
    const temporary = `${path}.${process.pid}.part`;
    try {
      await writeFile(temporary, `${JSON.stringify({ version: 1, files }, null, 2)}\n`);
      await rename(temporary, path);
    } catch (error) {
      await rm(temporary, { force: true }).catch(() => undefined);
      logger.debug('model-index-not-saved', { code: AppError.from(error).code });
    }
  };

  const remember = async ({ name, sizeBytes, modifiedMs }: ModelFile, sha256: string): Promise<void> => {
    const others = (await entries()).filter((entry) => entry.name !== name);
    const files = [...others, { name, sizeBytes, modifiedMs, sha256 }].slice(-entryLimit);
    loaded = Promise.resolve(files);
    writing = writing.then(() => save(files));
    await writing;
  };

  const find = async (file: ModelFile): Promise<string | null> =>
    (await entries()).find((entry) => isSame(entry, file))?.sha256 ?? null;

  const read = async (file: ModelFile): Promise<string> => {
    const known = await find(file);
    if (known !== null) return known;
    const sha256 = await hashModelFile(file.path, signal);
    await remember(file, sha256);
    return sha256;
  };

  return {
    find,
    remember,
    digest(file) {
      const key = `${file.path}\n${file.sizeBytes}\n${file.modifiedMs}`;
      const running = reading.get(key) ?? read(file).finally(() => reading.delete(key));
      reading.set(key, running);
      return running;
    },
  };
}
