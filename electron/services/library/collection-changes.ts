import { basename } from 'node:path';
import { AppError } from '../../shared/app-error.ts';
import { createId, libraryFileIdSchema, sourceIdSchema } from '../../shared/ids.ts';
import type { CollectionId } from '../../shared/ids.ts';
import type { Collection } from '../../shared/library.ts';
import type { StoredSource } from '../../storage/storage.ts';
import type { TicketedFile } from '../files/files-service.ts';
import type { ChangeNews } from './change-news.ts';
import type { CollectionCatalogue } from './collection-catalogue.ts';
import type { LibraryServiceOptions } from './library-service-options.ts';
import { resolvePath } from './folder-picker.ts';
import type { FolderTickets } from './folder-tickets.ts';
import { isModestPattern } from './ignore-rules.ts';
import type { LibraryService } from './library-service.ts';
import type { ReadingQueue } from './reading-queue.ts';
import { uploadName, uploadPath } from './upload-path.ts';
import type { WalkSchedule } from './walk-schedule.ts';

/** What changing collections needs. */
export type CollectionChangesOptions = Pick<LibraryServiceOptions, 'storage' | 'documents' | 'files' | 'platform'> & {
  readonly catalogue: CollectionCatalogue;
  readonly tickets: FolderTickets;
  readonly schedule: WalkSchedule;
  readonly queue: ReadingQueue;
  readonly news: ChangeNews;
};

type CollectionChanges = Pick<
  LibraryService,
  | 'create'
  | 'rename'
  | 'remove'
  | 'restore'
  | 'addFolder'
  | 'addFile'
  | 'addPath'
  | 'removeSource'
  | 'restoreSource'
  | 'setIgnorePatterns'
  | 'retryFile'
>;

type SourceAdder = (id: CollectionId, kind: StoredSource['kind'], path: string) => Promise<StoredSource>;

/** The calls that change which files are followed; see `LibraryService`. */
export function createCollectionChanges(options: CollectionChangesOptions): CollectionChanges {
  const { storage, platform, catalogue, schedule, queue, news } = options;

  const told: Told = async (change) => {
    const result = await change;
    news.tell();
    return result;
  };

  const insertSource: SourceAdder = async (collectionId, kind, path) => {
    await catalogue.get(collectionId);
    const source: StoredSource = {
      id: createId(sourceIdSchema),
      collectionId,
      kind,
      path,
      ignorePatterns: [],
      isLocalOnly: false,
    };
    await storage.collections.insertSource(source);
    return source;
  };

  const endSource = async ({ id }: StoredSource): Promise<void> => {
    await Promise.all([schedule.forget(id), queue.leave(id)]);
  };

  return {
    create: async (name) => await told(catalogue.create(name, platform.clock.now())),
    rename: async (id, name) => await told(catalogue.rename(id, name)),
    async remove(id) {
      await catalogue.get(id);
      for (const source of await catalogue.sourcesOf(id)) await endSource(source);
      await told(storage.collections.remove(id));
      queue.noteRemovals();
    },
    async restore(id) {
      await storage.collections.restore(id);
      for (const source of await catalogue.sourcesOf(id)) await schedule.track(source);
      return await told(catalogue.get(id));
    },
    ...createAdding(options, insertSource, told),
    ...createSourceChanges(options, endSource, told),
    async retryFile(id) {
      const file = await storage.libraryFiles.get(id);
      if (file === null) throw new AppError('app/not-found', 'There is no such file.', { kind: 'file' });
      const source = schedule.sourceOf(file.sourceId);
      if ((source && uploadName(source.path) !== null) || !['failed', 'skipped'].includes(file.status)) return;
      await told(storage.libraryFiles.update(id, { status: 'waiting', error: null, hash: null }));
    },
  };
}

/** Passes a change on and tells whoever watches that it was made. */
type Told = <Result>(change: Promise<Result>) => Promise<Result>;

function createSourceChanges(
  { storage, catalogue, schedule, queue }: CollectionChangesOptions,
  endSource: (source: StoredSource) => Promise<void>,
  told: Told,
): Pick<LibraryService, 'removeSource' | 'restoreSource' | 'setIgnorePatterns'> {
  return {
    async removeSource(id) {
      const source = await catalogue.source(id);
      await endSource(source);
      await storage.collections.removeSource(id);
      queue.noteRemovals();
      return await told(catalogue.get(source.collectionId));
    },
    async restoreSource(id, collectionId) {
      await storage.collections.restoreSource(id, collectionId);
      await schedule.track(await catalogue.source(id));
      return await told(catalogue.get(collectionId));
    },
    async setIgnorePatterns(id, patterns) {
      const source = await catalogue.source(id);
      if (!patterns.every(isModestPattern)) {
        throw new AppError('app/invalid-input', 'A pattern is too long or has too many stars.');
      }
      const ignorePatterns = patterns.filter((pattern) => pattern.trim() !== '');
      await storage.collections.updateSource(id, { ignorePatterns });
      await schedule.track({ ...source, ignorePatterns });
      return await told(catalogue.get(source.collectionId));
    },
  };
}

function createAdding(
  { storage, documents, files, platform, catalogue, tickets, schedule, queue }: CollectionChangesOptions,
  insertSource: SourceAdder,
  told: Told,
): Pick<LibraryService, 'addFolder' | 'addFile' | 'addPath'> {
  const followPath = async (id: CollectionId, given: string): Promise<StoredSource> => {
    const { path, isFolder } = await resolvePath(given);
    const source = await insertSource(id, isFolder ? 'folder' : 'file', path);
    await schedule.track(source);
    return source;
  };

  const addPath = async (id: CollectionId, given: string): Promise<Collection> => {
    await followPath(id, given);
    return await told(catalogue.get(id));
  };

  /** The document first: without it, a source would stand there that nothing can be read from again. */
  const addUpload = async (id: CollectionId, file: TicketedFile): Promise<void> => {
    const request = { file, origin: 'bytes', isLoose: false, isAwaited: true } as const;
    const document = await documents.addFile(request, new AbortController().signal);
    const source = await insertSource(id, 'file', uploadPath(document.hash, file.name));
    const fileId = createId(libraryFileIdSchema);
    const { name: path, sizeBytes } = file;
    const modifiedAt = platform.clock.now();
    await storage.libraryFiles.put(source.id, id, [{ id: fileId, path, sizeBytes, modifiedAt, skipped: null }]);
    const { id: documentId, hash, status, error } = document;
    await storage.libraryFiles.update(fileId, { documentId, hash, status, error });
    await storage.libraryFiles.followDocument(documentId);
    await schedule.track(source);
  };

  return {
    async addFolder(id, ticket) {
      const path = tickets.resolve(ticket);
      const { isFolder } = await resolvePath(path);
      if (!isFolder) throw new AppError('library/folder-unreadable', 'This is no folder.', { name: basename(path) });
      return await addPath(id, path);
    },
    async addFile(id, ticket) {
      const file = files.resolve(ticket);
      await catalogue.get(id);
      if (file.sealKey === undefined) {
        const source = await followPath(id, file.path);
        // A person who drops one file does not wait for the hundreds before it, nor for a long one.
        if (source.kind === 'file') void queue.readAsked(source);
      } else {
        const release = await queue.keepOrphans();
        await addUpload(id, file).finally(release);
      }
      await files.release(ticket);
      return await told(catalogue.get(id));
    },
    addPath,
  };
}
