import { mkdir, rename, rm, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { AppError } from '../../shared/app-error.ts';
import type { ModelId } from '../../shared/ids.ts';
import type { AdapterDescription } from '../../shared/model-detail.ts';
import { checkRoom, copyModel, toDiskError } from './copy-model.ts';
import { freePath } from './free-path.ts';
import { modelIdOf } from './hash-model-file.ts';
import type { ModelFile } from './model-file.ts';
import type { ModelIndex } from './model-index.ts';
import { modelName } from './model-name.ts';
import type { ModelShelf } from './model-shelf.ts';
import { readGgufKeys, textOf } from './read-gguf-keys.ts';

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

/** The architecture that an adapter belongs to. Throws `model/wrong-kind` for what is no adapter. */
async function readArchitecture(path: string, fileName: string, signal: AbortSignal) {
  const keys = await readGgufKeys(path, signal);
  const architecture = textOf(keys, 'general.architecture');
  // `adapter.type` is the only kind of adapter that llama.cpp knows.
  const isAdapter = textOf(keys, 'general.type') === 'adapter' && textOf(keys, 'adapter.type') === 'lora';
  if (!isAdapter || architecture === null) {
    throw new AppError('model/wrong-kind', 'The file is no adapter.', { name: fileName, wanted: 'adapter' });
  }
  return { architecture: architecture.slice(0, 60), name: textOf(keys, 'general.name') };
}

/** Looks after the adapters of the shelf's folder. */
export function createModelAdapters(shelf: ModelShelf, index: ModelIndex, closing: AbortSignal): ModelAdapters {
  const describe = async (file: ModelFile): Promise<InstalledAdapter | null> => {
    try {
      const { architecture, name } = await readArchitecture(file.path, file.name, closing);
      const id = modelIdOf(await index.digest(file));
      const shown = modelName(file.name, name?.replace(/[\p{C}\s]+/gu, ' ').trim() || null);
      const { sizeBytes } = file;
      return { path: file.path, description: { id, name: shown, fileName: file.name, sizeBytes, architecture } };
    } catch {
      closing.throwIfAborted();
      return null;
    }
  };

  const list = async (): Promise<readonly InstalledAdapter[]> => {
    const found: InstalledAdapter[] = [];
    for (const file of (await shelf.headers()).adapters) {
      const adapter = await describe(file);
      if (adapter !== null) found.push(adapter);
    }
    return [...new Map(found.map((adapter) => [adapter.description.id, adapter])).values()];
  };

  const find: ModelAdapters['find'] = async (id) =>
    (await list()).find(({ description }) => description.id === id) ?? null;

  return {
    list,
    find,
    async import(path, fileName, signal) {
      await readArchitecture(path, fileName, signal);
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
