import type { Clock } from '../../../platform/clock.ts';
import type { Logger } from '../../../platform/logger.ts';
import { AppError } from '../../../shared/app-error.ts';
import type { Passage } from '../../../shared/document.ts';
import type { DocumentId } from '../../../shared/ids.ts';
import type { PassageRepository } from '../../../storage/storage.ts';
import { embeddingText } from '../embedding-text.ts';
import type { Embedder, EmbeddingTurns } from './embedding-turns.ts';

/** What computing and storing vectors needs. */
export type IndexPassagesOptions = {
  readonly passages: Pick<PassageRepository, 'insertVectors'>;
  readonly turns: EmbeddingTurns;
  readonly clock: Clock;
  readonly logger: Logger;
};

/** Passages that are embedded together, and the model that does it. */
export type PassageBatch = {
  readonly embedder: Embedder;
  readonly passages: readonly Passage[];
  /** False for a document that nobody wants any more; asked after the vectors are there. */
  readonly isWanted: (id: DocumentId) => boolean;
};

/** A batch is tried again this often after the engine failed, waiting a second, then two, then four. */
const retries = 3;

const isWorthRetrying = (error: AppError): boolean =>
  error.code === 'engine/crashed' || error.code === 'engine/timeout';

async function embed({ embedder, passages }: PassageBatch, options: IndexPassagesOptions, signal: AbortSignal) {
  const { turns, clock, logger } = options;
  const texts = passages.map((passage) => `${embedder.prefixes.passage}${embeddingText(passage)}`);
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await turns.embed(embedder, texts, { priority: 'background', signal });
    } catch (thrown) {
      const error = AppError.from(thrown);
      if (signal.aborted || attempt >= retries || !isWorthRetrying(error)) throw thrown;
      logger.warn('indexing-retried', { code: error.code, attempt });
      await clock.delay(1_000 * 2 ** attempt, signal);
    }
  }
}

async function embedAndStore(batch: PassageBatch, options: IndexPassagesOptions, signal: AbortSignal): Promise<void> {
  const vectors = await embed(batch, options, signal);
  const wanted = batch.passages.flatMap(({ id: passageId, documentId }, index) => {
    const vector = vectors[index];
    if (vector === undefined) throw new AppError('engine/crashed', 'The engine gave fewer vectors than texts.');
    return batch.isWanted(documentId) ? [{ passageId, vector }] : [];
  });
  if (wanted.length > 0) await options.passages.insertVectors(batch.embedder.id, wanted);
}

/**
 * Computes and stores the vectors of a batch. Resolves with the documents that failed and why: where a batch fails, each of
 * its documents is tried by itself, so that one does not take the others with it. Throws only the signal's reason.
 */
export async function indexPassages(
  batch: PassageBatch,
  options: IndexPassagesOptions,
  signal: AbortSignal,
): Promise<ReadonlyMap<DocumentId, AppError>> {
  const failed = new Map<DocumentId, AppError>();
  const attempt = async (part: PassageBatch): Promise<AppError | null> => {
    try {
      await embedAndStore(part, options, signal);
      return null;
    } catch (error) {
      signal.throwIfAborted();
      return AppError.from(error);
    }
  };
  const error = await attempt(batch);
  if (error === null) return failed;
  const ids = [...new Set(batch.passages.map(({ documentId }) => documentId))].filter(batch.isWanted);
  const [only] = ids;
  if (ids.length === 1 && only !== undefined) return failed.set(only, error);
  for (const id of ids) {
    const passages = batch.passages.filter(({ documentId }) => documentId === id);
    const reason = await attempt({ ...batch, passages });
    if (reason !== null) failed.set(id, reason);
  }
  return failed;
}
