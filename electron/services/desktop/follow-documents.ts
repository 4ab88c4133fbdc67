import type { Clock } from '../../platform/clock.ts';
import type { DocumentReading } from '../../shared/document.ts';
import type { DocumentsService } from '../documents/documents-service.ts';
import type { LibraryService } from '../library/library-service.ts';
import { sampleMs } from './sample-ms.ts';
import type { LongWork, WorkBoard } from './work-board.ts';

/** Documents that a person added by hand take about this long, most of them less. */
const weightSeconds = 30;

type FollowOptions = {
  readonly documents: Pick<DocumentsService, 'list' | 'watchReading' | 'progress' | 'onProgress'>;
  readonly library: Pick<LibraryService, 'progress'>;
  readonly board: WorkBoard;
  readonly clock: Pick<Clock, 'delay'>;
  readonly onChange: () => void;
};

/**
 * Shows on the board how far documents are that were added by hand: first they are read, then their passages get their
 * meaning. What lies in collections counts there.
 */
export async function followDocuments(options: FollowOptions, signal: AbortSignal): Promise<void> {
  const { documents, clock } = options;
  const reporter = new DocumentReporter(options);
  let change = Promise.withResolvers<void>();
  const announce = (): void => change.resolve();
  const unsubscribe = documents.onProgress(announce);
  signal.addEventListener('abort', announce, { once: true });
  const listening = listenToReadings(documents, signal, (readings) => {
    reporter.readings = readings;
    announce();
  });
  try {
    while (!signal.aborted) {
      await change.promise;
      change = Promise.withResolvers();
      await reporter.report();
      await clock.delay(sampleMs, signal).catch(() => undefined);
      // Between the reading and the meaning nothing happens for a moment: what ended is looked at once more.
      if (reporter.isEnding) announce();
    }
    await listening;
  } finally {
    unsubscribe();
  }
}

async function listenToReadings(
  documents: Pick<DocumentsService, 'watchReading'>,
  signal: AbortSignal,
  onReadings: (readings: readonly DocumentReading[]) => void,
): Promise<void> {
  for await (const readings of documents.watchReading(signal)) onReadings(readings);
}

class DocumentReporter {
  readings: readonly DocumentReading[] = [];
  isEnding = false;
  readonly #options: FollowOptions;
  readonly #names = new Set<string>();
  #isGoing = false;

  constructor(options: FollowOptions) {
    this.#options = options;
  }

  async report(): Promise<void> {
    const fraction = this.#fraction();
    if (fraction === null) await this.#end();
    else {
      this.isEnding = false;
      await this.#learnNames();
      this.#isGoing = true;
      this.#tell('going', fraction);
    }
    this.#options.onChange();
  }

  /** Reading is the first half, meaning the second. */
  #fraction(): number | null {
    const { documents, library } = this.#options;
    const { readings } = this;
    if (readings.length > 0) {
      return readings.reduce((sum, { fraction }) => sum + fraction, 0) / readings.length / 2;
    }
    const { progress } = documents;
    if (progress === null || library.progress.filesTotal > 0) return null;
    return progress.total === 0 ? 0.5 : 0.5 + progress.done / progress.total / 2;
  }

  async #learnNames(): Promise<void> {
    for (const { name } of this.readings) this.#names.add(name);
    // Those of an earlier run of the app go on without being read again.
    if (this.#isGoing || this.readings.length > 0) return;
    for (const { name, status } of await this.#options.documents.list()) {
      if (status === 'indexing') this.#names.add(name);
    }
  }

  async #end(): Promise<void> {
    if (!this.#isGoing) return;
    if (!this.isEnding) {
      this.isEnding = true;
      return;
    }
    const kept = (await this.#options.documents.list()).filter(({ name }) => this.#names.has(name));
    // What could not be read at all is not in the list.
    this.#tell(kept.some(({ status }) => status !== 'failed') ? 'done' : 'failed', 1);
    [this.isEnding, this.#isGoing] = [false, false];
    this.#names.clear();
  }

  #tell(state: LongWork['state'], fraction: number): void {
    const name = [...this.#names].join(', ');
    this.#options.board.report('documents', [
      { id: 'documents', kind: 'indexing', name, state, fraction, weightSeconds },
    ]);
  }
}
