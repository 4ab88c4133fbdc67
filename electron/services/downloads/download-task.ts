import { rm } from 'node:fs/promises';
import { basename } from 'node:path';
import { fileError } from '../../inference/gguf/read-gguf-description.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Logger } from '../../platform/logger.ts';
import { checkRoom } from '../../platform/disk-room.ts';
import { AppError } from '../../shared/app-error.ts';
import type { Download, DownloadState } from '../../shared/download.ts';
import type { ModelId } from '../../shared/ids.ts';
import type { QuarantinedModel } from '../../shared/model-detail.ts';
import type { HubService } from '../hub/hub-service.ts';
import type { InstalledFile } from '../models/models-service.ts';
import type { DownloadFolder } from './download-folder.ts';
import { describeDownload, sumOf, totalBytesOf } from './describe-download.ts';
import type { DownloadLock } from './download-lock.ts';
import type { DownloadPart, DownloadRecord } from './download-record.ts';
import { fetchPart } from './fetch-part.ts';
import { HeaderCheck } from './header-check.ts';
import { installFiles } from './install-files.ts';
import { PartFile } from './part-file.ts';
import type { OpenPart } from './part-file.ts';
import { planRetry } from './retry-plan.ts';
import { TransferRate } from './transfer-rate.ts';

/** What downloads need of the world. */
export type DownloadTaskOptions = {
  readonly folder: DownloadFolder;
  readonly hub: Pick<HubService, 'range'>;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly random: () => number;
  readonly recordInstalled: (file: InstalledFile) => Promise<void>;
  /** Moves a file that is not what the hub says out of the way, under this name. */
  readonly putAside: (
    path: string,
    reason: QuarantinedModel['reason'],
    name: string,
  ) => Promise<QuarantinedModel | null>;
  /** Id of the model with these digests of its files. */
  readonly modelIdOf: (digests: readonly string[]) => ModelId;
  readonly openPart?: OpenPart;
  readonly onChange: () => void;
};

/** Share of a download, and bytes at most, that have to be free beside it. */
const marginShare = 0.05;
const marginBytes = 512 * 1024 * 1024;

/** Another process may have a download; asked about again after so long, in milliseconds. */
const elsewhereWaitMs = 15_000;

/** Room that has to be there for so many bytes. */
export const neededRoom = (bytes: number): number => bytes + Math.min(marginBytes, Math.ceil(bytes * marginShare));

/** One download, from its record to its files. */
export class DownloadTask {
  readonly #options: DownloadTaskOptions;
  #record: DownloadRecord;
  #state: DownloadState;
  #doneBytes: readonly number[];
  readonly #rate = new TransferRate();
  #running: { readonly controller: AbortController; readonly ended: Promise<void> } | null = null;
  #pause: { readonly untilMs: number; readonly over: AbortController } | null = null;
  #modelId: ModelId | null = null;
  #isGone = false;
  /** Calls that stop it and have not ended: meanwhile it must not begin anew. */
  #stopping = 0;

  constructor(record: DownloadRecord, doneBytes: readonly number[], options: DownloadTaskOptions) {
    this.#record = record;
    this.#state = record.state;
    this.#doneBytes = doneBytes;
    this.#options = options;
  }

  get record(): DownloadRecord {
    return this.#record;
  }

  get state(): DownloadState {
    return this.#state;
  }

  get isRunning(): boolean {
    return this.#running !== null;
  }

  /** True when it waits for a place. */
  get isReady(): boolean {
    return this.#state === 'waiting' && this.#running === null && this.#stopping === 0 && !this.#isGone;
  }

  /** True when it was removed, or another process has brought it to its end. */
  get isGone(): boolean {
    return this.#isGone;
  }

  /** Bytes that are still to come. */
  get missingBytes(): number {
    return this.#state === 'done' ? 0 : totalBytesOf(this.#record) - sumOf(this.#doneBytes);
  }

  describe(): Download {
    const nowMs = this.#options.clock.monotonicMs();
    return describeDownload(this.#record, {
      state: this.#state,
      doneBytes: this.#doneBytes,
      bytesPerSecond: this.#rate.bytesPerSecond(nowMs),
      retryInMs: this.#pause === null ? null : this.#pause.untilMs - nowMs,
      modelId: this.#modelId,
    });
  }

  /** Works until the download is done, failed, or told to stop. Never throws. */
  async run(): Promise<void> {
    if (!this.isReady) return;
    const controller = new AbortController();
    const ended = this.#work(controller).finally(() => {
      this.#running = null;
      this.#options.onChange();
    });
    this.#running = { controller, ended };
    await ended;
  }

  /** Tries again at once when it waits for the next try. */
  hurry(): void {
    this.#pause?.over.abort();
  }

  /** Lets go of the connection; the bytes stay. `null` leaves the record as it is, for an app that closes. */
  async halt(state: 'paused' | 'waiting' | null): Promise<void> {
    await this.#stopFor(async () => {
      if (state === null || this.#state === 'done' || this.#isGone) return;
      const lock = await this.#claim(() => undefined);
      // What another process is at is that one's to write down.
      if (lock === null) return this.#show(state);
      try {
        if (await this.#readAgain()) await this.#enter(state, null);
      } finally {
        await lock.release();
      }
    });
  }

  /** Ends it and removes its bytes. Throws `download/elsewhere` while another process has it. */
  async discard(): Promise<void> {
    await this.#stopFor(async () => {
      if (this.#state === 'done' || this.#isGone) return;
      const lock = await this.#claim(() => undefined);
      if (lock === null) throw elsewhere();
      this.#isGone = true;
      try {
        await this.#options.folder.remove(this.#record);
      } finally {
        await lock.release();
      }
    });
  }

  async #stopFor(then: () => Promise<void>): Promise<void> {
    this.#stopping += 1;
    try {
      this.#running?.controller.abort();
      await this.#running?.ended;
      await then();
    } finally {
      this.#stopping -= 1;
    }
  }

  async #claim(onLost: () => void): Promise<DownloadLock | null> {
    return await this.#options.folder.claim(this.#record.id, this.#options.clock, onLost);
  }

  async #work(controller: AbortController): Promise<void> {
    const { signal } = controller;
    let lock: DownloadLock | null = null;
    try {
      lock = await this.#takeTurn(controller);
      if (!(await this.#readAgain())) return;
      // Said while another process had it, so it could not be written down.
      if (this.#record.state !== 'waiting') await this.#enter('waiting', null);
      await this.#fetchAll(signal);
      await this.#install(signal);
      await lock.release();
      this.#show('done');
    } catch (error) {
      if (signal.aborted) return this.#show('waiting');
      const failure = AppError.from(error);
      this.#options.logger.warn('download-ended', { code: failure.code });
      const isSwitch = planRetry(failure, 0, this.#options.random).type === 'pause';
      await this.#enter(isSwitch ? 'paused' : 'failed', failure).catch(() => undefined);
    } finally {
      this.#rate.clear();
      this.#pause = null;
      await lock?.release();
    }
  }

  async #takeTurn(controller: AbortController): Promise<DownloadLock> {
    for (;;) {
      const lock = await this.#claim(() => controller.abort());
      if (lock !== null) return lock;
      await this.#waitForRetry(elsewhere(), elsewhereWaitMs, controller.signal);
    }
  }

  /** Another process may have worked on it since the record was read. False when it is over. */
  async #readAgain(): Promise<boolean> {
    const { folder } = this.#options;
    const record = await folder.find(this.#record.id);
    this.#isGone = record === null;
    if (record === null) return false;
    this.#record = record;
    this.#doneBytes = await folder.sizesOf(record);
    return true;
  }

  async #fetchAll(signal: AbortSignal): Promise<void> {
    for (const [index, part] of this.#record.parts.entries()) {
      if (part.writtenSha256 !== null) continue;
      try {
        await this.#fetchFile(index, signal);
      } catch (error) {
        await this.#discardWrong(index, error);
        throw fileError(error, basename(part.path));
      }
    }
  }

  async #fetchFile(index: number, signal: AbortSignal): Promise<void> {
    const { folder, openPart, random } = this.#options;
    this.#show((this.#doneBytes[index] ?? 0) > 0 ? 'checking' : 'running');
    const file = await PartFile.open(folder.partPath(this.#record.id, index), signal, openPart);
    const header = new HeaderCheck({
      source: file,
      sizeBytes: this.#record.parts[index]?.sizeBytes ?? 0,
      isPart: this.#record.parts.length > 1,
    });
    try {
      for (let fruitless = 0; ;) {
        const before = file.sizeBytes;
        try {
          return await this.#fetchOnce(index, { file, header }, signal);
        } catch (error) {
          signal.throwIfAborted();
          const failure = AppError.from(error);
          fruitless = file.sizeBytes > before ? 0 : fruitless + 1;
          const verdict = planRetry(failure, fruitless, random);
          if (verdict.type !== 'retry') throw failure;
          await this.#waitForRetry(failure, verdict.waitMs, signal);
        }
      }
    } finally {
      await file.close();
    }
  }

  async #fetchOnce(
    index: number,
    { file, header }: { readonly file: PartFile; readonly header: HeaderCheck },
    signal: AbortSignal,
  ): Promise<void> {
    const { folder, clock, hub } = this.#options;
    const part = this.#record.parts[index];
    if (part === undefined) return;
    this.#show('running');
    if (this.missingBytes > 0) await checkRoom(folder.folder, neededRoom(this.missingBytes));
    const onBytes = (doneBytes: number): void => {
      this.#doneBytes = this.#doneBytes.with(index, doneBytes);
      this.#rate.note(clock.monotonicMs(), sumOf(this.#doneBytes));
      this.#show(doneBytes === part.sizeBytes ? 'checking' : 'running');
    };
    const onEntityTag = async (entityTag: string | null): Promise<void> => await this.#change(index, { entityTag });
    const request = { record: this.#record, part, file, header, signal, onBytes, onEntityTag };
    await this.#change(index, { writtenSha256: await fetchPart(request, hub) });
  }

  /** What arrived wrong is put aside with its reason, what is no model is not kept; the next try begins anew. */
  async #discardWrong(index: number, error: unknown): Promise<void> {
    if (!AppError.isInstance(error)) return;
    const isDamaged = error.code === 'download/damaged';
    if (!isDamaged && !error.code.startsWith('model/')) return;
    const { folder, putAside } = this.#options;
    const [path, name] = [folder.partPath(this.#record.id, index), basename(this.#record.parts[index]?.path ?? '')];
    if (isDamaged) await putAside(path, 'digest-differs', name);
    else await rm(path, { force: true });
    this.#doneBytes = this.#doneBytes.with(index, 0);
    await this.#change(index, { entityTag: null });
  }

  async #waitForRetry(failure: AppError, waitMs: number, signal: AbortSignal): Promise<void> {
    const { clock } = this.#options;
    const over = new AbortController();
    this.#pause = { untilMs: clock.monotonicMs() + waitMs, over };
    this.#record = { ...this.#record, error: failure.toData() };
    this.#show('waiting');
    await clock.delay(waitMs, AbortSignal.any([signal, over.signal])).catch(() => undefined);
    this.#pause = null;
    signal.throwIfAborted();
  }

  async #install(signal: AbortSignal): Promise<void> {
    const { folder, clock, recordInstalled, modelIdOf } = this.#options;
    this.#show('checking');
    const save = async (record: DownloadRecord): Promise<void> => {
      this.#record = record;
      await folder.write(record);
    };
    await installFiles(this.#record, folder, { now: clock.now(), save, recordInstalled, signal });
    this.#modelId = modelIdOf(this.#record.parts.map(({ sha256, writtenSha256 }) => writtenSha256 ?? sha256 ?? ''));
    await folder.remove(this.#record);
    this.#record = { ...this.#record, error: null };
  }

  async #change(index: number, change: Partial<DownloadPart>): Promise<void> {
    const parts = this.#record.parts.map((part, at) => (at === index ? { ...part, ...change } : part));
    // What is written down is what a restart finds: one that waits, without the reason of the moment.
    this.#record = { ...this.#record, parts, state: 'waiting', error: null };
    await this.#options.folder.write(this.#record);
  }

  async #enter(state: DownloadRecord['state'], error: AppError | null): Promise<void> {
    this.#record = { ...this.#record, state, error: error?.toData() ?? null };
    this.#show(state);
    await this.#options.folder.write(this.#record);
  }

  #show(state: DownloadState): void {
    this.#state = state;
    this.#options.onChange();
  }
}

const elsewhere = (): AppError => new AppError('download/elsewhere', 'Another process has this download.');
