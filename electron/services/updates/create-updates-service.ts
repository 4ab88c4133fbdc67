import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Egress } from '../../egress/egress.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Logger } from '../../platform/logger.ts';
import type { UpdateInstaller } from '../../platform/update-installer.ts';
import { AppError } from '../../shared/app-error.ts';
import type { UpdateFeed, UpdatePackage, UpdateState } from '../../shared/update.ts';
import type { SettingsService } from '../settings/settings-service.ts';
import { dayMs, followDaily } from './daily-check.ts';
import { fetchFeed } from './fetch-feed.ts';
import type { UpdateSender } from './fetch-feed.ts';
import { fetchPackage, isPackage } from './fetch-package.ts';
import { isNewerRelease } from './release-version.ts';
import { readSignedFeed } from './signed-feed.ts';
import {
  clearPackages,
  isWithinRollout,
  readKeptFeed,
  readUpdateRecord,
  writeKeptFeed,
  writeUpdateRecord,
} from './update-record.ts';
import type { UpdateRecord } from './update-record.ts';
import type { UpdateSource } from './update-source.ts';
import { UpdateBoard } from './update-board.ts';
import type { UpdatesService } from './updates-service.ts';

/** What the service is made of. */
export type UpdatesServiceOptions = {
  readonly egress: Egress;
  readonly settings: Pick<SettingsService, 'get'>;
  readonly clock: Clock;
  readonly logger: Logger;
  /** What runs now. */
  readonly version: string;
  readonly architecture: string;
  /** Null in a build that asks nobody. */
  readonly source: () => Promise<UpdateSource | null>;
  /** Null where this door cannot install. */
  readonly installer: UpdateInstaller | null;
  /** Absolute; made when it is needed. */
  readonly folder: string;
  /** Whether the app works for somebody: answers, downloads, indexing. */
  readonly isBusy: () => Promise<boolean>;
};

const lookAtWorkEveryMs = 1_000;

const beforeAnything: UpdateState = {
  phase: 'unavailable',
  offer: null,
  doneBytes: 0,
  checkedAt: null,
  isHeldBack: false,
  host: null,
  error: null,
};

/** What was found, beside what the window sees of it. */
type Found = { readonly feed: UpdateFeed; readonly wanted: UpdatePackage };

class Updates implements UpdatesService {
  readonly #options: UpdatesServiceOptions;
  readonly #board: UpdateBoard<UpdateState>;
  readonly #closing = new AbortController();
  readonly #opened: Promise<UpdateSender | null>;
  readonly #daily: Promise<void>;
  #record: UpdateRecord | null = null;
  #found: Found | null = null;
  #isTaken = false;
  #downloading: AbortController | null = null;
  #working: Promise<unknown> = Promise.resolve();

  constructor(options: UpdatesServiceOptions) {
    this.#options = options;
    this.#board = new UpdateBoard(options.clock, beforeAnything);
    this.#opened = this.#open();
    this.#daily = followDaily(
      {
        clock: options.clock,
        isDue: async () => await this.#isDue(),
        check: async () => void (await this.check()),
      },
      this.#closing.signal,
    );
  }

  async *watch(signal: AbortSignal): AsyncGenerator<UpdateState, void, void> {
    await this.#opened;
    yield* this.#board.watch(AbortSignal.any([signal, this.#closing.signal]));
  }

  async check(): Promise<UpdateState> {
    return await this.#alone(['idle', 'ready'], async (sender) => {
      await this.#refuseWork();
      this.#board.set({ phase: 'checking', error: null });
      const { clock, folder } = this.#options;
      const bytes = await fetchFeed(sender, this.#closing.signal);
      const feed = readSignedFeed(bytes, sender.source.publicKeys);
      const record = { ...(this.#record ?? (await readUpdateRecord(folder))), checkedAt: clock.now() };
      this.#record = record;
      await this.#choose(feed, record);
      await writeUpdateRecord(folder, record);
      await writeKeptFeed(folder, bytes);
    });
  }

  async download(): Promise<UpdateState> {
    return await this.#alone(['idle'], async (sender) => {
      const found = this.#found;
      if (found === null) throw new AppError('app/not-found', 'No newer version was found.', { kind: 'update' });
      const stopping = new AbortController();
      this.#downloading = stopping;
      try {
        await this.#downloadBetweenWork(sender, found, AbortSignal.any([stopping.signal, this.#closing.signal]));
        this.#board.set({ phase: 'ready', doneBytes: found.wanted.sizeBytes });
      } catch (error) {
        if (!stopping.signal.aborted) throw error;
      } finally {
        this.#downloading = null;
      }
    });
  }

  stop(): void {
    this.#downloading?.abort();
  }

  async install(): Promise<UpdateState> {
    return await this.#alone(['ready'], async () => {
      const { installer, folder } = this.#options;
      if (this.#found === null || installer === null) {
        throw new AppError('app/not-found', 'No version is ready.', { kind: 'update' });
      }
      await this.#refuseWork();
      const { wanted, feed } = this.#found;
      const path = join(folder, wanted.name);
      this.#board.set({ phase: 'installing', error: null });
      // Between its download and now it lay where other programs of this person can write.
      if (!(await isPackage(path, wanted, this.#closing.signal))) {
        await rm(path, { force: true });
        this.#board.set({ phase: 'idle', doneBytes: 0 });
        throw new AppError('update/damaged', 'The package is no longer the one that was signed.', {
          reason: 'changed',
        });
      }
      const outcome = await installer.install({ path, version: feed.version, sha512: wanted.sha512 }).catch((cause) => {
        const { message } = AppError.from(cause);
        throw new AppError('update/not-installed', `The update was not installed: ${message}`, {}, { cause });
      });
      if (outcome === 'shown') this.#board.set({ phase: 'ready' });
    });
  }

  async close(): Promise<void> {
    this.#closing.abort();
    await Promise.allSettled([this.#opened, this.#working, this.#daily]);
  }

  async #open(): Promise<UpdateSender | null> {
    const { source: readSource, installer, egress, clock, folder } = this.#options;
    const source = installer === null ? null : await readSource();
    if (source === null) return null;
    this.#record = await readUpdateRecord(folder);
    this.#board.set({ phase: 'idle', host: new URL(source.address).host, checkedAt: this.#record.checkedAt });
    await this.#remember(source, this.#record);
    return { egress, clock, source };
  }

  /** What the last check found; the kept feed is believed no more than one that comes. */
  async #remember({ publicKeys }: UpdateSource, record: UpdateRecord): Promise<void> {
    const bytes = await readKeptFeed(this.#options.folder);
    if (bytes === null) return;
    try {
      await this.#choose(readSignedFeed(bytes, publicKeys), record);
    } catch (error) {
      this.#options.logger.info('kept-update-not-read', { code: AppError.from(error).code });
    }
  }

  /**
   * One thing at a time, and only from a phase in which it makes sense; what goes wrong is told, and the phase is the one
   * before, unless the work says otherwise.
   */
  async #alone(
    phases: readonly UpdateState['phase'][],
    work: (sender: UpdateSender) => Promise<void>,
  ): Promise<UpdateState> {
    const sender = await this.#opened;
    const before = this.#board.state.phase;
    const isPossible = sender !== null && !this.#isTaken && phases.includes(before);
    if (!isPossible || this.#closing.signal.aborted) return this.#board.state;
    this.#isTaken = true;
    const working = work(sender).then(
      () => this.#board.leave(['checking', 'downloading', 'waiting'], 'idle'),
      (error: unknown) => {
        if (this.#closing.signal.aborted) return;
        const { code, message, details } = AppError.from(error);
        this.#options.logger.warn('update-failed', { code, message });
        this.#board.set({ error: { code, message, details } });
        this.#board.leave(['checking', 'downloading', 'waiting', 'installing'], before);
      },
    );
    this.#working = working;
    await working;
    this.#isTaken = false;
    return this.#board.state;
  }

  /** Says what the feed has for this computer, and takes away what was fetched of another version. */
  async #choose(feed: UpdateFeed, { lot, checkedAt }: UpdateRecord): Promise<void> {
    const { version, architecture, installer, folder } = this.#options;
    const wanted = feed.packages.find((one) => one.kind === installer?.kind && one.architecture === architecture);
    const isNewer = isNewerRelease(feed.version, version) && wanted !== undefined && installer !== null;
    const isHeldBack = isNewer && !isWithinRollout(lot, feed.version, feed.rolloutPercent);
    this.#found = isNewer && !isHeldBack ? { feed, wanted } : null;
    await clearPackages(folder, this.#found?.wanted.name ?? null);
    const isHere =
      this.#found !== null &&
      (await isPackage(join(folder, this.#found.wanted.name), this.#found.wanted, this.#closing.signal));
    const offer =
      this.#found === null || installer === null
        ? null
        : {
            version: feed.version,
            notes: feed.notes,
            sizeBytes: this.#found.wanted.sizeBytes,
            way: installer.way,
          };
    const doneBytes = isHere ? (offer?.sizeBytes ?? 0) : 0;
    this.#board.set({ phase: isHere ? 'ready' : 'idle', offer, isHeldBack, checkedAt, doneBytes });
  }

  /** Work that begins meanwhile has the line and the disk to itself: the download goes on after it. */
  async #downloadBetweenWork(sender: UpdateSender, { wanted }: Found, signal: AbortSignal): Promise<void> {
    const { clock, folder } = this.#options;
    this.#board.set({ error: null });
    for (;;) {
      await this.#untilIdle(signal);
      this.#board.set({ phase: 'downloading' });
      const halting = new AbortController();
      const both = AbortSignal.any([signal, halting.signal]);
      const guarding = this.#haltAtWork(halting, both);
      try {
        const onBytes = (doneBytes: number): void => this.#board.set({ doneBytes });
        await fetchPackage({ sender: { ...sender, clock }, wanted, folder, onBytes }, both);
        return;
      } catch (error) {
        if (signal.aborted || !halting.signal.aborted) throw error;
      } finally {
        halting.abort();
        await guarding;
      }
    }
  }

  async #untilIdle(signal: AbortSignal): Promise<void> {
    while (await this.#options.isBusy()) {
      this.#board.set({ phase: 'waiting' });
      await this.#options.clock.delay(lookAtWorkEveryMs, signal);
    }
    signal.throwIfAborted();
  }

  async #haltAtWork(halting: AbortController, signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await this.#options.clock.delay(lookAtWorkEveryMs, signal).catch(() => undefined);
      if (!signal.aborted && (await this.#options.isBusy())) halting.abort();
    }
  }

  async #refuseWork(): Promise<void> {
    if (await this.#options.isBusy()) throw new AppError('update/busy', 'The app is working.');
  }

  async #isDue(): Promise<boolean> {
    const { settings, clock, isBusy } = this.#options;
    if ((await this.#opened) === null || this.#board.state.phase !== 'idle') return false;
    const { checksForUpdates, isOffline, allowedPurposes } = await settings.get();
    if (!checksForUpdates || isOffline || !allowedPurposes.includes('update-check')) return false;
    const { checkedAt } = this.#board.state;
    const age = checkedAt === null ? dayMs : clock.now() - checkedAt;
    // A clock that was turned back must not silence it for years.
    return (age >= dayMs || age < 0) && !(await isBusy());
  }
}

/** Makes the service; from then on until it is closed it asks once a day, where a person agreed. */
export function createUpdatesService(options: UpdatesServiceOptions): UpdatesService {
  return new Updates(options);
}
