import type { Clock } from '../../platform/clock.ts';
import { AppError } from '../../shared/app-error.ts';
import type { HubRange, HubService } from '../hub/hub-service.ts';
import type { DownloadPart, DownloadRecord } from './download-record.ts';
import { PartFile } from './part-file.ts';
import type { OpenPart } from './part-file.ts';

/** Time without a byte after which a connection counts as dead, in milliseconds. */
const stallMs = 30_000;

/** One try at one file of a download. */
export type FetchPartRequest = {
  readonly record: Pick<DownloadRecord, 'repository' | 'revision' | 'name'>;
  readonly part: DownloadPart;
  /** Absolute path of the bytes so far. */
  readonly path: string;
  readonly signal: AbortSignal;
  /** Called with the bytes on the disk, at the beginning and as they come. */
  readonly onBytes: (doneBytes: number) => void;
  /** Called, and waited for, before bytes of another entity are written. */
  readonly onEntityTag: (entityTag: string | null) => Promise<void>;
};

/** What fetching needs. */
export type FetchPartOptions = {
  readonly hub: Pick<HubService, 'range'>;
  readonly clock: Clock;
  readonly openPart?: OpenPart;
};

/** The next piece of a body, or null at its end. Throws `download/stalled`. */
async function nextPiece(
  reader: ReadableStreamDefaultReader<Uint8Array>,
  clock: Clock,
  signal: AbortSignal,
): Promise<Uint8Array | null> {
  const over = new AbortController();
  const stalled = clock.delay(stallMs, AbortSignal.any([signal, over.signal])).then(() => {
    throw new AppError('download/stalled', 'No byte came for a while.');
  });
  // After the piece came nobody waits for it any more.
  stalled.catch(() => undefined);
  try {
    const step = await Promise.race([reader.read(), stalled]);
    return step.done ? null : step.value;
  } finally {
    over.abort();
  }
}

async function appendBody(
  file: PartFile,
  { body }: HubRange,
  { part, signal, onBytes }: FetchPartRequest,
  { clock }: FetchPartOptions,
): Promise<void> {
  const reader = body.getReader();
  try {
    while (file.sizeBytes < part.sizeBytes) {
      const piece = await nextPiece(reader, clock, signal);
      if (piece === null) return;
      if (file.sizeBytes === 0) checkMagic(piece);
      // What a server sends beyond the end belongs to nothing.
      await file.append(piece.subarray(0, part.sizeBytes - file.sizeBytes));
      onBytes(file.sizeBytes);
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

/** A page that says no, sent as if it were the file, ends here and not after gigabytes. */
function checkMagic(piece: Uint8Array): void {
  if (piece.length < 4 || Buffer.from(piece.subarray(0, 4)).toString('latin1') === 'GGUF') return;
  throw new AppError('download/damaged', 'What arrives is no model.', { reason: 'not-a-model' });
}

/**
 * Fetches what is missing of a file, from where the last try ended; a server that sends all of it, or another file than
 * before, is followed from the beginning. Returns the hexadecimal SHA-256 of the whole. Throws `download/damaged` when it
 * is not the hub's, `download/stalled`, `egress/failed` when the body ends early, `hub/*`, `egress/*`, `disk/*`, or the
 * signal's reason; the bytes so far stay.
 */
export async function fetchPart(request: FetchPartRequest, options: FetchPartOptions): Promise<string> {
  const { record, part, path, signal, onBytes, onEntityTag } = request;
  const file = await PartFile.open(path, signal, options.openPart);
  try {
    if (file.sizeBytes > part.sizeBytes) await file.clear();
    onBytes(file.sizeBytes);
    if (file.sizeBytes < part.sizeBytes) {
      const { repository, revision } = record;
      const { entityTag } = part;
      // Without a tag nothing tells whether the bytes that are there belong to the same file.
      if (entityTag === null && file.sizeBytes > 0) await file.clear();
      const condition = entityTag === null ? {} : { entityTag };
      const address = { repository, revision, path: part.path, start: file.sizeBytes, ...condition };
      const range = await options.hub.range(address, signal);
      if (range.entityTag !== entityTag) await onEntityTag(range.entityTag);
      if (range.start !== file.sizeBytes) await file.clear();
      await appendBody(file, range, request, options);
    }
    await file.sync();
    if (file.sizeBytes < part.sizeBytes) throw new AppError('egress/failed', 'The body ended early.', { host: '' });
    const { sha256 } = file;
    if (part.sha256 !== null && sha256 !== part.sha256) {
      throw new AppError('download/damaged', 'The file is not the one of the hub.', { reason: 'digest-differs' });
    }
    return sha256;
  } finally {
    await file.close();
  }
}
