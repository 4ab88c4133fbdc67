import { lstat } from 'node:fs/promises';
import type { Clock } from '../../platform/clock.ts';
import type { Logger } from '../../platform/logger.ts';
import { AppError } from '../../shared/app-error.ts';
import type { CollectionId, SourceId } from '../../shared/ids.ts';
import type { SourceState } from '../../shared/library.ts';
import type { StoredSource } from '../../storage/storage.ts';
import { checkFiles } from './check-files.ts';
import { uploadName } from './upload-path.ts';
import { walkSource } from './walk-source.ts';
import type { SourceWalkOptions, WalkResult } from './walk-source.ts';
import { FolderWatcher } from './watch-source.ts';
import type { SourceWatcher, SourceWatchOptions } from './watch-source.ts';

/** What looking after sources needs. */
export type WalkScheduleOptions = SourceWalkOptions & {
  readonly clock: Clock;
  readonly logger: Logger;
  /** False for a door that ends soon: nothing is walked through unless asked for, and nothing is watched. */
  readonly isStaying: boolean;
  readonly operatingSystem: NodeJS.Platform;
  /** See `SourceWatchOptions`. */
  readonly watchFolder?: SourceWatchOptions['watchFolder'];
  /** Files or the state of a source are other than before. */
  readonly onChange: () => void;
  /** What was read of some file may be nobody's now. */
  readonly onRemovals: () => void;
};

/** A walk through a source, or a look at some of its files. */
type Job = { paths: ReadonlySet<string> | null; readonly done: PromiseWithResolvers<void> };

type Tracked = {
  source: StoredSource;
  state: SourceState;
  watcher: SourceWatcher | null;
  /** Ends when the source is no longer looked after, or is looked after in another way. */
  ending: AbortController;
  isHintPending: boolean;
  walkedAtMs: number;
  durationMs: number;
  /** See `deviceOf`. */
  device: number | null;
};

/** Between two looks at what is due. */
const tickMs = 30_000;
/** A source that is watched is walked through so often all the same; one that cannot be, more often. */
const watchedIntervalMs = 10 * 60_000;
const unwatchedIntervalMs = 60_000;
/** Changes that come all the time may cost one part in this many of the time. */
const restFactor = 5;

/** The device that a source lies on; null where it is not there. */
async function deviceOf({ path }: StoredSource): Promise<number | null> {
  return (await lstat(path).catch(() => null))?.dev ?? null;
}

/**
 * Looks after sources: walks through them one after the other, at start, when a watcher gives a hint, and now and then;
 * what is missing is looked for every 30 seconds.
 */
export class WalkSchedule {
  readonly #options: WalkScheduleOptions;
  readonly #tracked = new Map<SourceId, Tracked>();
  readonly #jobs = new Map<SourceId, Job>();
  readonly #closing = new AbortController();
  #working: Promise<void> | null = null;
  #current: { readonly id: SourceId; readonly done: Promise<void> } | null = null;
  #isTicking = false;

  constructor(options: WalkScheduleOptions) {
    this.#options = options;
  }

  /** Begins to look after a source; one that was known is looked at anew, with its new patterns. */
  async track(source: StoredSource): Promise<void> {
    await this.forget(source.id);
    if (this.#closing.signal.aborted) return;
    const isUpload = uploadName(source.path) !== null;
    this.#tracked.set(source.id, {
      source,
      state: isUpload ? 'watching' : 'scanning',
      watcher: null,
      ending: new AbortController(),
      isHintPending: false,
      walkedAtMs: 0,
      durationMs: 0,
      device: null,
    });
    if (!this.#options.isStaying || isUpload) return;
    this.#tick();
    this.walk(source.id).catch(() => undefined);
  }

  /** Ends looking after a source, and waits until nothing is written for it any more. */
  async forget(id: SourceId): Promise<void> {
    const tracked = this.#tracked.get(id);
    if (tracked === undefined) return;
    this.#tracked.delete(id);
    tracked.ending.abort(new AppError('app/not-found', 'The source is no longer followed.', { kind: 'source' }));
    if (this.#current?.id === id) await this.#current.done.catch(() => undefined);
    tracked.watcher?.close();
  }

  /** `scanning` for one that is not known, or was not walked through yet. */
  stateOf(id: SourceId): SourceState {
    return this.#tracked.get(id)?.state ?? 'scanning';
  }

  /** Sources whose files cannot be read at the moment. */
  get absent(): readonly SourceId[] {
    const isAbsent = ({ state }: Tracked): boolean => state === 'missing' || state === 'unreadable';
    return Array.from(this.#tracked.values())
      .filter(isAbsent)
      .map(({ source }) => source.id);
  }

  /** Sources of these collections. */
  of(collections: ReadonlySet<CollectionId>): readonly SourceId[] {
    const sources = Array.from(this.#tracked.values(), ({ source }) => source);
    return sources.filter(({ collectionId }) => collections.has(collectionId)).map(({ id }) => id);
  }

  sourceOf(id: SourceId): StoredSource | null {
    return this.#tracked.get(id)?.source ?? null;
  }

  /** Resolves after a walk that began after the call. Rejects with `app/not-found` when the source goes meanwhile. */
  async walk(id: SourceId): Promise<void> {
    const tracked = this.#tracked.get(id);
    if (tracked === undefined || uploadName(tracked.source.path) !== null) return;
    await this.#enqueue(id, null);
  }

  async close(): Promise<void> {
    this.#closing.abort(new AppError('app/closing', 'Sotto is closing.'));
    await this.#working;
    for (const { watcher } of this.#tracked.values()) watcher?.close();
    this.#tracked.clear();
  }

  #enqueue(id: SourceId, paths: readonly string[] | null): Promise<void> {
    if (this.#closing.signal.aborted) return Promise.resolve();
    const waiting = this.#jobs.get(id);
    if (waiting !== undefined) {
      waiting.paths = paths === null || waiting.paths === null ? null : new Set([...waiting.paths, ...paths]);
      return waiting.done.promise;
    }
    const done = Promise.withResolvers<void>();
    // Whoever does not wait for the walk need not hear how it ended.
    done.promise.catch(() => undefined);
    this.#jobs.set(id, { paths: paths && new Set(paths), done });
    this.#working ??= this.#work().finally(() => {
      this.#working = null;
    });
    return done.promise;
  }

  async #work(): Promise<void> {
    // What asks for work in the same breath is asked once.
    await Promise.resolve();
    for (let next = this.#jobs.entries().next(); !next.done; next = this.#jobs.entries().next()) {
      const [id, { paths, done }] = next.value;
      this.#jobs.delete(id);
      this.#current = { id, done: done.promise };
      const tracked = this.#tracked.get(id);
      try {
        if (tracked && !this.#closing.signal.aborted) await this.#run(tracked, paths);
        done.resolve();
      } catch (error) {
        done.reject(AppError.from(error));
      }
      this.#current = null;
    }
  }

  async #run(tracked: Tracked, paths: ReadonlySet<string> | null): Promise<void> {
    const { clock } = this.#options;
    const startedMs = clock.monotonicMs();
    const signal = AbortSignal.any([tracked.ending.signal, this.#closing.signal]);
    const { onChange, onRemovals, logger } = this.#options;
    try {
      if (paths !== null) {
        if (await checkFiles(tracked.source, [...paths], this.#options)) onChange();
        return;
      }
      const result = await walkSource(tracked.source, this.#options, signal);
      signal.throwIfAborted();
      await this.#end(tracked, result, startedMs);
      if (result.hasRemovals) onRemovals();
      if (result.hasChanges) onChange();
    } catch (error) {
      if (!signal.aborted) logger.warn('walk-failed', { code: AppError.from(error).code });
      tracked.walkedAtMs = clock.monotonicMs();
      throw error;
    }
  }

  async #end(tracked: Tracked, result: WalkResult, startedMs: number): Promise<void> {
    const { clock, onChange } = this.#options;
    tracked.walkedAtMs = clock.monotonicMs();
    tracked.durationMs = tracked.walkedAtMs - startedMs;
    tracked.device = await deviceOf(tracked.source);
    if (tracked.state !== result.state) {
      tracked.state = result.state;
      onChange();
    }
    await this.#followWatcher(tracked, result);
  }

  /** A source that is there is watched; one that is not is looked for now and then. */
  async #followWatcher(tracked: Tracked, { state, folders, rules }: WalkResult): Promise<void> {
    const { isStaying, operatingSystem, clock, logger, watchFolder } = this.#options;
    if (!isStaying) return;
    if (state !== 'watching') {
      tracked.watcher?.close();
      tracked.watcher = null;
    }
    if (state !== 'watching' || tracked.ending.signal.aborted) return;
    tracked.watcher ??= new FolderWatcher({
      source: tracked.source,
      operatingSystem,
      clock,
      logger,
      ...(watchFolder === undefined ? {} : { watchFolder }),
      onFiles: (paths) => void this.#enqueue(tracked.source.id, paths),
      onWalk: () => this.#walkSoon(tracked),
    });
    const hasNewFolders = await tracked.watcher.follow(folders, rules);
    if (hasNewFolders) this.#walkSoon(tracked);
  }

  #walkSoon(tracked: Tracked): void {
    if (tracked.isHintPending) return;
    tracked.isHintPending = true;
    const { clock } = this.#options;
    const restMs = tracked.walkedAtMs + restFactor * tracked.durationMs - clock.monotonicMs();
    const signal = AbortSignal.any([tracked.ending.signal, this.#closing.signal]);
    // Only the end of the source or of the app ends the rest early.
    clock.delay(Math.max(0, restMs), signal).then(
      () => {
        tracked.isHintPending = false;
        void this.#enqueue(tracked.source.id, null);
      },
      () => undefined,
    );
  }

  #tick(): void {
    if (this.#isTicking) return;
    this.#isTicking = true;
    const { clock } = this.#options;
    const go = async (): Promise<void> => {
      for (;;) {
        await clock.delay(tickMs, this.#closing.signal);
        for (const tracked of this.#tracked.values())
          if (await this.#isDue(tracked)) void this.#enqueue(tracked.source.id, null);
      }
    };
    // Closing ends the delay.
    go().catch(() => undefined);
  }

  async #isDue({ source, state, watcher, walkedAtMs, durationMs, device }: Tracked): Promise<boolean> {
    if (uploadName(source.path) !== null) return false;
    if (state === 'missing' || state === 'unreadable') return true;
    if (state === 'scanning' && walkedAtMs === 0) return false;
    // A drive that was pulled out tells no watcher.
    if (state === 'watching' && (await deviceOf(source)) !== device) return true;
    const intervalMs = watcher?.isWatching === true ? watchedIntervalMs : unwatchedIntervalMs;
    return this.#options.clock.monotonicMs() - walkedAtMs >= Math.max(intervalMs, restFactor * durationMs);
  }
}
