import { basename } from 'node:path';
import type { Logger } from '../../platform/logger.ts';
import { AppError } from '../../shared/app-error.ts';
import { safeFileName } from '../../shared/file-name.ts';
import type { CollectionId, LibraryFileId, SourceId } from '../../shared/ids.ts';
import type { StoredFile, StoredSource } from '../../storage/storage.ts';
import type { DocumentsService } from '../documents/documents-service.ts';
import type { ChangeNews } from './change-news.ts';
import { noteSingleFile, readLibraryFile } from './read-library-file.ts';
import type { FileReadingOptions } from './read-library-file.ts';
import { createRereadBrake } from './reread-brake.ts';

/** What the queue works with. */
export type ReadingQueueOptions = FileReadingOptions & {
  readonly documents: Pick<DocumentsService, 'addFile' | 'removeOrphans'>;
  readonly logger: Logger;
  readonly sources: {
    sourceOf(id: SourceId): StoredSource | null;
    readonly absent: readonly SourceId[];
    of(collections: ReadonlySet<CollectionId>): readonly SourceId[];
    walk(id: SourceId): Promise<void>;
  };
  /** While true, only files of collections that someone waits for are read. */
  readonly isHalted: () => boolean;
  /** Collections that are read only while someone waits for them. */
  readonly paused: () => ReadonlySet<CollectionId>;
  /** Somebody begins or ends to wait for a collection. */
  readonly onUrgency: () => void;
  /** Told of everything that changes what the queue may do, and tells of every file. */
  readonly news: ChangeNews;
};

/** What could be read next, or when it may be. */
type Choice = { readonly file: StoredFile } | { readonly againAtMs: number | null };

/** A file that is read beside the others, because a person added it just now. */
type AskedFile = { readonly sourceId: SourceId; readonly ending: AbortController; readonly done: Promise<void> };

/** Files asked for at once: more than can be held back at a time in the usual case. */
const askedAtOnce = 32;
/** After the disk was full or the database did not answer. */
const backOffMs = 30_000;
/** A file that was not where it was is looked at again after this, when a walk has said where it went. */
const goneMs = 5_000;

/** Reads waiting files one at a time, small ones first, whenever it may. */
export class ReadingQueue {
  readonly #options: ReadingQueueOptions;
  readonly #closing = new AbortController();
  readonly #brake = createRereadBrake();
  readonly #heldUntilMs = new Map<LibraryFileId, number>();
  readonly #urgent = new Map<CollectionId, number>();
  readonly #asked = new Map<LibraryFileId, AskedFile>();
  #current: { readonly file: StoredFile; readonly ending: AbortController } | null = null;
  #turn: Promise<unknown> = Promise.resolve();
  #areOrphansDue = true;
  #holders = 0;
  #tidying: Promise<void> = Promise.resolve();
  #working: Promise<void> | null = null;

  constructor(options: ReadingQueueOptions) {
    this.#options = options;
  }

  start(): void {
    this.#working ??= this.#work();
  }

  /** Name of the file that is being read; null between two. */
  get current(): string | null {
    return this.#current && safeFileName(basename(this.#current.file.path));
  }

  /** Collections that are read whatever pauses stand. */
  get hasUrgent(): boolean {
    return this.#urgent.size > 0;
  }

  /** Someone waits for the collection, until what is returned is called. */
  hurry(id: CollectionId): () => void {
    const { news, onUrgency } = this.#options;
    this.#urgent.set(id, (this.#urgent.get(id) ?? 0) + 1);
    onUrgency();
    news.tell();
    return () => {
      const left = (this.#urgent.get(id) ?? 1) - 1;
      if (left > 0) this.#urgent.set(id, left);
      else this.#urgent.delete(id);
      onUrgency();
      news.tell();
    };
  }

  /** What was read of some file may be nobody's now: looked for when nothing waits, because it may have moved. */
  noteRemovals(): void {
    this.#areOrphansDue = true;
    this.#options.news.tell();
  }

  /** A pause has begun: what is being read is put back, unless someone waits for it. */
  noteHalt(): void {
    const { current } = { current: this.#current };
    if (current && !this.#urgent.has(current.file.collectionId)) current.ending.abort();
  }

  /** Other collections are paused now: what is being read of one is put back, unless someone waits for it. */
  notePauses(): void {
    const { current } = { current: this.#current };
    if (current && this.#options.paused().has(current.file.collectionId)) this.noteHalt();
  }

  /** Files of this source are no longer read; resolves when none is. */
  async leave(id: SourceId): Promise<void> {
    const asked = [...this.#asked.values()].filter(({ sourceId }) => sourceId === id);
    for (const { ending } of asked) ending.abort();
    await Promise.all(asked.map(({ done }) => done));
    if (this.#current?.file.sourceId !== id) return;
    this.#current.ending.abort();
    await this.#turn;
  }

  /**
   * Reads the file of a source that is one file, at once: beside what is being read, and whatever pauses stand, because a
   * person added it just now. What goes wrong leaves it to the queue. Resolves when it is linked to its document.
   */
  async readAsked(source: StoredSource): Promise<void> {
    const { storage, news, logger } = this.#options;
    try {
      const file = await noteSingleFile(source, this.#options);
      if (file === null || this.#closing.signal.aborted || this.#asked.has(file.id)) return;
      const ending = new AbortController();
      const done = this.#readBeside(file, source, ending.signal);
      this.#asked.set(file.id, { sourceId: source.id, ending, done: done.catch(() => undefined) });
      try {
        await done;
      } finally {
        this.#asked.delete(file.id);
        if ((await storage.libraryFiles.get(file.id))?.status === 'waiting') news.tell();
      }
    } catch (error) {
      if (!this.#closing.signal.aborted) logger.warn('asked-file-not-read', { code: AppError.from(error).code });
    }
  }

  /**
   * Until what is returned is called, nothing is taken for nobody's: a document is being added that nothing is linked to yet.
   */
  async keepOrphans(): Promise<() => void> {
    this.#holders += 1;
    await this.#tidying;
    return () => {
      this.#holders -= 1;
      this.#options.news.tell();
    };
  }

  /** Removes what is nobody's, as soon as no file is between being read and being linked. */
  async tidy(): Promise<void> {
    await this.#inTurn(async () => {
      if (!this.#areOrphansDue || this.#holders > 0) return;
      this.#areOrphansDue = false;
      const tidying = this.#options.documents.removeOrphans();
      this.#tidying = tidying.catch(() => undefined);
      await tidying;
    });
  }

  async close(): Promise<void> {
    this.#closing.abort(new AppError('app/closing', 'Sotto is closing.'));
    await this.#working;
    await this.#turn;
    await Promise.all([...this.#asked.values()].map(({ done }) => done));
  }

  /** The document is held while nothing is linked to it yet, as it is not read in turn. */
  async #readBeside(file: StoredFile, source: StoredSource, ending: AbortSignal): Promise<void> {
    const release = await this.keepOrphans();
    const signal = AbortSignal.any([ending, this.#closing.signal]);
    try {
      await readLibraryFile(file, source, { ...this.#options, isAwaited: true }, signal);
    } catch (error) {
      if (!ending.aborted) throw error;
    } finally {
      release();
    }
  }

  #inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    const result = this.#turn.then(work);
    this.#turn = result.catch(() => undefined);
    return result;
  }

  async #work(): Promise<void> {
    const { news, clock, logger } = this.#options;
    const { signal } = this.#closing;
    while (!signal.aborted) {
      const changed = news.next(signal);
      try {
        const choice = await this.#choose();
        if ('file' in choice) {
          await this.#inTurn(async () => await this.#read(choice.file));
          continue;
        }
        if (this.#areOrphansDue && (this.hasUrgent || !this.#options.isHalted())) await this.tidy();
        const waitMs = choice.againAtMs === null ? null : Math.max(10, choice.againAtMs - clock.monotonicMs());
        await (waitMs === null ? changed : Promise.race([changed, news.next(signal, waitMs)]));
      } catch (error) {
        if (signal.aborted) return;
        logger.warn('library-reading-halted', { code: AppError.from(error).code });
        await clock.delay(backOffMs, signal).catch(() => undefined);
      }
    }
  }

  async #choose(): Promise<Choice> {
    const { isHalted } = this.#options;
    let againAtMs: number | null = null;
    const scopes = [...this.#urgent.keys(), ...(isHalted() ? [] : [null])];
    for (const collectionId of scopes) {
      const choice = await this.#chooseFrom(collectionId);
      if ('file' in choice) return choice;
      if (choice.againAtMs !== null) againAtMs = Math.min(againAtMs ?? Infinity, choice.againAtMs);
    }
    return { againAtMs };
  }

  async #chooseFrom(collectionId: CollectionId | null): Promise<Choice> {
    const { storage, sources, clock, paused } = this.#options;
    const exceptSources = [...sources.absent, ...(collectionId === null ? sources.of(paused()) : [])];
    const files = await storage.libraryFiles.waiting(askedAtOnce, { collectionId, exceptSources });
    const now = clock.monotonicMs();
    let againAtMs: number | null = null;
    for (const file of files) {
      if (this.#asked.has(file.id)) continue;
      // Somebody who waits is not told that a file changes too often.
      const brakedUntilMs = collectionId === null ? this.#brake.readableAtMs(file.id) : 0;
      const heldUntilMs = Math.max(brakedUntilMs, this.#heldUntilMs.get(file.id) ?? 0);
      if (heldUntilMs <= now) return { file };
      againAtMs = Math.min(againAtMs ?? Infinity, heldUntilMs);
    }
    return { againAtMs };
  }

  async #read(file: StoredFile): Promise<void> {
    const { clock, sources, news } = this.#options;
    const source = sources.sourceOf(file.sourceId);
    this.#heldUntilMs.delete(file.id);
    if (source === null) return this.#hold(file, goneMs);
    const ending = new AbortController();
    this.#current = { file, ending };
    news.tell();
    try {
      const signal = AbortSignal.any([ending.signal, this.#closing.signal]);
      const result = await readLibraryFile(file, source, this.#options, signal);
      if (result.kind === 'read') this.#brake.note(file.id, clock.monotonicMs());
      else this.#hold(file, result.kind === 'hot' ? result.againInMs : goneMs);
      if (result.kind === 'read' && file.documentId !== null) this.#areOrphansDue = true;
      // Where it went, or whether its drive is gone, is for a walk to tell.
      if (result.kind === 'gone') void sources.walk(source.id).catch(() => undefined);
    } catch (error) {
      if (!ending.signal.aborted) throw error;
    } finally {
      this.#current = null;
      news.tell();
    }
  }

  #hold({ id }: StoredFile, delayMs: number): void {
    this.#heldUntilMs.set(id, this.#options.clock.monotonicMs() + delayMs);
  }
}
