import type { AnswerPart, UnnumberedPart } from '../../shared/answer-part.ts';
import { AppError } from '../../shared/app-error.ts';
import type { RunId } from '../../shared/ids.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Logger } from '../../platform/logger.ts';
import { createRunLog } from './run-log.ts';
import type { RunWork } from './runs-service.ts';

/** What a run needs beside its work. */
export type RunOptions = {
  readonly id: RunId;
  readonly clock: Clock;
  readonly logger: Logger;
  /** How long a run outlives its last follower, in milliseconds; null for ever. */
  readonly graceMs: number | null;
};

/** One run: its work, its log and who follows it. */
export class Run {
  readonly id: RunId;
  /** Resolves when the last part is written; never rejects. */
  readonly finished: Promise<void>;
  readonly #options: RunOptions;
  readonly #log = createRunLog();
  readonly #work = new AbortController();
  #followers = 0;
  #grace: AbortController | null = null;
  #hasEnded = false;
  #changed: PromiseWithResolvers<void> | null = null;

  constructor(work: RunWork, options: RunOptions) {
    this.id = options.id;
    this.#options = options;
    this.finished = this.#run(work);
  }

  get hasEnded(): boolean {
    return this.#hasEnded;
  }

  stop(): void {
    this.#work.abort();
  }

  async *follow(afterSequence: number, signal: AbortSignal): AsyncGenerator<AnswerPart, void, void> {
    if (signal.aborted) return;
    const wake = (): void => this.#notify();
    signal.addEventListener('abort', wake, { once: true });
    this.#join();
    try {
      for (let next = afterSequence + 1; !signal.aborted;) {
        const part = this.#log.at(next);
        if (part !== null) {
          next = part.sequence + 1;
          yield part;
        } else if (this.#hasEnded) {
          return;
        } else {
          await this.#change();
        }
      }
    } finally {
      signal.removeEventListener('abort', wake);
      this.#leave();
    }
  }

  async #run(work: RunWork): Promise<void> {
    // The caller must have the run's id before the work tells anything.
    await Promise.resolve();
    const { signal } = this.#work;
    try {
      const end = await work({ runId: this.id, write: (part) => this.#write(part) }, signal);
      this.#write({ type: 'run-end', ...end });
    } catch (thrown) {
      if (signal.aborted) {
        this.#write({ type: 'run-end', reason: 'stopped', usage: null });
      } else {
        const error = AppError.from(thrown);
        this.#options.logger.warn('run-failed', { code: error.code, message: error.message });
        this.#write({ type: 'run-error', error: error.toData() });
      }
    }
    this.#hasEnded = true;
    this.#grace?.abort();
    this.#notify();
  }

  #write(part: UnnumberedPart): void {
    if (this.#hasEnded) return;
    if (this.#log.length === 0 && part.type !== 'run-start') {
      this.#log.append({ type: 'run-start', runId: this.id, modelName: null, route: null });
    }
    this.#log.append(part);
    this.#notify();
  }

  #notify(): void {
    const changed = this.#changed;
    this.#changed = null;
    changed?.resolve();
  }

  #change(): Promise<void> {
    this.#changed ??= Promise.withResolvers<void>();
    return this.#changed.promise;
  }

  #join(): void {
    this.#followers += 1;
    this.#grace?.abort();
    this.#grace = null;
  }

  #leave(): void {
    this.#followers -= 1;
    const { clock, graceMs } = this.#options;
    if (this.#followers > 0 || this.#hasEnded || graceMs === null) return;
    const grace = new AbortController();
    this.#grace = grace;
    clock.delay(graceMs, grace.signal).then(
      () => this.stop(),
      () => undefined,
    );
  }
}
