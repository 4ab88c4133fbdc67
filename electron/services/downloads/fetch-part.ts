import { AppError } from '../../shared/app-error.ts';
import type { HubRange, HubService } from '../hub/hub-service.ts';
import type { DownloadPart, DownloadRecord } from './download-record.ts';
import type { HeaderCheck } from './header-check.ts';
import type { PartFile } from './part-file.ts';

/** A longer entity tag is kept by nobody. */
const entityTagLimit = 1_000;

/** One try at one file of a download. */
export type FetchPartRequest = {
  readonly record: Pick<DownloadRecord, 'repository' | 'revision' | 'host'>;
  readonly part: DownloadPart;
  /** The bytes so far. */
  readonly file: PartFile;
  readonly header: HeaderCheck;
  readonly signal: AbortSignal;
  /** Called with the bytes on the disk, at the beginning and as they come. */
  readonly onBytes: (doneBytes: number) => void;
  /** Called, and waited for, before bytes of another entity are written. */
  readonly onEntityTag: (entityTag: string | null) => Promise<void>;
};

async function clear({ file, header, onBytes }: FetchPartRequest): Promise<void> {
  await file.clear();
  header.reset();
  onBytes(0);
}

/** Opens the body that goes on where the file ends; clears the file when the server begins at the beginning. */
async function openRange(request: FetchPartRequest, hub: Pick<HubService, 'range'>): Promise<HubRange> {
  const { record, part, file, signal, onEntityTag } = request;
  const { repository, revision } = record;
  const condition = part.entityTag === null ? {} : { entityTag: part.entityTag };
  const address = { repository, revision, path: part.path, start: file.sizeBytes, ...condition };
  const range = await hub.range(address, signal).catch(async (error: unknown) => {
    // The server's file ends before ours does, so ours is of another one.
    if (AppError.isInstance(error) && error.details.status === 416) await clear(request);
    throw error;
  });
  try {
    checkSize(range, request);
    const isOther = range.start > 0 && part.entityTag !== null && range.entityTag !== part.entityTag;
    if (isOther || range.start !== file.sizeBytes) await clear(request);
    // After the file was cleared: a tag must never stand beside bytes that it was not sent with.
    if (range.entityTag !== part.entityTag) await onEntityTag(usableTag(range.entityTag));
    // A server that sent the rest of another file is asked for its beginning by the next try.
    if (isOther) throw new AppError('hub/unexpected', 'The file changed on the way.', { host: record.host });
    return range;
  } catch (error) {
    await range.body.cancel().catch(() => undefined);
    throw error;
  }
}

/** A weak tag may not be asked for with a range (RFC 9110 section 13.1.5). */
function usableTag(entityTag: string | null): string | null {
  const isUsable = entityTag !== null && !entityTag.startsWith('W/') && entityTag.length <= entityTagLimit;
  return isUsable ? entityTag : null;
}

/** Without a digest the size is all that tells one file from another. */
function checkSize({ start, totalBytes }: HubRange, { part, record }: FetchPartRequest): void {
  if (totalBytes === part.sizeBytes || (start === 0 && part.sha256 !== null)) return;
  throw new AppError('hub/unexpected', 'The file has another size than the hub says.', { host: record.host });
}

async function appendBody({ body }: HubRange, request: FetchPartRequest): Promise<void> {
  const { part, file, header, signal, onBytes } = request;
  const reader = body.getReader();
  try {
    while (file.sizeBytes < part.sizeBytes) {
      const step = await reader.read();
      if (step.done) return;
      // What a server sends beyond the end belongs to nothing.
      await file.append(step.value.subarray(0, part.sizeBytes - file.sizeBytes));
      await header.look(file.sizeBytes, signal);
      onBytes(file.sizeBytes);
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

/**
 * Fetches what is missing of a file, from where the last try ended; a server that sends all of it, or another file than
 * before, is followed from the beginning. Returns the hexadecimal SHA-256 of the whole. Throws `download/damaged` when it
 * is not the hub's, `model/*` when it is no model, `download/stalled`, `egress/failed` when the body ends early, `hub/*`,
 * `egress/*`, `disk/*`, or the signal's reason; the bytes so far stay.
 */
export async function fetchPart(request: FetchPartRequest, hub: Pick<HubService, 'range'>): Promise<string> {
  const { record, part, file, onBytes } = request;
  if (file.sizeBytes > part.sizeBytes) await clear(request);
  onBytes(file.sizeBytes);
  if (file.sizeBytes < part.sizeBytes) {
    // With neither a tag nor a digest nothing would tell that the bytes belong to another file.
    if (part.entityTag === null && part.sha256 === null && file.sizeBytes > 0) await clear(request);
    await appendBody(await openRange(request, hub), request);
  }
  await file.sync();
  if (file.sizeBytes < part.sizeBytes)
    throw new AppError('egress/failed', 'The body ended early.', { host: record.host });
  const { sha256 } = file;
  if (part.sha256 !== null && sha256 !== part.sha256) {
    throw new AppError('download/damaged', 'The file is not the one of the hub.', { reason: 'digest-differs' });
  }
  return sha256;
}
