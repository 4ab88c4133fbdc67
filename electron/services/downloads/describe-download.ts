import type { Download, DownloadState } from '../../shared/download.ts';
import type { ModelId } from '../../shared/ids.ts';
import type { DownloadRecord } from './download-record.ts';

/** What is known of a download at a moment, beside its record. */
export type DownloadMoment = {
  readonly state: DownloadState;
  /** Of each file. */
  readonly doneBytes: readonly number[];
  readonly bytesPerSecond: number | null;
  readonly retryInMs: number | null;
  readonly modelId: ModelId | null;
};

/** Bytes of several files. */
export const sumOf = (sizes: readonly number[]): number => sizes.reduce((sum, size) => sum + size, 0);

/** Bytes of all files of a download. */
export const totalBytesOf = ({ parts }: DownloadRecord): number => sumOf(parts.map(({ sizeBytes }) => sizeBytes));

/** A download as the window and the terminal show it. */
export function describeDownload(record: DownloadRecord, moment: DownloadMoment): Download {
  const { id, repository, name, quantisation, error, startedAt } = record;
  const { state, bytesPerSecond, retryInMs, modelId } = moment;
  const [doneBytes, totalBytes] = [sumOf(moment.doneBytes), totalBytesOf(record)];
  const isMoving = state === 'running' && bytesPerSecond !== null && bytesPerSecond > 0;
  return {
    id,
    repository,
    name,
    quantisation,
    state,
    doneBytes,
    totalBytes,
    bytesPerSecond: state === 'running' ? bytesPerSecond : null,
    remainingMs: isMoving ? ((totalBytes - doneBytes) / bytesPerSecond) * 1_000 : null,
    error,
    retryInMs: retryInMs === null ? null : Math.max(0, Math.round(retryInMs)),
    modelId,
    startedAt,
  };
}
