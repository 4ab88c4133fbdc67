import type { Clock } from '../../platform/clock.ts';
import type { Logger } from '../../platform/logger.ts';
import { AppError } from '../../shared/app-error.ts';
import type { SummaryId } from '../../shared/ids.ts';
import type { Summary } from '../../shared/summary.ts';
import type { DocumentsService } from '../documents/documents-service.ts';
import type { DownloadsService } from '../downloads/downloads-service.ts';
import type { LibraryService } from '../library/library-service.ts';
import type { SummariesService } from '../summaries/summaries-service.ts';
import { downloadWork, summaryWork } from './describe-work.ts';
import { followDocuments } from './follow-documents.ts';
import { followLibrary } from './follow-library.ts';
import { sampleMs } from './sample-ms.ts';
import type { WorkBoard } from './work-board.ts';

/** Who has work that takes its time. */
export type WorkSources = {
  readonly downloads: Pick<DownloadsService, 'watch'>;
  readonly summaries: Pick<SummariesService, 'watchQueue' | 'get'>;
  readonly library: Pick<LibraryService, 'list' | 'watchProgress' | 'progress'>;
  readonly documents: Pick<DocumentsService, 'list' | 'watchReading' | 'progress' | 'onProgress'>;
};

type FollowOptions = WorkSources & {
  readonly board: WorkBoard;
  readonly clock: Pick<Clock, 'delay'>;
  readonly logger: Logger;
  /** The board shows something else. */
  readonly onChange: () => void;
};

/** Keeps the board up to date until the signal. A source that fails is noted, and its work is shown no more. */
export async function followWork(options: FollowOptions, signal: AbortSignal): Promise<void> {
  const { logger } = options;
  const sources = {
    downloads: followDownloads,
    summaries: followSummaries,
    library: followLibrary,
    documents: followDocuments,
  } as const;
  const follow = async (source: keyof typeof sources): Promise<void> => {
    try {
      await sources[source](options, signal);
    } catch (error) {
      if (!signal.aborted) logger.warn('desktop-work-lost', { source, code: AppError.from(error).code });
      options.board.report(source, []);
      options.onChange();
    }
  };
  await Promise.all([follow('downloads'), follow('summaries'), follow('library'), follow('documents')]);
}

async function followDownloads(
  { downloads, board, clock, onChange }: FollowOptions,
  signal: AbortSignal,
): Promise<void> {
  for await (const list of downloads.watch(signal)) {
    board.report('downloads', list.map(downloadWork));
    onChange();
    await clock.delay(sampleMs, signal).catch(() => undefined);
  }
}

async function followSummaries(
  { summaries, board, clock, onChange }: FollowOptions,
  signal: AbortSignal,
): Promise<void> {
  let followed: readonly SummaryId[] = [];
  for await (const queue of summaries.watchQueue(signal)) {
    const ids = new Set(queue.map(({ id }) => id));
    const left = await Promise.all(followed.filter((id) => !ids.has(id)).map((id) => find(summaries, id)));
    const all = [...queue, ...left.filter((summary) => summary !== null)];
    board.report('summaries', all.map(summaryWork));
    followed = queue.map(({ id }) => id);
    onChange();
    await clock.delay(sampleMs, signal).catch(() => undefined);
  }
}

/** A summary that has left the queue; null when it was removed. */
async function find(summaries: Pick<SummariesService, 'get'>, id: SummaryId): Promise<Summary | null> {
  return await summaries.get(id).catch((error: unknown) => {
    if (AppError.from(error).code === 'app/not-found') return null;
    throw error;
  });
}
