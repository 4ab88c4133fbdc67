import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, rename, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { checkRoom, toDiskError } from '../../platform/disk-room.ts';
import { syncFolder } from '../../platform/sync-folder.ts';
import { AppError, isAbortError } from '../../shared/app-error.ts';
import type { UpdatePackage } from '../../shared/update.ts';
import { requestUpdateFile, unlessSilent } from './fetch-feed.ts';
import type { UpdateSender } from './fetch-feed.ts';
import { PackageFile } from './package-file.ts';

/** What is known of a file before it is fetched. */
export type PackageFacts = Pick<UpdatePackage, 'name' | 'sizeBytes' | 'sha512'>;

/** What to fetch, and where it goes. */
export type PackageRequest = {
  readonly sender: UpdateSender;
  readonly wanted: PackageFacts;
  /** Absolute; made when it is missing. */
  readonly folder: string;
  /** Called with the bytes on the disk, at the beginning and as they come. */
  readonly onBytes: (doneBytes: number) => void;
};

/** Tries that bring nothing new before a person is told. */
const emptyTryLimit = 2;
const pauseMs = 2_000;

/**
 * Brings a package into the folder under its name, and returns its path. Goes on from what is there; never holds more bytes
 * than the signed feed names, and gives the name only to what has the signed digest. Throws AppError `update/damaged`, with
 * nothing kept, `update/unreachable`, `egress/*`, `disk/*`, or the signal's reason; the bytes so far stay then.
 */
export async function fetchPackage(request: PackageRequest, signal: AbortSignal): Promise<string> {
  const { wanted, folder } = request;
  const path = join(folder, wanted.name);
  if (await isPackage(path, wanted, signal)) return path;
  await mkdir(folder, { recursive: true, mode: 0o700 }).catch((error: unknown) => {
    throw toDiskError(error);
  });
  const file = await PackageFile.open(`${path}.part`, signal);
  try {
    await checkRoom(folder, Math.max(0, wanted.sizeBytes - file.sizeBytes));
    await fetchAll(file, request, signal);
    if (file.sha512 !== wanted.sha512) {
      await file.clear();
      throw new AppError('update/damaged', 'The package is not the one that was signed.', { reason: 'digest-differs' });
    }
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(`${path}.part`, path).catch((error: unknown) => {
    throw toDiskError(error);
  });
  await syncFolder(folder);
  return path;
}

/** Whether a file is the package, by size and digest; false for one that is not there. */
export async function isPackage(path: string, wanted: PackageFacts, signal: AbortSignal): Promise<boolean> {
  const found = await stat(path).catch(() => null);
  if (found?.isFile() !== true || found.size !== wanted.sizeBytes) return false;
  const hash = createHash('sha512');
  // A stream without an encoding yields buffers.
  for await (const chunk of createReadStream(path, { signal })) hash.update(chunk as Buffer);
  return hash.digest('hex') === wanted.sha512;
}

/** Until the file has the size of the package; a connection that fails is tried again while it brings something. */
async function fetchAll(file: PackageFile, request: PackageRequest, signal: AbortSignal): Promise<void> {
  const { wanted, sender, onBytes } = request;
  if (file.sizeBytes > wanted.sizeBytes) await file.clear();
  onBytes(file.sizeBytes);
  for (let emptyTries = 0; file.sizeBytes < wanted.sizeBytes;) {
    const before = file.sizeBytes;
    try {
      await fetchRest(file, request, signal);
    } catch (error) {
      signal.throwIfAborted();
      emptyTries = file.sizeBytes > before ? 0 : emptyTries + 1;
      if (emptyTries >= emptyTryLimit || !isPassing(error)) throw error;
      await sender.clock.delay(pauseMs, signal);
    }
  }
}

const isPassing = (error: unknown): boolean =>
  AppError.isInstance(error) && (error.code === 'egress/failed' || error.code === 'update/unreachable');

async function fetchRest(file: PackageFile, request: PackageRequest, signal: AbortSignal): Promise<void> {
  const { wanted, sender, onBytes } = request;
  const { host } = new URL(sender.source.address);
  const ending = new AbortController();
  const both = AbortSignal.any([signal, ending.signal]);
  const soon = async <T>(work: () => Promise<T>): Promise<T> => await unlessSilent(sender.clock, host, work, signal);
  try {
    const start = file.sizeBytes;
    const response = await soon(async () => await requestUpdateFile(sender, { name: wanted.name, start }, both));
    await checkAnswer(response, file, wanted, host);
    if (response.body === null) throw new AppError('egress/failed', 'The answer has no body.', { host });
    const reader = response.body.getReader();
    for (;;) {
      const step = await soon(async () => await reader.read());
      if (step.done) break;
      if (file.sizeBytes + step.value.length > wanted.sizeBytes) throw await otherSize(file, wanted);
      await file.append(step.value);
      onBytes(file.sizeBytes);
    }
    if (file.sizeBytes < wanted.sizeBytes) throw new AppError('egress/failed', 'The body ended early.', { host });
  } catch (error) {
    throw isAbortError(error) && !signal.aborted ? new AppError('egress/failed', 'It was cut.', { host }) : error;
  } finally {
    ending.abort();
  }
}

/** Before the first byte: a page, or a file of another size, is not worth fetching. */
async function checkAnswer(response: Response, file: PackageFile, wanted: PackageFacts, host: string): Promise<void> {
  const { status, headers } = response;
  if (status === 416) await file.clear();
  if (status !== 200 && status !== 206) {
    throw new AppError('update/unreachable', `The server of updates answered ${status}.`, { host, status });
  }
  const [, from] = /^bytes (\d+)-/.exec(headers.get('content-range') ?? '') ?? [];
  const start = status === 206 ? Number(from ?? -1) : 0;
  // A server that begins at the beginning, or elsewhere than it was asked to, is followed from the beginning.
  if (start !== file.sizeBytes) await file.clear();
  if (status === 206 && start !== file.sizeBytes) {
    throw new AppError('update/unreachable', 'The server of updates sent another part.', { host });
  }
  const length = headers.get('content-length');
  if (length !== null && start + Number(length) !== wanted.sizeBytes) throw await otherSize(file, wanted);
  if (headers.get('content-type')?.startsWith('text/html') === true) throw await otherSize(file, wanted);
}

async function otherSize(file: PackageFile, { sizeBytes }: PackageFacts): Promise<AppError> {
  await file.clear();
  return new AppError('update/damaged', 'The package has another size than the signed feed says.', {
    reason: 'size-differs',
    sizeBytes,
  });
}
