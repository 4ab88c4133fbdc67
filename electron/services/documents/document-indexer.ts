import type { Clock } from '../../platform/clock.ts';
import type { Logger } from '../../platform/logger.ts';
import { AppError } from '../../shared/app-error.ts';
import type { DocumentDescription } from '../../shared/document.ts';
import type { DocumentId, ModelId } from '../../shared/ids.ts';
import { untilAborted } from '../../shared/until-aborted.ts';
import type { Storage } from '../../storage/storage.ts';
import type { ModelsService } from '../models/models-service.ts';
import type { EmbeddingTurns } from './indexing/embedding-turns.ts';
import { indexPassages } from './indexing/index-passages.ts';
import type { PassageBatch } from './indexing/index-passages.ts';
import { IndexQueue } from './indexing/index-queue.ts';
import { MissingPassages } from './indexing/missing-passages.ts';
import { planIndexes, promoteWhenFilled } from './indexing/plan-indexes.ts';
import type { IndexPlan } from './indexing/plan-indexes.ts';
import { pumpPassages, WaitingPassages } from './indexing/waiting-passages.ts';
import type { PassageSource } from './indexing/waiting-passages.ts';

/** What the indexer works with. */
export type DocumentIndexerOptions = {
  readonly storage: Pick<Storage, 'documents' | 'passages'>;
  readonly turns: EmbeddingTurns;
  readonly models: Pick<ModelsService, 'embedder' | 'resolve'>;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Called after everything that changes a document or the progress. */
  readonly onChange: () => void;
  /** A document became ready or failed. */
  readonly onIndexed: (id: DocumentId) => void;
};

/** Computes the meaning of passages in the background. */
export interface DocumentIndexer {
  /** Nothing happens when the document is already waiting. Loose ones go first. */
  enqueue(document: Pick<DocumentDescription, 'id' | 'passages' | 'passagesIndexed' | 'isLoose'>): void;
  /** Somebody waits for the document: it goes before the others. */
  hurry(id: DocumentId): void;
  /** Stops work on a document that is being removed. */
  drop(id: DocumentId): void;
  setPaused(isPaused: boolean): void;
  /** Goes on with what an earlier run left, and with an index that was being built. */
  resume(): Promise<void>;
  /** Looks again which embedder is wanted. Nothing happens when it is the same. */
  replan(): void;
  readonly progress: { readonly done: number; readonly total: number } | null;
  readonly isRebuilding: boolean;
  close(): Promise<void>;
}

/** The engine is not asked again after this many batches in a row of which nothing came. */
const failuresInARow = 3;

/** A batch on its way; one that fills a gap can be broken off and done again. */
type Flight = { readonly batch: PassageBatch; readonly abort: AbortController; readonly canGiveWay: boolean };

class BackgroundIndexer implements DocumentIndexer {
  readonly #options: DocumentIndexerOptions;
  readonly #closing = new AbortController();
  readonly #queue = new IndexQueue();
  readonly #flights = new Set<Flight>();
  readonly #dropped = new Set<DocumentId>();
  /** In this session: what failed is not tried again by itself before the next start. */
  readonly #failed = new Set<DocumentId>();
  #plan: IndexPlan | null = null;
  /** The plan whose gaps were filled as far as they could be. */
  #filled: IndexPlan | null = null;
  #isPlanWanted = false;
  /** How often somebody asked to look again. */
  #planAsked = 0;
  #isRebuilding = false;
  #progress = { done: 0, total: 0 };
  #resting: PromiseWithResolvers<void> | null = null;
  #working: Promise<void> | null = null;
  #failures = 0;
  #lastFailure: AppError | null = null;

  constructor(options: DocumentIndexerOptions) {
    this.#options = options;
  }

  get progress(): { readonly done: number; readonly total: number } | null {
    if (this.#queue.isEmpty && this.#flights.size === 0 && !this.#isRebuilding) return null;
    const { done, total } = this.#progress;
    return { done, total: Math.max(done, total) };
  }

  get isRebuilding(): boolean {
    return this.#isRebuilding;
  }

  enqueue(document: Parameters<DocumentIndexer['enqueue']>[0]): void {
    const { id, passages, passagesIndexed, isLoose } = document;
    if (this.#closing.signal.aborted) return;
    this.#dropped.delete(id);
    this.#failed.delete(id);
    if (this.#queue.get(id) === null) this.#progress.total += passages - passagesIndexed;
    this.#queue.add(id, isLoose);
    if (isLoose) this.#giveWay();
    this.#wake();
  }

  hurry(id: DocumentId): void {
    this.#queue.hurry(id);
  }

  drop(id: DocumentId): void {
    const waiting = this.#queue.get(id);
    if (waiting !== null) {
      waiting.isDropped = true;
      this.#progress.total -= waiting.passages.length + waiting.pending.size;
    }
    this.#queue.delete(id);
    this.#dropped.add(id);
    for (const { batch, abort } of this.#flights) {
      if (batch.passages.every(({ documentId }) => this.#dropped.has(documentId))) abort.abort();
    }
  }

  setPaused(isPaused: boolean): void {
    if (isPaused) this.#resting ??= Promise.withResolvers<void>();
    else {
      this.#resting?.resolve();
      this.#resting = null;
    }
  }

  async resume(): Promise<void> {
    const { passages } = this.#options.storage;
    const indexes = await passages.indexes();
    for (const { modelId } of indexes) this.#isPlanWanted ||= (await passages.countWithoutVector(modelId)) > 0;
    this.#isPlanWanted ||= indexes.some(({ state }) => state === 'building');
    await this.#enqueueUnindexed(indexes.find(({ state }) => state === 'serving')?.modelId ?? null);
    this.#wake();
  }

  replan(): void {
    this.#plan = null;
    this.#filled = null;
    this.#failed.clear();
    this.#isPlanWanted = true;
    this.#planAsked += 1;
    this.#giveWay();
    this.#wake();
  }

  async close(): Promise<void> {
    this.#closing.abort();
    await this.#working;
  }

  #giveWay(): void {
    for (const { abort, canGiveWay } of this.#flights) if (canGiveWay) abort.abort();
  }

  #wake(): void {
    if (this.#closing.signal.aborted) return;
    this.#working ??= this.#work()
      .catch((error: unknown) => {
        if (!this.#closing.signal.aborted) {
          this.#options.logger.warn('indexing-ended', { code: AppError.from(error).code });
        }
      })
      .finally(() => {
        this.#working = null;
        this.#isRebuilding = false;
        this.#options.onChange();
        if (!this.#queue.isEmpty) this.#wake();
      });
  }

  async #work(): Promise<void> {
    const { signal } = this.#closing;
    for (;;) {
      if (this.#resting !== null) await untilAborted(this.#resting.promise, signal);
      signal.throwIfAborted();
      if (!(await this.#hasWork())) break;
      const plan = await this.#planOrFail();
      if (plan === null) break;
      if (!this.#queue.isEmpty) await this.#indexWaiting(plan);
      else if (this.#filled !== plan) await this.#fill(plan);
    }
    this.#progress = { done: 0, total: 0 };
  }

  /** An app without documents loads no embedder, and one whose indexes are complete does not look for one at its start. */
  async #hasWork(): Promise<boolean> {
    if (!this.#queue.isEmpty) return true;
    if (this.#plan !== null) return this.#filled !== this.#plan;
    return this.#isPlanWanted && (await this.#options.storage.passages.indexes()).length > 0;
  }

  /** Without an embedder nothing can be indexed: then everything that waits has failed, with the reason. */
  async #planOrFail(): Promise<IndexPlan | null> {
    const { storage, models, turns, logger } = this.#options;
    if (this.#plan !== null) return this.#plan;
    try {
      const asked = this.#planAsked;
      const plan = await planIndexes({ passages: storage.passages, models, turns }, this.#closing.signal);
      // Somebody asked for another one meanwhile: what was found may be of yesterday.
      if (asked !== this.#planAsked) return await this.#planOrFail();
      this.#plan = plan;
      this.#isPlanWanted = false;
      this.#isRebuilding = plan.building !== null || plan.hasStartedOver;
      if (plan.hasStartedOver) await this.#enqueueUnindexed(plan.serving.id);
      return plan;
    } catch (thrown) {
      this.#closing.signal.throwIfAborted();
      const error = AppError.from(thrown);
      this.#isPlanWanted = false;
      logger.warn('indexing-not-planned', { code: error.code });
      await this.#failAll(error);
      return null;
    }
  }

  /** What waits for vectors, loose ones first. `servingId` is the index whose gaps tell how much it is. */
  async #enqueueUnindexed(servingId: ModelId | null): Promise<void> {
    const { documents, passages } = this.#options.storage;
    for (const id of await documents.unindexed()) {
      const isNew = this.#queue.get(id) === null;
      this.#queue.add(id, false);
      if (isNew && servingId === null) this.#progress.total += (await documents.get(id))?.passages ?? 0;
    }
    if (servingId !== null) this.#progress.total += await passages.countWithoutVector(servingId);
  }

  async #failAll(error: AppError): Promise<void> {
    for (const { id } of this.#queue.drain()) await this.#fail(id, error);
  }

  async #indexWaiting(plan: IndexPlan): Promise<void> {
    const { passages } = this.#options.storage;
    const source = new WaitingPassages({
      passages,
      queue: this.#queue,
      embedder: plan.serving,
      mustTurn: () => this.#mustTurn(plan),
      onComplete: (id) => this.#complete(id),
      onFailed: (id, error) => this.#fail(id, error),
    });
    await pumpPassages(source, (batch) => this.#process(batch, source, null));
    if (this.#failures < failuresInARow) return;
    this.#failures = 0;
    await this.#failAll(this.#lastFailure ?? new AppError('engine/crashed', 'The engine failed again and again.'));
  }

  /** Fills the gaps of the index that is built, or of the one that serves; afterwards the one that was built serves. */
  async #fill(plan: IndexPlan): Promise<void> {
    const { storage, logger, onChange } = this.#options;
    const { documents, passages } = storage;
    const embedder = plan.building ?? plan.serving;
    const missing = await passages.countWithoutVector(embedder.id);
    this.#isRebuilding = plan.building !== null || missing > 0;
    this.#progress = { done: 0, total: missing };
    const unready = new Set<DocumentId>();
    const mustTurn = (): boolean => this.#mustTurn(plan) || !this.#queue.isEmpty;
    const source = new MissingPassages({
      passages,
      embedder,
      mustTurn,
      isWanted: (id) => !this.#dropped.has(id) && !this.#failed.has(id),
      onDocument: async (id) => {
        if ((await documents.get(id))?.status !== 'ready') unready.add(id);
      },
    });
    onChange();
    await pumpPassages(source, (batch) => this.#process(batch, source, mustTurn));
    const isBroken = this.#failures >= failuresInARow;
    if (isBroken) this.#failures = 0;
    else if (mustTurn()) return;
    this.#isRebuilding = false;
    this.#filled = plan;
    if (isBroken) return;
    if (plan.building !== null) {
      if (!(await promoteWhenFilled(embedder, passages))) return;
      logger.info('index-promoted', { passages: missing });
      // Whoever asked for another plan meanwhile gets it.
      if (this.#plan === plan) this.#plan = { serving: embedder, building: null, hasStartedOver: false };
      this.#filled = this.#plan;
    }
    for (const [id, error] of source.failed) await this.#fail(id, error);
    for (const id of unready) {
      const document = await documents.get(id);
      if (document !== null && document.passagesIndexed >= document.passages) await this.#complete(id);
    }
  }

  #mustTurn(plan: IndexPlan): boolean {
    return (
      this.#closing.signal.aborted || this.#resting !== null || this.#plan !== plan || this.#failures >= failuresInARow
    );
  }

  /** `mustGiveWay` is null for what documents wait for: that goes on whatever else is asked for. */
  async #process(batch: PassageBatch, source: PassageSource, mustGiveWay: (() => boolean) | null): Promise<void> {
    const { storage, onChange } = this.#options;
    const flight: Flight = { batch, abort: new AbortController(), canGiveWay: mustGiveWay !== null };
    this.#flights.add(flight);
    // It was fetched while somebody asked for something else, who could not tell it to stop.
    if (mustGiveWay?.() === true) flight.abort.abort();
    const signal = AbortSignal.any([flight.abort.signal, this.#closing.signal]);
    try {
      const failed = await indexPassages(batch, { ...this.#options, passages: storage.passages }, signal);
      this.#countFailures(batch, failed);
      this.#progress.done += batch.passages.length;
      await source.settle(batch, failed);
    } catch (error) {
      // Every document of it was removed, or it is done again later.
      if (!flight.abort.signal.aborted || this.#closing.signal.aborted) throw error;
      await source.settle(batch, new Map());
    } finally {
      this.#flights.delete(flight);
    }
    onChange();
  }

  /** What is wrong with the engine or the embedder is wrong for all documents. */
  #countFailures({ passages }: PassageBatch, failed: ReadonlyMap<DocumentId, AppError>): void {
    const isWhole = passages.every(({ documentId }) => failed.has(documentId));
    const reason = [...failed.values()].at(-1);
    if (!isWhole || reason === undefined) this.#failures = 0;
    else if (/^(?:engine|model)\//.test(reason.code)) {
      this.#failures += 1;
      this.#lastFailure = reason;
    }
  }

  async #complete(id: DocumentId): Promise<void> {
    await this.#tell(id, { status: 'ready', error: null });
  }

  async #fail(id: DocumentId, error: AppError): Promise<void> {
    this.#failed.add(id);
    this.#options.logger.warn('indexing-failed', { code: error.code });
    await this.#tell(id, { status: 'failed', error: error.toData() });
  }

  async #tell(id: DocumentId, change: Pick<DocumentDescription, 'status' | 'error'>): Promise<void> {
    const { storage, logger, onIndexed, onChange } = this.#options;
    try {
      await storage.documents.update(id, change);
    } catch (error) {
      logger.warn('indexing-status-not-stored', { code: AppError.from(error).code });
    }
    onIndexed(id);
    onChange();
  }
}

/** Makes an indexer; nothing happens before `resume` or `enqueue`. */
export function createDocumentIndexer(options: DocumentIndexerOptions): DocumentIndexer {
  return new BackgroundIndexer(options);
}
