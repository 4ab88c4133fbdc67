import type { InferenceEngine } from '../../inference/engine.ts';
import type { DocumentReader, PageDrawer } from '../../parsing/document-reader.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Logger } from '../../platform/logger.ts';
import { AppError } from '../../shared/app-error.ts';
import type { DocumentDescription } from '../../shared/document.ts';
import type { DocumentId } from '../../shared/ids.ts';
import type { Storage } from '../../storage/storage.ts';
import type { FilesService } from '../files/files-service.ts';
import type { ModelsService } from '../models/models-service.ts';
import type { SettingsService } from '../settings/settings-service.ts';
import { createDocumentAdder } from './add-document.ts';
import type { DocumentAdder } from './add-document.ts';
import { createChangeSignal } from './change-signal.ts';
import type { ChangeSignal } from './change-signal.ts';
import { createDocumentIndexer } from './document-indexer.ts';
import type { DocumentIndexer } from './document-indexer.ts';
import type { DocumentsService } from './documents-service.ts';
import { createEmbeddingTurns } from './indexing/embedding-turns.ts';
import { createQuestionEmbedder } from './indexing/find-embedders.ts';
import type { QuestionEmbedder } from './indexing/find-embedders.ts';
import { readExcerpt } from './read-excerpt.ts';
import { rankingWeights } from './ranking/ranking-weights.ts';
import { createPassageReranker } from './ranking/rerank-passages.ts';
import { createReadingBoard } from './reading-board.ts';
import type { ReadingBoard } from './reading-board.ts';
import { readAskedWords, searchPassages } from './search-passages.ts';
import { createPageViewer } from './viewing/view-pages.ts';
import type { PageViewer } from './viewing/view-pages.ts';
import { watchValues } from './watch-values.ts';

/** What the service is made of. */
export type DocumentsServiceOptions = {
  readonly storage: Pick<Storage, 'documents' | 'passages' | 'libraryFiles'>;
  /** Reads what a person waits for. */
  readonly reader: DocumentReader;
  /** Reads what lies in collections; another process than `reader`'s. */
  readonly backgroundReader: DocumentReader;
  readonly drawer: PageDrawer;
  readonly engine: InferenceEngine;
  readonly models: Pick<ModelsService, 'embedder' | 'reranker' | 'resolve' | 'onChange'>;
  readonly files: Pick<FilesService, 'resolve' | 'release' | 'ticketForUpload'>;
  readonly settings: Pick<SettingsService, 'get' | 'onChange'>;
  readonly clock: Clock;
  readonly logger: Logger;
};

type Reading = Pick<DocumentsService, 'list' | 'get' | 'excerpt' | 'content' | 'search' | 'askedWords' | 'inScope'>;

/** Everything that only reads. */
function createReading(options: DocumentsServiceOptions, embedder: QuestionEmbedder): Reading {
  const { storage, logger } = options;
  const { documents, passages } = storage;
  const finding = {
    passages,
    documents,
    embedder,
    reranker: createPassageReranker(options),
    weights: rankingWeights,
    logger,
  };
  const get = async (id: DocumentId): Promise<DocumentDescription> => {
    const found = await documents.get(id);
    if (!found) throw new AppError('app/not-found', 'There is no such document.', { kind: 'document' });
    return found;
  };
  return {
    list: () => documents.list(),
    get,
    excerpt: async (id, start, end) => readExcerpt(storage, await get(id), start, end),
    async content(id) {
      const { characters } = await get(id);
      const [text, headings] = await Promise.all([documents.text(id, 0, characters), documents.headings(id)]);
      return { text, headings };
    },
    search: (request, signal) => searchPassages(request, finding, signal),
    askedWords: (query, scope) => readAskedWords({ query, scope }, finding),
    async inScope(scope, limit) {
      const ids = await documents.inScope(scope, limit);
      const found = await Promise.all(ids.map((id) => documents.get(id)));
      return found.filter((document) => document !== null);
    },
  };
}

type Removing = Pick<DocumentsService, 'remove' | 'restore' | 'removeOrphans'>;

/** Everything that takes documents away and brings them back. */
function createRemoving(
  { storage }: DocumentsServiceOptions,
  get: DocumentsService['get'],
  { indexer, viewer, onChange }: { indexer: DocumentIndexer; viewer: PageViewer; onChange: () => void },
): Removing {
  const { documents, libraryFiles } = storage;
  const forget = async (id: DocumentId): Promise<void> => {
    indexer.drop(id);
    await viewer.forget(id);
  };
  return {
    async remove(id) {
      // One that lies in a collection stays there; only the list of single documents loses it.
      if ((await libraryFiles.ofDocument(id)).length > 0) await documents.update(id, { isLoose: false });
      else {
        await forget(id);
        await documents.remove(id);
      }
      onChange();
    },
    async restore(id) {
      const known = await documents.get(id);
      if (known === null) await documents.restore(id);
      else await documents.update(id, { isLoose: true });
      const document = await get(id);
      if (document.status !== 'failed') indexer.enqueue(document);
      onChange();
      return document;
    },
    async removeOrphans() {
      const ids = await documents.removeOrphans();
      for (const id of ids) await forget(id);
      if (ids.length > 0) onChange();
    },
  };
}

async function resumeIndexing(indexer: DocumentIndexer, logger: Logger): Promise<void> {
  try {
    await indexer.resume();
  } catch (error) {
    logger.warn('indexing-not-resumed', { code: AppError.from(error).code });
  }
}

/** Looks again which embedder is wanted when the settings name another, or when a model came or went. */
function followEmbedder({ settings, models }: DocumentsServiceOptions, indexer: DocumentIndexer): () => void {
  let wanted: string | null | undefined;
  void settings.get().then(
    ({ embedderId }) => (wanted ??= embedderId),
    () => undefined,
  );
  const stopSettings = settings.onChange(({ embedderId }) => {
    if (wanted !== embedderId) indexer.replan();
    wanted = embedderId;
  });
  const stopModels = models.onChange(() => indexer.replan());
  return () => {
    stopSettings();
    stopModels();
  };
}

type Adding = Pick<DocumentsService, 'add' | 'addFile'>;

function createAdding({ files }: DocumentsServiceOptions, adder: DocumentAdder, closing: AbortSignal): Adding {
  const addFile: Adding['addFile'] = (request, signal) => adder.add(request, AbortSignal.any([signal, closing]));
  return {
    addFile,
    async add(ticket, signal) {
      const { path, name, sealKey } = files.resolve(ticket);
      const file = { path, name, ...(sealKey === undefined ? {} : { sealKey }) };
      // Only what was handed over as bytes lies sealed.
      const origin = sealKey === undefined ? 'path' : 'bytes';
      const document = await addFile({ file, origin, isLoose: true }, signal);
      await files.release(ticket);
      return document;
    },
  };
}

type Watching = Pick<DocumentsService, 'watch' | 'watchReading' | 'whenIndexed'>;

/** Everything that follows changes. */
function createWatching(
  { clock }: DocumentsServiceOptions,
  { list, get }: Reading,
  parts: {
    readonly indexer: DocumentIndexer;
    readonly board: ReadingBoard;
    readonly changes: ChangeSignal;
    readonly readings: ChangeSignal;
  },
): Watching {
  const { indexer, board, changes, readings } = parts;
  return {
    watch: (signal) => watchValues(list, changes, { clock, signal }),
    watchReading: (signal) => watchValues(() => board.readings, readings, { clock, signal }),
    async whenIndexed(id, signal) {
      indexer.hurry(id);
      for (;;) {
        signal.throwIfAborted();
        const changed = changes.next(signal);
        const document = await get(id);
        if (document.status !== 'indexing') return document;
        await changed;
      }
    },
  };
}

/** Makes the service, and goes on with what an earlier run left half indexed. */
export function createDocumentsService(options: DocumentsServiceOptions): DocumentsService {
  const { storage, engine, models, clock, logger } = options;
  const [changes, readings] = [createChangeSignal(), createChangeSignal()];
  const listeners = new Set<(id: DocumentId) => void>();
  const closing = new AbortController();
  const turns = createEmbeddingTurns(engine);
  const onIndexed = (id: DocumentId): void => {
    for (const listener of listeners) listener(id);
  };
  const indexer = createDocumentIndexer({ storage, turns, models, clock, logger, onChange: changes.notify, onIndexed });
  const board = createReadingBoard(readings.notify);
  const adder = createDocumentAdder({ ...options, indexer, board, onChange: changes.notify });
  const onDifference = (): void => {
    if (!indexer.isRebuilding) indexer.replan();
  };
  const { passages } = storage;
  const reading = createReading(options, createQuestionEmbedder({ passages, models, onDifference }, turns));
  const viewer = createPageViewer(options, reading.get);
  const resumed = resumeIndexing(indexer, logger);
  const stopFollowing = followEmbedder(options, indexer);

  const { forget: _, ...viewing } = viewer;
  return {
    ...reading,
    ...viewing,
    ...createAdding(options, adder, closing.signal),
    ...createRemoving(options, reading.get, { indexer, viewer, onChange: changes.notify }),
    ...createWatching(options, reading, { indexer, board, changes, readings }),
    setIndexingPaused: (isPaused) => indexer.setPaused(isPaused),
    get progress() {
      return indexer.progress;
    },
    onIndexed(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    onProgress: changes.subscribe,
    async changeEmbedder() {
      indexer.replan();
      await Promise.resolve();
    },
    get isRebuilding() {
      return indexer.isRebuilding;
    },
    async close() {
      closing.abort(new AppError('app/closing', 'Sotto is closing.'));
      stopFollowing();
      await resumed;
      await indexer.close();
      await adder.settled();
    },
  };
}
