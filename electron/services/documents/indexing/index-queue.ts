import type { Passage } from '../../../shared/document.ts';
import type { DocumentId } from '../../../shared/ids.ts';

/** A document on its way into the index. */
export class WaitingDocument {
  readonly id: DocumentId;
  /** Fetched and not handed out yet. */
  passages: readonly Passage[] = [];
  /** Handed out and not stored yet. */
  readonly pending = new Set<Passage['id']>();
  isFetchedWhole = false;
  isDropped = false;

  constructor(id: DocumentId) {
    this.id = id;
  }
}

/** Documents in the order in which they are indexed: those that somebody waits for, then the others as they came. */
export class IndexQueue {
  readonly #urgent = new Map<DocumentId, WaitingDocument>();
  readonly #others = new Map<DocumentId, WaitingDocument>();

  get isEmpty(): boolean {
    return this.#urgent.size === 0 && this.#others.size === 0;
  }

  /** Nothing happens when it is waiting already, but for becoming urgent. */
  add(id: DocumentId, isUrgent: boolean): void {
    if (isUrgent) this.hurry(id);
    if (this.#urgent.has(id) || this.#others.has(id)) return;
    (isUrgent ? this.#urgent : this.#others).set(id, new WaitingDocument(id));
  }

  /** Nothing happens when it is not waiting. */
  hurry(id: DocumentId): void {
    const document = this.#others.get(id);
    if (document === undefined) return;
    this.#others.delete(id);
    this.#urgent.set(id, document);
  }

  first(): WaitingDocument | null {
    for (const documents of [this.#urgent, this.#others]) {
      const { value } = documents.values().next();
      if (value !== undefined) return value;
    }
    return null;
  }

  delete(id: DocumentId): void {
    this.#urgent.delete(id);
    this.#others.delete(id);
  }

  get(id: DocumentId): WaitingDocument | null {
    return this.#urgent.get(id) ?? this.#others.get(id) ?? null;
  }

  /** Takes all of them. */
  drain(): readonly WaitingDocument[] {
    const all = [...this.#urgent.values(), ...this.#others.values()];
    this.#urgent.clear();
    this.#others.clear();
    return all;
  }
}
