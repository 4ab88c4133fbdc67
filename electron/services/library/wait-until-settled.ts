import type { CollectionId, DocumentId, LibraryFileId } from '../../shared/ids.ts';
import type { LibraryFileStatus } from '../../shared/library.ts';
import type { Storage, StoredFile, StoredSource } from '../../storage/storage.ts';
import type { ChangeNews } from './change-news.ts';
import type { IndexedFile } from './library-service.ts';
import { toLibraryFile } from './library-file.ts';
import { locationOf } from './read-library-file.ts';
import type { WalkSchedule } from './walk-schedule.ts';

/** What waiting needs. */
export type SettlingOptions = {
  readonly storage: Pick<Storage, 'collections' | 'libraryFiles' | 'documents'>;
  readonly schedule: Pick<WalkSchedule, 'absent'>;
  readonly news: ChangeNews;
};

const pageLength = 500;

/** Looked for a change so often although none was told of: one may have been made by another part of the app. */
const recheckMs = 2_000;

async function* filesOf(
  { libraryFiles }: Pick<Storage, 'libraryFiles'>,
  collectionId: CollectionId,
  status: LibraryFileStatus | null,
): AsyncGenerator<readonly StoredFile[], void, void> {
  for (let offset = 0; ; offset += pageLength) {
    const { files } = await libraryFiles.list({ collectionId, query: '', status, offset, limit: pageLength });
    if (files.length > 0) yield files;
    if (files.length < pageLength) return;
  }
}

/** Files whose documents became ready or failed while nobody listened, as when the app was killed, become so too. */
export async function followLeftDocuments(storage: SettlingOptions['storage'], id: CollectionId): Promise<void> {
  const left = new Set<DocumentId>();
  const bereft: LibraryFileId[] = [];
  for await (const files of filesOf(storage, id, 'indexing')) {
    for (const file of files) {
      if (file.documentId) left.add(file.documentId);
      else bereft.push(file.id);
    }
  }
  for (const documentId of left) await storage.libraryFiles.followDocument(documentId);
  for (const fileId of bereft) await storage.libraryFiles.update(fileId, { status: 'waiting' });
}

async function isSettled({ storage, schedule }: SettlingOptions, collectionId: CollectionId): Promise<boolean> {
  const { pending } = await storage.collections.counts(collectionId);
  if (pending === 0) return true;
  // Files on a drive that is not there would be waited for in vain.
  const { absent } = schedule;
  if (absent.length === 0) return false;
  const [readable] = await storage.libraryFiles.waiting(1, { collectionId, exceptSources: absent });
  const question = { collectionId, query: '', status: 'indexing', offset: 0, limit: 1 } as const;
  return readable === undefined && (await storage.libraryFiles.list(question)).total === 0;
}

/** Resolves when no file of the collection is on its way any more. Throws the signal's reason. */
export async function waitUntilSettled(options: SettlingOptions, id: CollectionId, signal: AbortSignal): Promise<void> {
  for (;;) {
    signal.throwIfAborted();
    const changed = options.news.next(signal, recheckMs);
    if (await isSettled(options, id)) return;
    await changed;
  }
}

async function describe(
  file: StoredFile,
  source: StoredSource | undefined,
  storage: Pick<Storage, 'documents'>,
): Promise<IndexedFile> {
  const document = file.documentId === null ? null : await storage.documents.get(file.documentId);
  return {
    ...toLibraryFile(file),
    location: source === undefined ? file.path : locationOf(file, source),
    pages: document?.pages ?? null,
    passages: document?.passages ?? 0,
  };
}

/** Every file of a collection with what was read of it. */
export async function describeFiles(
  storage: SettlingOptions['storage'],
  id: CollectionId,
): Promise<readonly IndexedFile[]> {
  const sources = new Map((await storage.collections.sources()).map((source) => [source.id, source]));
  const described: IndexedFile[] = [];
  for await (const files of filesOf(storage, id, null)) {
    described.push(...(await Promise.all(files.map((file) => describe(file, sources.get(file.sourceId), storage)))));
  }
  return described;
}
