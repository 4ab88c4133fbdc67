import type { Download, DownloadRequest } from '../../shared/download.ts';
import type { DownloadId } from '../../shared/ids.ts';

/**
 * Downloads of models into the model folder. They survive the end of the app in any form: what is on the disk is gone on
 * from, at most 4 MiB are fetched twice, and nothing gets its final name before its SHA-256 is the one of the hub.
 */
export interface DownloadsService {
  list(): readonly Download[];
  /** The list at once and whenever it changes, at most five times a second. */
  watch(signal: AbortSignal): AsyncIterable<readonly Download[]>;
  /**
   * Asks the hub what belongs to the model, checks the room on the disk, and queues it; the same model asked for twice is
   * the same download. Throws `hub/*`, `egress/*`, `disk/full` with `neededBytes` and `freeBytes`, `download/no-such-file`
   * with the `quantisations` that there are, `download/already-installed`.
   */
  start(request: DownloadRequest, signal: AbortSignal): Promise<Download>;
  /** Lets go of the connection and keeps the bytes. Throws `app/not-found`. */
  pause(id: DownloadId): Promise<void>;
  /** Goes on with one that is paused or failed. Throws `app/not-found`. */
  resume(id: DownloadId): Promise<void>;
  /** Ends it and removes its bytes; one that is done only leaves the list. Throws `app/not-found`. */
  cancel(id: DownloadId): Promise<void>;
  /** Calls back when a model has its final name; returns the way to stop. */
  onInstalled(listener: () => void): () => void;
  close(): Promise<void>;
}
