import type { AppError } from '../../../shared/app-error.ts';
import type { Passage } from '../../../shared/document.ts';
import type { DocumentId } from '../../../shared/ids.ts';
import type { PassageRepository } from '../../../storage/storage.ts';
import type { Embedder } from './embedding-turns.ts';
import type { IndexQueue, WaitingDocument } from './index-queue.ts';
import type { PassageBatch } from './index-passages.ts';

/** Passages handed to the engine at once: two or three seconds of work on two cores. */
export const batchLength = 32;

/** Passages fetched from storage at once; with those that are on their way, storage gives no more than 1,000. */
const fetchLength = 500;

/** Where the next passages to embed come from. */
export interface PassageSource {
  /** Null when there is nothing to do now. Not to be called again before it has resolved. */
  next(): Promise<PassageBatch | null>;
  /** Told of every batch that `next` gave, once it is stored or has failed. */
  settle(batch: PassageBatch, failed: ReadonlyMap<DocumentId, AppError>): Promise<void>;
}

/** Batches on their way at once: while one is stored, the engine has the next and the one after it. */
const lanes = 3;

/** Works through a source, three batches at once. Rejects with the first error, after all batches have come to an end. */
export async function pumpPassages(source: PassageSource, work: (batch: PassageBatch) => Promise<void>): Promise<void> {
  let taking: Promise<unknown> = Promise.resolve();
  const take = async (): Promise<PassageBatch | null> => {
    const next = taking.then(() => source.next());
    taking = next.catch(() => undefined);
    return await next;
  };
  const lane = async (): Promise<void> => {
    for (let batch = await take(); batch !== null; batch = await take()) await work(batch);
  };
  const ends = await Promise.allSettled(Array.from({ length: lanes }, lane));
  for (const end of ends) if (end.status === 'rejected') throw end.reason;
}

/** What the passages of waiting documents are taken from. */
export type WaitingPassagesOptions = {
  readonly passages: Pick<PassageRepository, 'withoutVector'>;
  readonly queue: IndexQueue;
  readonly embedder: Embedder;
  /** True when something else has to be looked at first. */
  readonly mustTurn: () => boolean;
  /** Every passage of the document has its vector. */
  readonly onComplete: (id: DocumentId) => Promise<void>;
  readonly onFailed: (id: DocumentId, error: AppError) => Promise<void>;
};

/** Passages of the documents in the queue, those of small documents together. */
export class WaitingPassages implements PassageSource {
  readonly #options: WaitingPassagesOptions;
  readonly #batches = new Map<PassageBatch, readonly WaitingDocument[]>();

  constructor(options: WaitingPassagesOptions) {
    this.#options = options;
  }

  async next(): Promise<PassageBatch | null> {
    const { queue, embedder, mustTurn } = this.#options;
    const passages: Passage[] = [];
    const documents = new Set<WaitingDocument>();
    while (passages.length < batchLength && !mustTurn()) {
      const document = queue.first();
      if (document === null) break;
      if (document.passages.length === 0 && !document.isFetchedWhole) await this.#fetch(document);
      const taken = document.passages.slice(0, batchLength - passages.length);
      document.passages = document.passages.slice(taken.length);
      for (const { id } of taken) document.pending.add(id);
      passages.push(...taken);
      if (taken.length > 0) documents.add(document);
      if (document.isFetchedWhole && document.passages.length === 0) {
        queue.delete(document.id);
        await this.#completeIfDone(document);
      }
    }
    if (passages.length === 0) return null;
    const dropped = (id: DocumentId): boolean => [...documents].some((one) => one.id === id && one.isDropped);
    const batch: PassageBatch = { embedder, passages, isWanted: (id) => !dropped(id) };
    this.#batches.set(batch, [...documents]);
    return batch;
  }

  async settle(batch: PassageBatch, failed: ReadonlyMap<DocumentId, AppError>): Promise<void> {
    const documents = this.#batches.get(batch) ?? [];
    this.#batches.delete(batch);
    for (const document of documents) {
      for (const { id } of batch.passages) document.pending.delete(id);
      const error = failed.get(document.id);
      if (error === undefined || document.isDropped) await this.#completeIfDone(document);
      else {
        document.isDropped = true;
        this.#options.queue.delete(document.id);
        await this.#options.onFailed(document.id, error);
      }
    }
  }

  async #fetch(document: WaitingDocument): Promise<void> {
    const { passages, embedder } = this.#options;
    const limit = fetchLength + document.pending.size;
    const found = await passages.withoutVector(embedder.id, document.id, limit);
    document.isFetchedWhole = found.length < limit;
    document.passages = found.filter(({ id }) => !document.pending.has(id));
  }

  async #completeIfDone(document: WaitingDocument): Promise<void> {
    const { isFetchedWhole, isDropped, passages, pending } = document;
    if (isFetchedWhole && !isDropped && passages.length === 0 && pending.size === 0) {
      await this.#options.onComplete(document.id);
    }
  }
}
