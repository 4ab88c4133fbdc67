import { mkdir, rename, rm, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { readAdapterDescription } from '../../inference/gguf/adapter/read-adapter-description.ts';
import { AppError } from '../../shared/app-error.ts';
import type { ModelId } from '../../shared/ids.ts';
import type { AdapterDescription } from '../../shared/model-detail.ts';
import { checkRoom, toDiskError } from '../../platform/disk-room.ts';
import { copyModel } from './copy-model.ts';
import { freePath } from '../../platform/free-path.ts';
import { modelIdOf } from './hash-model-file.ts';
import type { ModelIndex } from './model-index.ts';
import { modelName } from './model-name.ts';
import type { AdapterHeader, ModelShelf } from './model-shelf.ts';

/** An adapter and where it lies. */
export type InstalledAdapter = { readonly description: AdapterDescription; readonly path: string };

/** Small files in the model folder that change models. */
export interface ModelAdapters {
  list(): Promise<readonly InstalledAdapter[]>;
  /** Null when it is not there. */
  find(id: ModelId): Promise<InstalledAdapter | null>;
  /** Checks a file and copies it into the folder. Throws `model/wrong-kind` for what is no adapter, `model/*`, `disk/*`. */
  import(path: string, fileName: string, signal: AbortSignal): Promise<AdapterDescription>;
}

/** The error with the name that the person knows the file by. */
function named(error: unknown, name: string): unknown {
  if (!AppError.isInstance(error)) return error;
  return new AppError(error.code, error.message, { ...error.details, name }, { cause: error });
}

/** Looks after the adapters of the shelf's folder. */
export function createModelAdapters(shelf: ModelShelf, index: ModelIndex): ModelAdapters {
  const describe = async ({ file, adapter }: AdapterHeader): Promise<InstalledAdapter> => {
    const id = modelIdOf(await index.digest(file));
    const { name: fileName, sizeBytes, path } = file;
    const { architecture, name } = adapter;
    return { path, description: { id, name: modelName(fileName, name), fileName, sizeBytes, architecture } };
  };

  const list = async (): Promise<readonly InstalledAdapter[]> => {
    const found: InstalledAdapter[] = [];
    for (const header of (await shelf.headers()).adapters) found.push(await describe(header));
    return [...new Map(found.map((adapter) => [adapter.description.id, adapter])).values()];
  };

  const find: ModelAdapters['find'] = async (id) =>
    (await list()).find(({ description }) => description.id === id) ?? null;

  return {
    list,
    find,
    async import(path, fileName, signal) {
      await readAdapterDescription(path, signal).catch((error: unknown) => {
        throw named(error, fileName);
      });
      const { size: sizeBytes } = await stat(path);
      await mkdir(shelf.folder, { recursive: true }).catch((error: unknown) => {
        throw toDiskError(error);
      });
      await checkRoom(shelf.folder, sizeBytes);
      const target = freePath(shelf.folder, fileName);
      const part = join(shelf.folder, `.sotto-import-${basename(target)}.part`);
      try {
        await rm(part, { force: true });
        const digest = await copyModel({ from: path, to: part, sizeBytes, signal, onProgress: () => undefined });
        const there = await find(modelIdOf(digest));
        if (there !== null) return there.description;
        await rename(part, target);
        await shelf.remember(target, digest);
        const installed = await find(modelIdOf(digest));
        if (installed === null)
          throw new AppError('model/malformed', 'The adapter cannot be read.', { name: fileName });
        return installed.description;
      } finally {
        await rm(part, { force: true });
      }
    },
  };
}
