import { join } from 'node:path';
import { AppError } from '../../shared/app-error.ts';
import type { CollectionId } from '../../shared/ids.ts';
import type { LibraryProgress } from '../../shared/library.ts';
import type { Settings } from '../../shared/settings.ts';
import type { ChangeNews } from './change-news.ts';
import type { LibraryServiceOptions } from './library-service-options.ts';
import { GentlePauses } from './gentle-pauses.ts';
import { createProgressMeter, idleProgress } from './library-progress.ts';
import { readProcessorTimes } from '../../platform/processor-times.ts';
import { ReadingQueue } from './reading-queue.ts';
import { WalkSchedule } from './walk-schedule.ts';
import { followLeftDocuments } from './wait-until-settled.ts';

/** What the background work is made of. */
export type LibraryWorkOptions = LibraryServiceOptions & { readonly news: ChangeNews };

/** Between two countings of what is left. */
const refreshMs = 250;

/** What the system and other programs keep for themselves. */
function systemFolders(operatingSystem: NodeJS.Platform, homeFolder: string): readonly string[] {
  if (operatingSystem === 'darwin') return ['/System', '/Library', join(homeFolder, 'Library')];
  if (operatingSystem === 'win32') return [join(homeFolder, 'AppData')];
  return ['/proc', '/sys', '/dev', '/run'];
}

/** Everything that goes on behind the calls: walks, watchers, the reading queue, pauses and the progress over all. */
export class LibraryWork {
  readonly schedule: WalkSchedule;
  readonly queue: ReadingQueue;
  readonly #options: LibraryWorkOptions;
  readonly #pauses: GentlePauses;
  readonly #meter: ReturnType<typeof createProgressMeter>;
  readonly #closing = new AbortController();
  readonly #following = new Set<Promise<void>>();
  readonly #isStaying: boolean;
  #stopListening: (() => void) | null = null;
  #stopFollowingSettings: (() => void) | null = null;
  /** Collections that are not read, as a person wishes. */
  #paused: ReadonlySet<CollectionId> = new Set();
  #progress: LibraryProgress = idleProgress;
  #started: Promise<void> = Promise.resolve();
  #counting: Promise<void> = Promise.resolve();

  constructor(options: LibraryWorkOptions) {
    const { storage, documents, settings, platform, news, fileLimit } = options;
    const { clock, logger, folders } = platform;
    this.#options = options;
    this.#isStaying = platform.door !== 'terminal' && !storage.opened.isReadOnly;
    this.#meter = createProgressMeter(clock);
    this.#pauses = new GentlePauses({
      settings,
      platform,
      clock,
      processorTimes: readProcessorTimes,
      hasWork: () => this.#progress.filesTotal > 0 || documents.progress !== null,
      onChange: () => this.#followPauses(),
    });
    this.schedule = new WalkSchedule({
      storage,
      clock,
      logger,
      fileLimit,
      excluded: new Set([
        folders.data,
        folders.models,
        folders.temporary,
        ...systemFolders(platform.operatingSystem, options.homeFolder),
      ]),
      isStaying: this.#isStaying,
      operatingSystem: platform.operatingSystem,
      onChange: () => news.tell(),
      onRemovals: () => this.queue.noteRemovals(),
    });
    this.queue = new ReadingQueue({
      storage,
      documents,
      clock,
      logger,
      news,
      sources: this.schedule,
      onUrgency: () => this.#followPauses(),
      paused: () => this.#paused,
      isHalted: () => !this.#isStaying || this.#pauses.isHalted,
    });
  }

  /** Resolves when every source that is stored is looked after. */
  get started(): Promise<void> {
    return this.#started;
  }

  get progress(): LibraryProgress {
    return this.#progress;
  }

  /** The signal, and the end of the work. */
  endingWith(signal: AbortSignal): AbortSignal {
    return AbortSignal.any([signal, this.#closing.signal]);
  }

  start(): void {
    const { documents, storage, news, platform } = this.#options;
    this.#stopListening = documents.onIndexed((id) => {
      const following = storage.libraryFiles.followDocument(id).then(
        () => news.tell(),
        (error: unknown) => platform.logger.warn('document-not-followed', { code: AppError.from(error).code }),
      );
      this.#following.add(following);
      void following.finally(() => this.#following.delete(following));
    });
    this.#started = this.#begin();
    this.#started.catch((error: unknown) => {
      if (!this.#closing.signal.aborted)
        platform.logger.warn('library-not-started', { code: AppError.from(error).code });
    });
    this.#counting = this.#count();
  }

  /** Counts what is left, now. */
  async refresh(): Promise<LibraryProgress> {
    const { storage, documents } = this.#options;
    const collections = await storage.collections.list();
    // What is paused is no work to wait for.
    const running = collections.filter(({ id }) => !this.#paused.has(id));
    const counts = await Promise.all(running.map(({ id }) => storage.collections.counts(id)));
    const pending = counts.reduce((sum, count) => sum + count.pending, 0);
    const reason = this.#isStaying ? this.#pauses.reason : null;
    this.#progress = this.#meter({
      pending,
      current: this.queue.current,
      pause: reason ?? ((await this.#isOfflineOnly(pending)) ? 'offline-drive' : null),
      isRebuilding: documents.isRebuilding,
    });
    if (pending > 0) this.#pauses.noteWork();
    return this.#progress;
  }

  async close(): Promise<void> {
    this.#closing.abort(new AppError('app/closing', 'Sotto is closing.'));
    this.#stopListening?.();
    this.#stopFollowingSettings?.();
    this.#pauses.close();
    await this.#started.catch(() => undefined);
    await this.schedule.close();
    await this.queue.close();
    await this.#counting;
    await Promise.all(this.#following);
  }

  async #begin(): Promise<void> {
    const { storage, settings } = this.#options;
    this.#stopFollowingSettings = settings.onChange((changed) => this.#pauseCollections(changed));
    this.#pauseCollections(await settings.get());
    if (this.#isStaying) await this.#pauses.start();
    const collections = await storage.collections.list();
    const living = new Set(collections.map(({ id }) => id));
    for (const source of await storage.collections.sources()) {
      if (living.has(source.collectionId)) await this.schedule.track(source);
    }
    this.queue.start();
    if (!this.#isStaying) return;
    for (const { id } of collections) await followLeftDocuments(storage, id);
    this.#options.news.tell();
  }

  #pauseCollections({ pausedCollectionIds }: Pick<Settings, 'pausedCollectionIds'>): void {
    this.#paused = new Set(pausedCollectionIds);
    this.queue.notePauses();
    this.#options.news.tell();
  }

  /** Also a pause does not hold up what somebody waits for. */
  #followPauses(): void {
    const { documents, news } = this.#options;
    if (!this.#isStaying) return;
    const { isHalted, reason } = this.#pauses;
    documents.setIndexingPaused(isHalted && !this.queue.hasUrgent);
    // Beside another program, what was begun is finished first: putting it back would cost more than it saves.
    if (isHalted && reason !== 'busy') this.queue.noteHalt();
    news.tell();
  }

  async #isOfflineOnly(pending: number): Promise<boolean> {
    const { absent } = this.schedule;
    if (pending === 0 || absent.length === 0 || this.queue.current !== null) return false;
    if (this.#options.documents.progress !== null) return false;
    return (await this.#options.storage.libraryFiles.waiting(1, { exceptSources: absent })).length === 0;
  }

  async #count(): Promise<void> {
    const { news, platform } = this.#options;
    const { signal } = this.#closing;
    while (!signal.aborted) {
      const changed = news.next(signal);
      await this.refresh().catch((error: unknown) => {
        if (!signal.aborted) platform.logger.warn('library-not-counted', { code: AppError.from(error).code });
      });
      await changed;
      await platform.clock.delay(refreshMs, signal).catch(() => undefined);
    }
  }
}
