import { afterEach, describe, expect, it } from 'vitest';
import type { FinishedWork } from '../../platform/desktop.ts';
import { AppError } from '../../shared/app-error.ts';
import type { DocumentReading } from '../../shared/document.ts';
import { createId, documentIdSchema, summaryIdSchema } from '../../shared/ids.ts';
import type { Collection, LibraryProgress } from '../../shared/library.ts';
import type { Summary } from '../../shared/summary.ts';
import { createFakeClock } from '../../testing/fake-clock.ts';
import { createRecordingLogger } from '../../testing/recording-logger.ts';
import { createToldValue } from '../../testing/told-value.ts';
import { followWork } from './follow-work.ts';
import type { WorkSources } from './follow-work.ts';
import { longWorkMs, WorkBoard } from './work-board.ts';

const ends: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0)) await end();
});

const noReading: LibraryProgress = {
  filesDone: 0,
  filesTotal: 0,
  current: null,
  pause: null,
  remainingMs: null,
  isRebuilding: false,
};
type Listed = Pick<Collection, 'name' | 'isPaused'> & { readonly pending: number };
type KnownDocument = { readonly name: string; readonly status: 'indexing' | 'ready' | 'failed' };

/** Work of all kinds that a test moves on, and what is made of it. */
function open(change: Partial<WorkSources> = {}) {
  const clock = createFakeClock();
  const logger = createRecordingLogger();
  const finished: FinishedWork[] = [];
  const board = new WorkBoard(clock, (work) => finished.push(work));
  const queue = createToldValue<readonly Summary[]>([]);
  const kept = new Map<string, Summary>();
  const reading = createToldValue<readonly DocumentReading[]>([]);
  const library = createToldValue(noReading);
  const state = {
    listings: 0,
    collections: [] as readonly Listed[],
    documents: [] as readonly KnownDocument[],
    progress: null as WorkSources['documents']['progress'],
    libraryProgress: noReading,
    onProgress: (): void => undefined,
  };
  const leaving = new AbortController();
  const following = followWork(
    {
      board,
      clock,
      logger,
      onChange: () => undefined,
      downloads: createToldValue([]),
      summaries: {
        watchQueue: queue.watch,
        get: async (id) => {
          const summary = kept.get(id);
          if (summary === undefined) throw new AppError('app/not-found', 'There is no such summary.');
          return summary;
        },
      },
      library: {
        get progress() {
          return state.libraryProgress;
        },
        // Only names and counts are asked of them.
        list: async () => {
          state.listings += 1;
          return state.collections.map(({ pending, ...rest }) => ({ ...rest, counts: { pending } })) as never;
        },
        watchProgress: library.watch,
      },
      documents: {
        get progress() {
          return state.progress;
        },
        list: async () => state.documents as never,
        watchReading: reading.watch,
        onProgress: (listener) => {
          state.onProgress = listener;
          return () => undefined;
        },
      },
      ...change,
    },
    leaving.signal,
  );
  ends.push(async () => {
    leaving.abort();
    await following;
  });
  return { clock, logger, finished, board, queue, kept, reading, library, state };
}

const summaryOf = (status: Summary['status'], charactersRead: number): Summary => ({
  id: createId(summaryIdSchema),
  documentId: createId(documentIdSchema),
  documentName: 'Lease.pdf',
  style: 'key-points',
  length: 'medium',
  focus: '',
  status,
  runId: null,
  summary: 'Secret content',
  statements: [],
  sections: [],
  coverage: { sections: charactersRead === 0 ? 0 : 4, sectionsRead: 0, characters: 1_000, charactersRead },
  modelName: null,
  usage: null,
  error: null,
  createdAt: 0,
});

describe('followWork', () => {
  it('follows a summary until it has left the queue, and then looks how it ended', async () => {
    const { clock, finished, board, queue, kept } = open();
    const summary = summaryOf('running', 0);
    queue.tell([summary]);
    await clock.advance(2_000);
    expect(board.progress).toBe('unknown');
    queue.tell([{ ...summaryOf('running', 500), id: summary.id }]);
    await clock.advance(longWorkMs);
    expect(board.progress).toBe(0.5);
    kept.set(summary.id, { ...summaryOf('complete', 1_000), id: summary.id });
    queue.tell([]);
    await clock.advance(2_000);
    expect(board.progress).toBeNull();
    expect(finished).toEqual([{ kind: 'summary', name: 'Lease.pdf', isFailed: false }]);
  });

  it('says nothing of a summary that was removed while it was written', async () => {
    const { clock, finished, board, queue, logger } = open();
    queue.tell([summaryOf('running', 500)]);
    await clock.advance(longWorkMs);
    queue.tell([]);
    await clock.advance(2_000);
    expect([board.progress, finished, logger.lines]).toEqual([null, [], []]);
  });

  it('names the collections that were read, and lists them only when there is more to read', async () => {
    // Catches a list of all collections, with their counts, four times a second over 50,000 files.
    const { clock, finished, board, library, state } = open();
    state.collections = [
      { name: 'Contracts', isPaused: false, pending: 3 },
      { name: 'Done', isPaused: false, pending: 0 },
      { name: 'Halted', isPaused: true, pending: 9 },
    ];
    for (let filesDone = 0; filesDone < 10; filesDone += 1) {
      library.tell({ ...noReading, filesTotal: 10, filesDone });
      await clock.advance(3_000);
    }
    expect(board.progress).toBe(0.9);
    state.collections = [{ name: 'Letters', isPaused: false, pending: 2 }];
    library.tell({ ...noReading, filesTotal: 12, filesDone: 10, pause: 'busy' });
    await clock.advance(3_000);
    library.tell(noReading);
    await clock.advance(3_000);
    expect(board.progress).toBeNull();
    expect(finished).toEqual([{ kind: 'indexing', name: 'Contracts, Letters', isFailed: false }]);
    expect(state.listings).toBe(2);
  });

  it('shows no progress while reading rests', async () => {
    const { clock, board, library } = open();
    library.tell({ ...noReading, filesTotal: 10, filesDone: 5, pause: 'user' });
    await clock.advance(2_000);
    expect(board.progress).toBeNull();
  });

  it('counts reading and meaning of a document as one work', async () => {
    // Catches "ready" said between the two, when nothing happens for a moment.
    const { clock, finished, board, reading, state } = open();
    reading.tell([{ name: 'Scan.pdf', fraction: 0.5 }]);
    await clock.advance(longWorkMs);
    expect(board.progress).toBe(0.25);
    reading.tell([]);
    await clock.advance(500);
    state.documents = [{ name: 'Scan.pdf', status: 'indexing' }];
    state.progress = { done: 5, total: 10 };
    state.onProgress();
    await clock.advance(3_000);
    expect(board.progress).toBe(0.75);
    expect(finished).toEqual([]);
    state.documents = [{ name: 'Scan.pdf', status: 'ready' }];
    state.progress = null;
    state.onProgress();
    await clock.advance(4_000);
    expect(board.progress).toBeNull();
    expect(finished).toEqual([{ kind: 'indexing', name: 'Scan.pdf', isFailed: false }]);
  });

  it('says that a document failed which could not be read at all', async () => {
    const { clock, finished, reading } = open();
    reading.tell([{ name: 'Scan.pdf', fraction: 0.5 }]);
    await clock.advance(longWorkMs);
    reading.tell([]);
    await clock.advance(4_000);
    expect(finished).toEqual([{ kind: 'indexing', name: 'Scan.pdf', isFailed: true }]);
  });

  it('does not count twice what lies in collections', async () => {
    const { clock, board, library, state } = open();
    state.libraryProgress = { ...noReading, filesTotal: 4, filesDone: 1 };
    library.tell(state.libraryProgress);
    state.progress = { done: 9, total: 10 };
    state.onProgress();
    await clock.advance(3_000);
    expect(board.progress).toBe(0.25);
  });

  it('goes on with the others when one source fails', async () => {
    const { clock, board, queue, logger } = open({
      downloads: {
        watch: () => {
          throw new AppError('storage/unavailable', 'Gone');
        },
      },
    });
    queue.tell([summaryOf('running', 250)]);
    await clock.advance(2_000);
    expect(board.progress).toBe(0.25);
    expect(logger.lines).toMatchObject([{ event: 'desktop-work-lost', fields: { source: 'downloads' } }]);
  });
});
