import type { AppClient } from '../../../app/app-client.ts';
import { AppError } from '../../../shared/app-error.ts';
import type { Download } from '../../../shared/download.ts';
import type { DownloadId } from '../../../shared/ids.ts';
import { errorWords, formatBytes } from '../../../shared/words.ts';
import { durationWords } from '../../follow-run.ts';
import type { Terminal } from '../../terminal.ts';

/** What a download is followed with. */
export type FollowDownloadOptions = {
  readonly client: AppClient;
  readonly terminal: Terminal;
  /** Ctrl+C: the download is paused, and what is there is kept. */
  readonly signal: AbortSignal;
};

const barWidth = 16;

/**
 * Shows a download until it is done or paused. Throws the AppError of one that failed, and `app/not-found` for one that
 * somebody cancelled meanwhile.
 */
export async function followDownload(id: DownloadId, options: FollowDownloadOptions): Promise<Download> {
  const { client, terminal, signal } = options;
  const pause = (): void => {
    // When the app is gone too, the end of the stream tells.
    client.downloads.pause({ id }).catch(() => undefined);
  };
  if (signal.aborted) pause();
  signal.addEventListener('abort', pause, { once: true });
  const leaving = new AbortController();
  try {
    for await (const list of await client.downloads.watch(undefined, { signal: leaving.signal })) {
      const download = list.find((one) => one.id === id);
      if (download === undefined) throw new AppError('app/not-found', 'The download was cancelled.');
      if (download.state === 'done' || (download.state === 'paused' && signal.aborted)) return download;
      if (download.state === 'failed' || download.state === 'paused') {
        throw AppError.fromData(download.error ?? new AppError('egress/offline', 'The download was paused.').toData());
      }
      terminal.progress(phaseWords(download, terminal), detailWords(download, terminal));
    }
    throw new AppError('app/closing', 'The downloads have ended');
  } finally {
    signal.removeEventListener('abort', pause);
    leaving.abort();
  }
}

function phaseWords({ state, name, error, retryInMs }: Download, { t, words }: Terminal): string {
  if (retryInMs !== null) {
    const again = t('terminal:models.retrying', { seconds: Math.max(1, Math.ceil(retryInMs / 1_000)) });
    return error === null ? again : `${errorWords(words, error)} ${again}`;
  }
  if (state === 'checking') return t('terminal:models.checking', { name });
  if (state === 'waiting') return t('terminal:models.waiting');
  return t('terminal:models.downloading', { name });
}

function detailWords(download: Download, { t, language }: Terminal): string {
  const { state, doneBytes, totalBytes, bytesPerSecond, remainingMs } = download;
  if (state !== 'running') return '';
  const fraction = Math.min(1, doneBytes / totalBytes);
  const filled = Math.round(fraction * barWidth);
  const bar = `${'█'.repeat(filled)}${'░'.repeat(barWidth - filled)}`;
  const rate = bytesPerSecond === null ? null : `${formatBytes(bytesPerSecond, language)}/s`;
  const left = remainingMs === null ? null : t('terminal:progress.remaining', { duration: durationWords(remainingMs) });
  const sizes = `${formatBytes(doneBytes, language)} / ${formatBytes(totalBytes, language)}`;
  return [bar, `${Math.floor(fraction * 100)} %`, sizes, rate, left].filter((part) => part !== null).join('  ');
}
