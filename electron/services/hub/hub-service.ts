import type { HubModel, HubQuery, HubRepository } from '../../shared/hub.ts';
import type { ByteSource } from '../../inference/gguf/header-window.ts';

/** A file of a repository at one commit. */
export type HubFileAddress = { readonly repository: string; readonly revision: string; readonly path: string };

/** What is asked of a file: the bytes from `start` on, as long as it is still the same file. */
export type HubRangeRequest = HubFileAddress & {
  /** 0 for all of it. */
  readonly start: number;
  /** Last byte, included; to the end when left out. */
  readonly end?: number;
  /** Entity tag of the bytes that are there already, sent as `If-Range`. */
  readonly entityTag?: string;
};

/** A body that begins at `start`, which is 0 when the server sent everything or the file has changed. */
export type HubRange = {
  readonly start: number;
  /** Of the whole file. */
  readonly totalBytes: number;
  readonly entityTag: string | null;
  /** Errors with `download/stalled` when no byte comes for 30 seconds, and with `egress/failed` when it ends early. */
  readonly body: ReadableStream<Uint8Array>;
};

/**
 * The hub that models come from, `https://huggingface.co` or the mirror of the settings. The person's token goes to the
 * hub's own host and never further. Throws AppError `egress/*`, `hub/not-found` (repository or file), `hub/gated` (with
 * `repository`; needs a token or the publisher's consent), `hub/wrong-token`, `hub/busy` (429 or 5xx, with `retryAfterMs`
 * or null), `hub/unexpected` (an answer that is none), `download/stalled` (none at all for 30 seconds).
 */
export interface HubService {
  /** Host name of the hub in use. */
  host(): Promise<string>;
  search(query: HubQuery, signal: AbortSignal): Promise<readonly HubModel[]>;
  /** Files with sizes and digests; `fit` and `installedId` are null. */
  repository(repository: string, signal: AbortSignal): Promise<HubRepository>;
  /** A checked `Content-Range`; follows redirects to the hub's own stores only, without the token. */
  range(request: HubRangeRequest, signal: AbortSignal): Promise<HubRange>;
  /** Reads a file by position over ranges, for the header; `sizeBytes` as `repository` told. */
  byteSource(address: HubFileAddress, sizeBytes: number, signal: AbortSignal): ByteSource;
}
