import type { RunId, SummaryId } from '../../shared/ids.ts';
import type { RunEnd, RunsService, RunWriter } from '../runs/runs-service.ts';

/** Why a summary is not written any further. */
export type Halt = 'paused' | 'stopped' | 'closing';

/** One summary whose turn has come. */
export type QueueTurn = {
  readonly summaryId: SummaryId;
  readonly writer: RunWriter;
  /** Aborted by a stop and by the end of the app. */
  readonly signal: AbortSignal;
  /** Why to end now, as far as it is known; `paused` is heeded between two stretches. */
  readonly halt: () => Halt | null;
};

/** What the queue works with. */
export type QueueOptions = {
  readonly runs: Pick<RunsService, 'start' | 'stop' | 'finished'>;
  readonly perform: (turn: QueueTurn) => Promise<RunEnd>;
  /** Stores how one ended whose turn never came. */
  readonly onHalted: (summaryId: SummaryId, halt: Halt) => Promise<void>;
};

type Entry = {
  readonly runId: RunId;
  /** Resolves when it is halted before its turn. */
  readonly halted: PromiseWithResolvers<void>;
  hasBegun: boolean;
  isPausing: boolean;
};

const abortOf = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });

/** One at a time, in the order in which they came. A summary is in it from its request to the end of its run. */
export class SummaryQueue {
  readonly #options: QueueOptions;
  readonly #entries = new Map<SummaryId, Entry>();
  readonly #closing = new AbortController();
  #tail: Promise<void> = Promise.resolve();

  constructor(options: QueueOptions) {
    this.#options = options;
  }

  /** What waits or is written, in the order in which it came. */
  get ids(): readonly SummaryId[] {
    return [...this.#entries.keys()];
  }

  /** The run of a summary that waits or is written; null for any other. */
  runOf(summaryId: SummaryId): RunId | null {
    return this.#entries.get(summaryId)?.runId ?? null;
  }

  /** `store` is awaited before anything else, so that whoever gets the run finds the summary. Throws what it throws. */
  async add(summaryId: SummaryId, store: (runId: RunId) => Promise<void>): Promise<RunId> {
    const stored = Promise.withResolvers<void>();
    const before = this.#tail;
    const left = Promise.withResolvers<void>();
    this.#tail = before.then(() => left.promise);
    try {
      const runId = this.#options.runs.start(
        async (writer, signal) => {
          try {
            await stored.promise;
            return await this.#run(summaryId, before, writer, signal);
          } finally {
            this.#entries.delete(summaryId);
            left.resolve();
          }
        },
        { outlivesFollowers: true },
      );
      this.#entries.set(summaryId, {
        runId,
        halted: Promise.withResolvers<void>(),
        hasBegun: false,
        isPausing: false,
      });
      await store(runId).then(stored.resolve, (error: unknown) => {
        stored.reject(error);
        throw error;
      });
      return runId;
    } catch (error) {
      left.resolve();
      throw error;
    }
  }

  /** Halts after the stretch that is being read; at once before its turn, and then its end is awaited. */
  async pause(summaryId: SummaryId): Promise<void> {
    const entry = this.#entries.get(summaryId);
    if (entry === undefined) return;
    entry.isPausing = true;
    if (entry.hasBegun) return;
    entry.halted.resolve();
    await this.#options.runs.finished(entry.runId);
  }

  /** Takes back a pause that has not been heeded yet; false when there is none. */
  takeBackPause(summaryId: SummaryId): boolean {
    const entry = this.#entries.get(summaryId);
    if (entry === undefined || !entry.hasBegun || !entry.isPausing) return false;
    entry.isPausing = false;
    return true;
  }

  /** Aborts it, whether it waits or is written; resolves when its end is stored. */
  async stop(summaryId: SummaryId): Promise<void> {
    const runId = this.runOf(summaryId);
    if (runId === null) return;
    this.#options.runs.stop(runId);
    await this.#options.runs.finished(runId);
  }

  /** Ends what is written, so that it can go on later, and waits for it. */
  async close(): Promise<void> {
    this.#closing.abort();
    await Promise.all([...this.#entries.values()].map(({ runId }) => this.#options.runs.finished(runId)));
  }

  async #run(summaryId: SummaryId, before: Promise<void>, writer: RunWriter, signal: AbortSignal): Promise<RunEnd> {
    const entry = this.#entries.get(summaryId);
    const closing = this.#closing.signal;
    const halt = (): Halt | null => {
      if (signal.aborted) return 'stopped';
      if (closing.aborted) return 'closing';
      return entry?.isPausing === true ? 'paused' : null;
    };
    await Promise.race([before, entry?.halted.promise ?? before, abortOf(signal), abortOf(closing)]);
    const early = halt();
    if (early !== null) {
      await this.#options.onHalted(summaryId, early);
      return { reason: early === 'stopped' ? 'stopped' : 'interrupted', usage: null };
    }
    if (entry !== undefined) entry.hasBegun = true;
    return await this.#options.perform({ summaryId, writer, signal: AbortSignal.any([signal, closing]), halt });
  }
}
