import { mkdir } from 'node:fs/promises';
import { checkRoom, toDiskError } from '../../platform/disk-room.ts';
import { AppError } from '../../shared/app-error.ts';
import type { Download, DownloadRequest } from '../../shared/download.ts';
import type { HubFile, HubRepository } from '../../shared/hub.ts';
import { createId, downloadIdSchema } from '../../shared/ids.ts';
import type { DownloadId, ModelId } from '../../shared/ids.ts';
import type { HubService } from '../hub/hub-service.ts';
import type { DownloadFolder } from './download-folder.ts';
import type { DownloadRecord } from './download-record.ts';
import { DownloadTask, neededRoom } from './download-task.ts';
import type { DownloadTaskOptions } from './download-task.ts';
import type { DownloadsService } from './downloads-service.ts';

/** What the service is made of. */
export type DownloadsServiceOptions = Omit<DownloadTaskOptions, 'onChange' | 'hub'> & {
  readonly hub: Pick<HubService, 'host' | 'repository' | 'range'>;
  readonly folder: DownloadFolder;
  /** Downloads at the same time, by the settings of the moment. */
  readonly limit: () => Promise<number>;
  /** Name of the installed model with this id; null when there is none. */
  readonly findInstalled: (id: ModelId) => Promise<string | null>;
  /** Whether downloads of an earlier run go on by themselves; not in a terminal, which ends with its command. */
  readonly goesOn: boolean;
};

/** A list is told at most five times a second. */
const tellEveryMs = 200;

function findFile({ repository, files }: HubRepository, { wanted }: DownloadRequest): HubFile {
  const found = files.find((file) =>
    'path' in wanted
      ? file.parts.some(({ path }) => path === wanted.path)
      : file.quantisation?.toLowerCase() === wanted.quantisation.toLowerCase(),
  );
  if (found !== undefined) return found;
  const quantisations = files.map(({ quantisation, path }) => quantisation ?? path).join(', ');
  throw new AppError('download/no-such-file', 'The repository has no such file.', { repository, quantisations });
}

const nameOf = (repository: string): string => (repository.split('/')[1] ?? repository).replace(/[-_.]gguf$/i, '');

class Downloads implements DownloadsService {
  readonly #options: DownloadsServiceOptions;
  readonly #tasks = new Map<DownloadId, DownloadTask>();
  readonly #watchers = new Set<() => void>();
  readonly #listeners = new Set<() => void>();
  readonly #opened: Promise<void>;
  #starting: Promise<unknown> = Promise.resolve();
  #isClosed = false;

  constructor(options: DownloadsServiceOptions) {
    this.#options = options;
    this.#opened = this.#open();
  }

  list(): readonly Download[] {
    return [...this.#tasks.values()].map((task) => task.describe());
  }

  async *watch(signal: AbortSignal): AsyncGenerator<readonly Download[], void, void> {
    await this.#opened;
    while (!signal.aborted) {
      const changed = Promise.withResolvers<void>();
      const wake = (): void => changed.resolve();
      // Listened for before the list is read, so that a change meanwhile is not missed.
      this.#watchers.add(wake);
      signal.addEventListener('abort', wake, { once: true });
      try {
        yield this.list();
        await changed.promise;
      } finally {
        this.#watchers.delete(wake);
        signal.removeEventListener('abort', wake);
      }
      await this.#options.clock.delay(tellEveryMs, signal).catch(() => undefined);
    }
  }

  async start(request: DownloadRequest, signal: AbortSignal): Promise<Download> {
    await this.#opened;
    const found = await this.#options.hub.repository(request.repository, signal);
    const file = findFile(found, request);
    // One after the other: two that ask for the same model at the same time get one download.
    const started = this.#starting.then(async () => await this.#start(found, file));
    this.#starting = started.catch(() => undefined);
    return await started;
  }

  async #start(found: HubRepository, file: HubFile): Promise<Download> {
    const { hub, folder, clock } = this.#options;
    const same = [...this.#tasks.values()].find(({ record, state }) => state !== 'done' && isOf(record, found, file));
    if (same !== undefined) {
      await this.resume(same.record.id);
      return same.describe();
    }
    await this.#refuseInstalled(file);
    await makeFolder(folder.folder);
    // What others are still to bring is no room for this one.
    const coming = [...this.#tasks.values()].filter(({ state }) => state !== 'paused' && state !== 'failed');
    const reservedBytes = coming.reduce((sum, { missingBytes }) => sum + missingBytes, 0);
    await checkRoom(folder.folder, neededRoom(file.sizeBytes) + reservedBytes);
    const { repository, revision, licence } = found;
    const parts = file.parts.map((part) => ({ ...part, entityTag: null, writtenSha256: null, finalName: null }));
    const record: DownloadRecord = {
      version: 1,
      id: createId(downloadIdSchema),
      repository,
      revision,
      host: await hub.host(),
      licence,
      name: nameOf(repository),
      quantisation: file.quantisation,
      state: 'waiting',
      error: null,
      parts,
      startedAt: clock.now(),
    };
    await folder.write(record);
    const task = await this.#add(record);
    void this.#fill();
    return task.describe();
  }

  async pause(id: DownloadId): Promise<void> {
    const task = this.#find(id);
    await task.halt('paused');
    this.#ended(task);
  }

  async resume(id: DownloadId): Promise<void> {
    const task = this.#find(id);
    if (task.state === 'done') return;
    if (task.isRunning && task.state !== 'failed' && task.state !== 'paused') return task.hurry();
    // One that has just failed may still be putting its things away.
    await task.halt('waiting');
    this.#ended(task);
  }

  async cancel(id: DownloadId): Promise<void> {
    const task = this.#find(id);
    // It may still be tried when it could not be taken away.
    await task.discard().finally(() => void this.#fill());
    this.#tasks.delete(id);
    this.#changed();
  }

  onInstalled(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#opened;
    await Promise.all([...this.#tasks.values()].map(async (task) => await task.halt(null)));
    this.#changed();
  }

  async #open(): Promise<void> {
    const { folder, goesOn } = this.#options;
    for (const record of await folder.read()) {
      // Where nothing goes on by itself, the record still says that it would: for the next window.
      const isHeld = !goesOn && record.state === 'waiting';
      await this.#add(isHeld ? { ...record, state: 'paused' } : record);
    }
    void this.#fill();
  }

  async #add(record: DownloadRecord): Promise<DownloadTask> {
    const sizes = await this.#options.folder.sizesOf(record);
    const task = new DownloadTask(record, sizes, { ...this.#options, onChange: () => this.#changed() });
    this.#tasks.set(record.id, task);
    this.#changed();
    return task;
  }

  async #refuseInstalled({ parts }: HubFile): Promise<void> {
    const { findInstalled, modelIdOf } = this.#options;
    const digests = parts.flatMap(({ sha256 }) => sha256 ?? []);
    if (digests.length < parts.length) return;
    const name = await findInstalled(modelIdOf(digests));
    if (name !== null) throw new AppError('download/already-installed', 'The model is here already.', { name });
  }

  /** Starts what waits, as long as there is a place. */
  async #fill(): Promise<void> {
    // Settings that cannot be read at this moment are no reason to stand still.
    const limit = await this.#options.limit().catch(() => 1);
    for (const task of this.#tasks.values()) {
      const running = [...this.#tasks.values()].filter(({ isRunning }) => isRunning).length;
      if (this.#isClosed || running >= limit) return;
      if (!task.isReady) continue;
      void task.run().then(() => {
        if (task.state === 'done') for (const listener of this.#listeners) listener();
        this.#ended(task);
      });
    }
  }

  #ended(task: DownloadTask): void {
    if (task.isGone && this.#tasks.delete(task.record.id)) this.#changed();
    void this.#fill();
  }

  #find(id: DownloadId): DownloadTask {
    const task = this.#tasks.get(id);
    if (task === undefined) throw new AppError('app/not-found', 'There is no such download.', { kind: 'download' });
    return task;
  }

  #changed(): void {
    for (const wake of this.#watchers) wake();
  }
}

const isOf = (record: DownloadRecord, { repository, revision }: HubRepository, { path }: HubFile): boolean =>
  record.repository === repository && record.revision === revision && record.parts[0]?.path === path;

async function makeFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true });
  } catch (error) {
    throw toDiskError(error);
  }
}

/** Makes the service; what an earlier run left is in its list after a moment. */
export function createDownloadsService(options: DownloadsServiceOptions): DownloadsService {
  return new Downloads(options);
}
