import { readGgufDescription } from '../../inference/gguf/read-gguf-description.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Logger } from '../../platform/logger.ts';
import type { PlatformFolders } from '../../platform/platform.ts';
import { AppError } from '../../shared/app-error.ts';
import type { ModelId } from '../../shared/ids.ts';
import type { FilesService } from '../files/files-service.ts';
import type { RunsService } from '../runs/runs-service.ts';
import type { SettingsService } from '../settings/settings-service.ts';
import { availableMemoryBytes, chooseModel } from './choose-model.ts';
import type { OpenForWriting } from './copy-model.ts';
import { importModel } from './import-model.ts';
import type { ModelsService } from './models-service.ts';
import { chooseEmbedder, chooseReranker } from './choose-retrieval-model.ts';
import { laterModelCalls } from './later-model-calls.ts';
import { modelName } from './model-name.ts';
import { ModelShelf } from './model-shelf.ts';
import type { ModelOnDisk } from './model-shelf.ts';
import { watchModelFolder } from './watch-model-folder.ts';

/** What the models service is made of. */
export type ModelsServiceOptions = {
  readonly folders: Pick<PlatformFolders, 'models' | 'resources'>;
  readonly settings: SettingsService;
  readonly files: Pick<FilesService, 'resolve'>;
  readonly runs: RunsService;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Id or absolute path that overrides the selection, as the command line's `--model`. */
  readonly explicitModel?: string;
  /** Default: what the system says. */
  readonly freeMemoryBytes?: () => number;
  readonly openForWriting?: OpenForWriting;
};

function needKind(model: ModelOnDisk, kind: 'chat' | 'embedding'): ModelOnDisk {
  if (model.description.kind === kind) return model;
  throw new AppError('model/wrong-kind', 'The model is of another kind.', {
    name: model.description.name,
    wanted: kind,
  });
}

/** Which model answers next. */
function createChoice(shelf: ModelShelf, options: ModelsServiceOptions) {
  const { settings, explicitModel, freeMemoryBytes = availableMemoryBytes } = options;
  let automaticPath: string | null = null;

  const selected = async (id: ModelId | null): Promise<ModelOnDisk | null> => {
    const { usable } = await shelf.headers();
    const chat = usable.filter(({ gguf }) => gguf.kind === 'chat');
    const found = id === null ? null : await shelf.findById(id, chat);
    if (found !== null) return found;
    const candidates = chat.map((header) => ({ path: header.file.path, sizeBytes: header.file.sizeBytes, header }));
    const choice = chooseModel(candidates, freeMemoryBytes(), automaticPath);
    automaticPath = choice?.path ?? null;
    return choice === null ? null : shelf.describe(choice.header);
  };

  return async (): Promise<ModelOnDisk | null> => {
    if (explicitModel !== undefined) return needKind(await shelf.byIdOrPath(explicitModel), 'chat');
    return selected((await settings.get()).chatModelId);
  };
}

/** Calls what listens when the folder or the selection changes, until `signal` is aborted. */
function createChanges({ settings, folders, clock }: ModelsServiceOptions, signal: AbortSignal) {
  const listeners = new Set<() => void>();
  const notify = (): void => {
    for (const listener of listeners) listener();
  };
  let selectedId: ModelId | null | undefined;
  const stop = settings.onChange(({ chatModelId }) => {
    if (chatModelId !== selectedId) notify();
    selectedId = chatModelId;
  });
  signal.addEventListener('abort', stop, { once: true });
  watchModelFolder(folders.models, { clock, signal, onChange: notify });
  return {
    notify,
    listen(listener: () => void): () => void {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}

/**
 * Models as files in a folder. The first `list` after new files came waits until they are hashed; `current` hashes only
 * the model that it returns.
 */
export function createModelsService(options: ModelsServiceOptions): ModelsService {
  const { folders, settings, files, runs, logger } = options;
  const closing = new AbortController();
  const shelf = new ModelShelf(folders, logger, closing.signal);
  const changes = createChanges(options, closing.signal);
  const current = createChoice(shelf, options);

  const list: ModelsService['list'] = async () => {
    const { usable, unusable } = await shelf.headers();
    const models: ModelOnDisk[] = [];
    // One after the other: reading several new files at once would only make them wait for the same disk.
    for (const header of [...usable, ...(await shelf.builtIn())]) models.push(await shelf.describe(header));
    const byId = new Map(models.map(({ description }) => [description.id, description]));
    const answering = await current().catch(() => null);
    return {
      models: [...byId.values()],
      unusable,
      selectedId: answering?.description.id ?? null,
      byJob: {},
      folder: folders.models,
    };
  };

  return {
    list,
    current: async () => await current(),
    resolve: (idOrPath) => shelf.byIdOrPath(idOrPath),
    embedder: async () => chooseEmbedder(shelf, (await settings.get()).embedderId),
    reranker: async () => chooseReranker(shelf),
    async select(id) {
      if (id !== null) needKind(await shelf.byIdOrPath(id), 'chat');
      await settings.update({ chatModelId: id });
      return list();
    },
    async import(ticket) {
      const { path, name: fileName } = files.resolve(ticket);
      const { name, sizeBytes } = await readGgufDescription(path, closing.signal, fileName);
      const work = importModel(
        { path, fileName, modelName: modelName(fileName, name), sizeBytes },
        { ...options, shelf },
      );
      const runId = runs.start(async (writer, signal) => {
        const end = await work(writer, signal);
        changes.notify();
        return end;
      });
      return { runId };
    },
    ...laterModelCalls,
    onChange: (listener) => changes.listen(listener),
    async close() {
      closing.abort();
    },
  };
}
