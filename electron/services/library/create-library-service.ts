import type { CollectionId, DocumentId } from '../../shared/ids.ts';
import type { LibraryProgress, SourceState } from '../../shared/library.ts';
import { untilAborted } from '../../shared/until-aborted.ts';
import { createChangeNews, watchState } from './change-news.ts';
import type { ChangeNews } from './change-news.ts';
import { createCollectionCatalogue } from './collection-catalogue.ts';
import type { CollectionCatalogue } from './collection-catalogue.ts';
import { createCollectionChanges } from './collection-changes.ts';
import { createFolderPicker } from './folder-picker.ts';
import { createFolderTickets } from './folder-tickets.ts';
import { toLibraryFile } from './library-file.ts';
import { LibraryWork } from './library-work.ts';
import type { LibraryService } from './library-service.ts';
import type { LibraryServiceOptions } from './library-service-options.ts';
import { describeFiles, followLeftDocuments, waitUntilSettled } from './wait-until-settled.ts';

/** Makes the service. A door that stays begins at once to look after what was followed before. */
export function createLibraryService(options: LibraryServiceOptions): LibraryService {
  const { storage, settings, platform, homeFolder } = options;
  const { clock, operatingSystem } = platform;
  const news = createChangeNews(clock);
  const work = new LibraryWork({ ...options, news });
  const { schedule, queue } = work;
  const catalogue = createCollectionCatalogue({ storage, homeFolder, settings, stateOf: (id) => schedule.stateOf(id) });
  const tickets = createFolderTickets();
  const picker = createFolderPicker({ tickets, operatingSystem, homeFolder });
  const changes = createCollectionChanges({ ...options, catalogue, tickets, schedule, queue, news });
  work.start();

  return {
    ...changes,
    ...picker,
    ...createLooking(options, work, catalogue, news),
    list: () => catalogue.list(),
    find: (nameOrId) => catalogue.find(nameOrId),
    async files(query) {
      const { files, total } = await storage.libraryFiles.list(query);
      return { files: files.map(toLibraryFile), total };
    },
    watch: (signal) => watchState(() => catalogue.list(), news, clock, work.endingWith(signal)),
    watchProgress: (signal) => watchState(() => work.refresh(), news, clock, work.endingWith(signal)),
    get progress(): LibraryProgress {
      return work.progress;
    },
    async setPaused(isPaused) {
      await settings.update({ isIndexingPaused: isPaused });
    },
    async setCollectionPaused(id, isPaused) {
      await catalogue.get(id);
      const others = (await settings.get()).pausedCollectionIds.filter((other) => other !== id);
      await settings.update({ pausedCollectionIds: isPaused ? [...others, id] : others });
      news.tell();
      return await catalogue.get(id);
    },
    async setLocalOnly(id, isLocalOnly) {
      await catalogue.get(id);
      await storage.collections.setLocalOnly(id, isLocalOnly);
      news.tell();
      return await catalogue.get(id);
    },
    async setSourceLocalOnly(id, isLocalOnly) {
      const { collectionId } = await catalogue.source(id);
      await storage.collections.updateSource(id, { isLocalOnly });
      news.tell();
      return await catalogue.get(collectionId);
    },
    async collectionsOf(id: DocumentId) {
      const files = await storage.libraryFiles.ofDocument(id);
      return [...new Set(files.map(({ collectionId }) => collectionId))];
    },
    async close() {
      await work.close();
    },
  };
}

/** The calls that wait for walks. */
function createLooking(
  { storage }: Pick<LibraryServiceOptions, 'storage'>,
  work: LibraryWork,
  catalogue: CollectionCatalogue,
  news: ChangeNews,
): Pick<LibraryService, 'rescan' | 'whenSettled'> {
  const { schedule, queue } = work;
  const walkAll = async (id: CollectionId, isNeeded: (state: SourceState) => boolean): Promise<void> => {
    const { sources } = await catalogue.get(id);
    const needed = sources.filter((source) => isNeeded(schedule.stateOf(source.id)));
    await Promise.all(needed.map(async (source) => await schedule.walk(source.id)));
  };
  return {
    async rescan(id) {
      await work.started;
      await walkAll(id, () => true);
    },
    async whenSettled(id, given) {
      const signal = work.endingWith(given);
      await untilAborted(work.started, signal);
      const release = queue.hurry(id);
      try {
        await untilAborted(
          walkAll(id, (state) => state === 'scanning'),
          signal,
        );
        await followLeftDocuments(storage, id);
        await waitUntilSettled({ storage, schedule, news }, id, signal);
        await queue.tidy();
        await work.refresh();
        return await describeFiles(storage, id);
      } finally {
        release();
      }
    },
  };
}
