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
import type { DownloadPart, DownloadRecord } from './download-record.ts';
import { fetchPart } from './fetch-part.ts';
import { installFiles } from './install-files.ts';
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
  /** Moves a file that is not what the hub says out of the way. */
  readonly putAside: (path: string, reason: QuarantinedModel['reason']) => Promise<QuarantinedModel | null>;
  /** Id of the model with these digests of its files. */
  readonly modelIdOf: (digests: readonly string[]) => ModelId;
  readonly openPart?: OpenPart;
  readonly onChange: () => void;
};

/** Share of a download, and bytes at most, that have to be free beside it. */
const marginShare = 0.05;
const marginBytes = 512 * 1024 * 1024;

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
  #retryAtMs: number | null = null;
  #modelId: ModelId | null = null;

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

  describe(): Download {
    const { id, repository, name, quantisation, parts, error, startedAt } = this.#record;
    const nowMs = this.#options.clock.monotonicMs();
    const totalBytes = parts.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
    const doneBytes = this.#doneBytes.reduce((sum, bytes) => sum + bytes, 0);
    const bytesPerSecond = this.#state === 'running' ? this.#rate.bytesPerSecond(nowMs) : null;
    const isMoving = bytesPerSecond !== null && bytesPerSecond > 0;
    return {
      id,
      repository,
      name,
      quantisation,
      state: this.#state,
      doneBytes,
      totalBytes,
      bytesPerSecond,
      remainingMs: isMoving ? ((totalBytes - doneBytes) / bytesPerSecond) * 1_000 : null,
      error,
      retryInMs: this.#retryAtMs === null ? null : Math.max(0, Math.round(this.#retryAtMs - nowMs)),
      modelId: this.#modelId,
      startedAt,
    };
  }

  /** Works until the download is done, failed, or told to stop. Never throws. */
  async run(): Promise<void> {
    if (this.#running !== null) return;
    const controller = new AbortController();
    const ended = this.#work(controller.signal).finally(() => {
      this.#running = null;
      this.#options.onChange();
    });
    this.#running = { controller, ended };
    await ended;
  }

  /** Lets go of the connection; the bytes stay. `null` leaves the record as it is, for an app that closes. */
  async halt(state: 'paused' | 'waiting' | null): Promise<void> {
    if (this.#state === 'done') return;
    this.#running?.controller.abort();
    await this.#running?.ended;
    if (state !== null) await this.#enter(state, null);
  }

  async #work(signal: AbortSignal): Promise<void> {
    const { folder, logger } = this.#options;
    const { id } = this.#record;
    let isOurs = false;
    try {
      isOurs = await folder.claim(id);
      if (!isOurs) return await this.#enter('paused', null);
      await this.#fetchAll(signal);
      await this.#install(signal);
    } catch (error) {
      if (signal.aborted) return;
      const failure = AppError.from(error);
      logger.warn('download-ended', { code: failure.code });
      const isSwitch = failure.code === 'egress/offline' || failure.code === 'egress/purpose-not-allowed';
      await this.#enter(isSwitch ? 'paused' : 'failed', failure).catch(() => undefined);
    } finally {
      this.#rate.clear();
      this.#retryAtMs = null;
      if (isOurs) await folder.release(id);
    }
  }

  async #fetchAll(signal: AbortSignal): Promise<void> {
    for (const [index, part] of this.#record.parts.entries()) {
      if (part.writtenSha256 === null) await this.#fetchWithRetries(index, signal);
    }
  }

  async #fetchWithRetries(index: number, signal: AbortSignal): Promise<void> {
    let fruitless = 0;
    for (;;) {
      const before = this.#doneBytes[index] ?? 0;
      try {
        this.#show('running');
        await this.#fetchOnce(index, signal);
        return;
      } catch (error) {
        signal.throwIfAborted();
        const failure = AppError.from(error);
        if (failure.code === 'download/damaged') await this.#discardPart(index, failure);
        fruitless = (this.#doneBytes[index] ?? 0) > before ? 0 : fruitless + 1;
        const verdict = planRetry(failure, fruitless, this.#options.random);
        if (verdict.type !== 'retry') throw failure;
        await this.#waitForRetry(failure, verdict.waitMs, signal);
      }
    }
  }

  async #fetchOnce(index: number, signal: AbortSignal): Promise<void> {
    const { folder, clock } = this.#options;
    const part = this.#record.parts[index];
    if (part === undefined) return;
    const path = folder.partPath(this.#record.id, index);
    const there = this.#doneBytes.reduce((sum, bytes) => sum + bytes, 0);
    const missing = this.#record.parts.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0) - there;
    if (missing > 0) await checkRoom(folder.folder, neededRoom(missing));
    const onBytes = (doneBytes: number): void => {
      this.#doneBytes = this.#doneBytes.with(index, doneBytes);
      this.#rate.note(
        clock.monotonicMs(),
        this.#doneBytes.reduce((sum, bytes) => sum + bytes, 0),
      );
      if (doneBytes === part.sizeBytes) this.#show('checking');
      this.#options.onChange();
    };
    const onEntityTag = async (entityTag: string | null): Promise<void> => await this.#change(index, { entityTag });
    const request = { record: this.#record, part, path, signal, onBytes, onEntityTag };
    const writtenSha256 = await fetchPart(request, this.#options);
    await this.#change(index, { writtenSha256 });
  }

  /** What arrived wrong is put aside with its reason; the next try of a person begins anew. */
  async #discardPart(index: number, failure: AppError): Promise<void> {
    const { folder, putAside } = this.#options;
    if (failure.details.reason === 'digest-differs') {
      await putAside(folder.partPath(this.#record.id, index), 'digest-differs');
    }
    this.#doneBytes = this.#doneBytes.with(index, 0);
    await this.#change(index, { entityTag: null });
  }

  async #waitForRetry(failure: AppError, waitMs: number, signal: AbortSignal): Promise<void> {
    const { clock } = this.#options;
    this.#retryAtMs = clock.monotonicMs() + waitMs;
    this.#record = { ...this.#record, error: failure.toData() };
    this.#show('waiting');
    await clock.delay(waitMs, signal);
    this.#retryAtMs = null;
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
    this.#show('done');
  }

  async #change(index: number, change: Partial<DownloadPart>): Promise<void> {
    const parts = this.#record.parts.map((part, at) => (at === index ? { ...part, ...change } : part));
    this.#record = { ...this.#record, parts };
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
