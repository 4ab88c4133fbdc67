import type { Clock } from '../../platform/clock.ts';
import type { FolderSurroundings } from '../../platform/default-folders.ts';
import type { Logger } from '../../platform/logger.ts';
import type { PlatformFolders } from '../../platform/platform.ts';
import type { FilesService } from '../files/files-service.ts';
import type { FitService } from '../fit/fit-service.ts';
import type { RunsService } from '../runs/runs-service.ts';
import type { SettingsService } from '../settings/settings-service.ts';
import { chooseEmbedder, chooseReranker } from './choose-retrieval-model.ts';
import type { OpenForWriting } from './copy-model.ts';
import { checkModelSource, importModel } from './import-model.ts';
import { listModels } from './list-models.ts';
import { createModelAdapters } from './model-adapters.ts';
import { createModelChanges } from './model-changes.ts';
import { chooseForJob, createModelChoice, needKind } from './model-choice.ts';
import { createModelDetails } from './model-details.ts';
import { createModelIndex } from './model-index.ts';
import { createModelLinks } from './model-links.ts';
import { ModelShelf } from './model-shelf.ts';
import type { ModelsService } from './models-service.ts';
import { Quarantine } from './quarantine.ts';
import { createModelRemoval } from './remove-model.ts';
import type { ModelHolder } from './remove-model.ts';
import { RemovedModels } from './removed-models.ts';
import { createModelTrust } from './trust-model-files.ts';

/** What the models service is made of. */
export type ModelsServiceOptions = {
  readonly folders: Pick<PlatformFolders, 'models' | 'resources'>;
  readonly settings: SettingsService;
  readonly files: Pick<FilesService, 'resolve'>;
  readonly runs: RunsService;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly fit: Pick<FitService, 'predict' | 'measurements'>;
  /** Tells which models are at work; one that is loaded and idle is let go before it is removed. */
  readonly engine: ModelHolder;
  /** Where other programs keep their models. */
  readonly surroundings: FolderSurroundings;
  /** Bytes on the disk of conversation states that belong to the model with this digest. */
  readonly savedStateBytes: (sha256: string) => Promise<number>;
  /** Id or absolute path that overrides the selection, as the command line's `--model`. */
  readonly explicitModel?: string;
  /** Default: what the system says. */
  readonly freeMemoryBytes?: () => number;
  readonly openForWriting?: OpenForWriting;
};

/** Builds the parts over one folder. */
function composeParts(options: ModelsServiceOptions, signal: AbortSignal) {
  const { folders, clock, logger, settings, fit, engine, surroundings, savedStateBytes } = options;
  const now = (): number => clock.now();
  const quarantine = new Quarantine(folders.models, now);
  const index = createModelIndex(folders.models, { logger, signal, now });
  const trust = createModelTrust({ index, quarantine, logger, signal });
  const shelf = new ModelShelf({ folders, index, trust, logger, signal, now });
  const removed = new RemovedModels(folders.models, clock, logger, signal);
  const adapters = createModelAdapters(shelf, index);
  const changes = createModelChanges({ settings, folder: folders.models, clock, signal });
  const details = createModelDetails({
    shelf,
    index,
    trust,
    adapters,
    settings,
    fit,
    savedStateBytes,
    resourcesFolder: folders.resources,
    signal,
  });
  const links = createModelLinks({ shelf, index, surroundings, clock, signal });
  const removal = createModelRemoval({ shelf, index, removed, engine });
  return { quarantine, shelf, adapters, changes, details, links, removal, current: createModelChoice(shelf, options) };
}

/**
 * Models as files in a folder, and as links to files elsewhere. The first `list` after new files came waits until they are
 * hashed; `current` hashes only the model that it returns.
 */
export function createModelsService(options: ModelsServiceOptions): ModelsService {
  const { folders, settings, files, runs } = options;
  const closing = new AbortController();
  const parts = composeParts(options, closing.signal);
  const { shelf, changes, details, links, removal, quarantine, adapters, current } = parts;

  const list: ModelsService['list'] = async () =>
    await listModels({ shelf, settings, current, folder: folders.models });

  /** Tells of a change after it happened, and gives the list as it is then. */
  const listAfter = async (change: Promise<unknown>): Promise<Awaited<ReturnType<typeof list>>> => {
    await change;
    changes.notify();
    return await list();
  };

  return {
    ...details,
    list,
    current: async (job = 'chat') => await current(job),
    resolve: (idOrPath) => shelf.byIdOrPath(idOrPath),
    embedder: async () => chooseEmbedder(shelf, (await settings.get()).embedderId),
    reranker: async () => chooseReranker(shelf),
    async select(id, job = 'chat') {
      // A change of the settings tells of itself.
      if (id !== null) needKind(await shelf.byIdOrPath(id), 'chat');
      await chooseForJob(settings, job, id);
      return await list();
    },
    async import(ticket) {
      const source = await checkModelSource(files.resolve(ticket), closing.signal);
      const work = importModel(source, { ...options, shelf });
      const runId = runs.start(async (writer, signal) => await work(writer, signal).finally(changes.notify));
      return { runId };
    },
    link: async (ticket) => await listAfter(links.link(files.resolve(ticket).path)),
    foreign: links.foreign,
    linkForeign: async (id) => await listAfter(links.linkForeign(id)),
    remove: async (id) => await listAfter(removal.remove(id)),
    restore: async (id) => await listAfter(removal.restore(id)),
    verify: async (id, signal) => await details.verify(id, signal).finally(changes.notify),
    quarantined: async () => await quarantine.list(),
    discard: async (fileName) => await quarantine.discard(fileName),
    async recordInstalled({ path, sha256, origin }) {
      await shelf.remember(path, sha256, origin);
      changes.notify();
    },
    putAside: async (path, reason, name) => await quarantine.put(path, reason, name),
    adapters: async () => (await adapters.list()).map(({ description }) => description),
    importAdapter: async (ticket) => {
      const { path, name } = files.resolve(ticket);
      return await adapters.import(path, name, closing.signal).finally(changes.notify);
    },
    onChange: (listener) => changes.listen(listener),
    async close() {
      closing.abort();
    },
  };
}
