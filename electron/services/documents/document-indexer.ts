import type { InferenceEngine } from '../../inference/engine.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Logger } from '../../platform/logger.ts';
import { AppError } from '../../shared/app-error.ts';
import type { DocumentDescription, Passage } from '../../shared/document.ts';
import type { DocumentId } from '../../shared/ids.ts';
import type { Storage } from '../../storage/storage.ts';
import type { ModelsService } from '../models/models-service.ts';
import { embeddingText } from './embedding-text.ts';

/** What the indexer works with. */
export type DocumentIndexerOptions = {
  readonly storage: Pick<Storage, 'documents' | 'passages'>;
  readonly engine: InferenceEngine;
  readonly models: Pick<ModelsService, 'embedder'>;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Called after everything that changes a document or the progress. */
  readonly onChange: () => void;
};

/** Computes the meaning of passages in the background, one document after the other. */
export interface DocumentIndexer {
  /** Nothing happens when the document is already waiting. */
  enqueue(document: Pick<DocumentDescription, 'id' | 'passages' | 'passagesIndexed'>): void;
  /** Stops work on a document that is being removed. */
  drop(id: DocumentId): void;
  readonly progress: { readonly done: number; readonly total: number } | null;
  close(): Promise<void>;
}

type Entry = { readonly id: DocumentId; readonly total: number; done: number; readonly abort: AbortController };

/** Passages handed to the engine at once: some seconds of work, so that it is never idle between two. */
const batchLength = 48;

/** A batch is tried again this often after the engine failed, waiting a second, then two, then four. */
const retries = 3;

const isWorthRetrying = (error: AppError): boolean =>
  error.code === 'engine/crashed' || error.code === 'engine/timeout';

class BackgroundIndexer implements DocumentIndexer {
  readonly #options: DocumentIndexerOptions;
  readonly #closing = new AbortController();
  #queue: readonly Entry[] = [];
  #finishedPassages = 0;
  #working: Promise<void> | null = null;

  constructor(options: DocumentIndexerOptions) {
    this.#options = options;
  }

  get progress(): { readonly done: number; readonly total: number } | null {
    if (this.#queue.length === 0) return null;
    const sum = (pick: (entry: Entry) => number): number =>
      this.#queue.reduce((total, entry) => total + pick(entry), 0);
    return {
      done: this.#finishedPassages + sum(({ done }) => done),
      total: this.#finishedPassages + sum(({ total }) => total),
    };
  }

  enqueue({ id, passages, passagesIndexed }: Pick<DocumentDescription, 'id' | 'passages' | 'passagesIndexed'>): void {
    if (this.#closing.signal.aborted || this.#queue.some((entry) => entry.id === id)) return;
    this.#queue = [...this.#queue, { id, total: passages, done: passagesIndexed, abort: new AbortController() }];
    this.#working ??= this.#work().finally(() => {
      this.#working = null;
    });
  }

  drop(id: DocumentId): void {
    for (const entry of this.#queue) if (entry.id === id) entry.abort.abort();
    this.#queue = this.#queue.filter((entry) => entry.id !== id);
  }

  async close(): Promise<void> {
    this.#closing.abort();
    await this.#working;
  }

  async #work(): Promise<void> {
    for (let entry = this.#queue[0]; entry; entry = this.#queue[0]) {
      const signal = AbortSignal.any([entry.abort.signal, this.#closing.signal]);
      try {
        await this.#index(entry, signal);
      } catch (error) {
        if (this.#closing.signal.aborted) return;
        if (!signal.aborted) await this.#fail(entry.id, AppError.from(error));
      }
      const { id } = entry;
      this.#finishedPassages += entry.total;
      this.#queue = this.#queue.filter((other) => other.id !== id);
      if (this.#queue.length === 0) this.#finishedPassages = 0;
      this.#options.onChange();
    }
  }

  async #index(entry: Entry, signal: AbortSignal): Promise<void> {
    const { storage, onChange } = this.#options;
    let storing: Promise<void> = Promise.resolve();
    for (let batch = await this.#nextBatch(entry.id, []); batch.length > 0;) {
      const vectors = await this.#embed(batch, signal);
      await storing;
      const current = batch;
      // Storing and fetching happen while the engine computes the next batch, so that it does not wait for the disk.
      storing = storage.passages
        .insertVectors(current.map(({ id: passageId }, index) => ({ passageId, vector: vectors[index] ?? missing() })))
        .then(() => {
          entry.done += current.length;
          onChange();
        });
      storing.catch(() => undefined);
      batch = await this.#nextBatch(entry.id, current);
    }
    await storing;
    await storage.documents.update(entry.id, { status: 'ready', error: null });
  }

  /** The passages after those of `pending`, which may not be stored yet. */
  async #nextBatch(id: DocumentId, pending: readonly Passage[]): Promise<readonly Passage[]> {
    const known = new Set(pending.map((passage) => passage.id));
    const found = await this.#options.storage.passages.withoutVector(id, batchLength + known.size);
    return found.filter((passage) => !known.has(passage.id)).slice(0, batchLength);
  }

  async #embed(batch: readonly Passage[], signal: AbortSignal): Promise<readonly Float32Array[]> {
    const { engine, models, clock, logger } = this.#options;
    const texts = batch.map(embeddingText);
    for (let attempt = 0; ; attempt += 1) {
      try {
        const { path } = await models.embedder();
        await engine.load({ slot: 'embedding', path }, { signal });
        return await engine.embed(texts, { priority: 'background', signal });
      } catch (thrown) {
        const error = AppError.from(thrown);
        if (signal.aborted || attempt >= retries || !isWorthRetrying(error)) throw thrown;
        logger.warn('indexing-retried', { code: error.code, attempt });
        await clock.delay(1_000 * 2 ** attempt, signal);
      }
    }
  }

  async #fail(id: DocumentId, error: AppError): Promise<void> {
    this.#options.logger.warn('indexing-failed', { code: error.code });
    try {
      await this.#options.storage.documents.update(id, { status: 'failed', error: error.toData() });
    } catch (thrown) {
      // A document that was removed meanwhile has nothing to be told.
      this.#options.logger.warn('indexing-failure-not-stored', { code: AppError.from(thrown).code });
    }
  }
}

function missing(): never {
  throw new AppError('engine/crashed', 'The engine returned fewer vectors than texts.');
}

/** Makes an indexer without work. */
export function createDocumentIndexer(options: DocumentIndexerOptions): DocumentIndexer {
  return new BackgroundIndexer(options);
}
