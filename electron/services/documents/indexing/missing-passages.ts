import type { AppError } from '../../../shared/app-error.ts';
import type { Passage } from '../../../shared/document.ts';
import type { DocumentId } from '../../../shared/ids.ts';
import type { PassageRepository } from '../../../storage/storage.ts';
import type { Embedder } from './embedding-turns.ts';
import type { PassageBatch } from './index-passages.ts';
import { batchLength } from './waiting-passages.ts';
import type { PassageSource } from './waiting-passages.ts';

/** Passages fetched from storage at once; with those that are on their way, storage gives no more than 1,000. */
const fetchLength = 500;

/** What the missing passages are looked up in. */
export type MissingPassagesOptions = {
  readonly passages: Pick<PassageRepository, 'withoutVector'>;
  readonly embedder: Embedder;
  readonly mustTurn: () => boolean;
  /** Told of each document once, when its first passages are handed out. */
  readonly onDocument: (id: DocumentId) => Promise<void>;
  readonly isWanted: (id: DocumentId) => boolean;
};

/** All passages that an index lacks, whatever document they are of: for an index that is built beside another. */
export class MissingPassages implements PassageSource {
  readonly #options: MissingPassagesOptions;
  readonly #pending = new Set<Passage['id']>();
  /** Documents that failed or are not wanted: their passages stay missing, and would stand before all others. */
  readonly #skipped = new Set<DocumentId>();
  readonly #failed = new Map<DocumentId, AppError>();
  readonly #seen = new Set<DocumentId>();
  #fetched: readonly Passage[] = [];

  constructor(options: MissingPassagesOptions) {
    this.#options = options;
  }

  /** Documents that could not be indexed, and why. */
  get failed(): ReadonlyMap<DocumentId, AppError> {
    return this.#failed;
  }

  async next(): Promise<PassageBatch | null> {
    const { embedder, mustTurn, isWanted, onDocument } = this.#options;
    if (mustTurn()) return null;
    if (this.#fetched.length === 0) await this.#fetch();
    const passages = this.#fetched.slice(0, batchLength);
    this.#fetched = this.#fetched.slice(batchLength);
    if (passages.length === 0) return null;
    for (const { id, documentId } of passages) {
      this.#pending.add(id);
      if (this.#seen.has(documentId)) continue;
      this.#seen.add(documentId);
      await onDocument(documentId);
    }
    return { embedder, passages, isWanted };
  }

  async settle({ passages }: PassageBatch, failed: ReadonlyMap<DocumentId, AppError>): Promise<void> {
    for (const { id } of passages) this.#pending.delete(id);
    for (const [id, error] of failed) this.#failed.set(id, error);
    // Its other passages would fail as well, and hold up those that do not.
    this.#fetched = this.#fetched.filter((passage) => !this.#skip(passage));
    await Promise.resolve();
  }

  #skip({ documentId }: Passage): boolean {
    const isSkipped = this.#failed.has(documentId) || !this.#options.isWanted(documentId);
    if (isSkipped) this.#skipped.add(documentId);
    return isSkipped;
  }

  async #fetch(): Promise<void> {
    const { passages, embedder } = this.#options;
    for (;;) {
      const before = this.#skipped.size;
      const limit = fetchLength + this.#pending.size;
      const found = await passages.withoutVector(embedder.id, null, limit, [...this.#skipped]);
      this.#fetched = found.filter((passage) => !this.#pending.has(passage.id) && !this.#skip(passage));
      // All that came was skipped just now: what can be done lies behind it.
      if (this.#fetched.length > 0 || this.#skipped.size === before) return;
    }
  }
}
