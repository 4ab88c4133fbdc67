import type { Clock } from '../platform/clock.ts';
import type { Logger } from '../platform/logger.ts';
import { AppError } from '../shared/app-error.ts';
import type { ParsingExit, ParsingLauncher, ParsingProcess } from './parsing-launcher.ts';
import { parsingEventSchema } from './protocol.ts';
import type { ParsingEvent, ParsingRequest } from './protocol.ts';

/** What a session is made of, and its limits. */
export type ParsingSessionOptions = {
  readonly launcher: ParsingLauncher;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Absolute path of the built worker. */
  readonly workerPath: string;
  /** For one request, from its beginning or the last page that was finished. */
  readonly deadlineMs: number;
  /** For one request in all. */
  readonly overallDeadlineMs: number;
  /** Resident memory of the process. */
  readonly memoryLimitMegabytes: number;
  /** An idle process is ended after this. */
  readonly idleMs: number;
};

/** A request, and what to do with its events; `accept` returns the result when it has it. */
export type ParsingTask<Result> = {
  readonly request: (id: number) => ParsingRequest;
  readonly accept: (event: ParsingEvent) => { readonly result: Result } | null;
};

type Running = {
  readonly id: number;
  readonly name: string;
  accept(event: ParsingEvent): void;
  fail(error: unknown): void;
};

/** The share of the limit that JavaScript objects may take; code, buffers and pictures need the rest. */
const heapShare = 0.6;

/** Why a process that ended by itself ended, for the file that it was at. */
function exitError({ isOutOfMemory }: ParsingExit, name: string): AppError {
  return isOutOfMemory
    ? new AppError('file/too-complex', 'Reading the file took too much memory.', { name })
    : new AppError('parsing/crashed', 'The parsing process ended.', { name });
}

/** One process, one request at a time; a process that hangs, crashes or is told to stop is replaced by the next request. */
export class ParsingSession {
  readonly #options: ParsingSessionOptions;
  #process: ParsingProcess | null = null;
  #running: Running | null = null;
  #nextId = 0;
  #idle = new AbortController();

  constructor(options: ParsingSessionOptions) {
    this.#options = options;
  }

  /**
   * Asks the process, which is started where there is none. The caller waits for the end of one before the next.
   * Throws AppError `file/*`, `parsing/timeout`, `parsing/crashed`, and the signal's reason.
   */
  async run<Result>(task: ParsingTask<Result>, signal: AbortSignal): Promise<Result> {
    signal.throwIfAborted();
    this.#idle.abort();
    const done = Promise.withResolvers<Result>();
    const finished = new AbortController();
    const request = task.request(this.#nextId);
    this.#nextId += 1;
    let hasAnswered = false;
    let lastPageAtMs = this.#options.clock.monotonicMs();
    const running: Running = {
      id: request.id,
      name: request.file.name,
      fail: done.reject,
      accept: (event) => {
        if (event.type === 'read-progress' && event.isPageDone) lastPageAtMs = this.#options.clock.monotonicMs();
        const end = task.accept(event);
        hasAnswered = end !== null || event.type === 'read-error';
        if (event.type === 'read-error') done.reject(AppError.fromData(event.error));
        else if (end) done.resolve(end.result);
      },
    };
    this.#running = running;
    try {
      signal.addEventListener('abort', () => done.reject(signal.reason), { once: true, signal: finished.signal });
      this.#limitTime(running, () => lastPageAtMs, finished.signal).catch(() => undefined);
      this.#startedProcess().send(request);
      const result = await done.promise;
      this.#endWhenIdle();
      return result;
    } catch (error) {
      // The worker says by itself when a file is at fault, and is free again; otherwise it still works on the request.
      if (hasAnswered && this.#process) this.#endWhenIdle();
      else this.end();
      throw error;
    } finally {
      this.#running = null;
      finished.abort();
    }
  }

  /** Ends the process at once, in whatever it is doing. */
  end(): void {
    const running = this.#process;
    this.#process = null;
    running?.kill();
  }

  async #limitTime(running: Running, lastPageAtMs: () => number, finished: AbortSignal): Promise<void> {
    const { clock, deadlineMs, overallDeadlineMs } = this.#options;
    const lastMs = clock.monotonicMs() + overallDeadlineMs;
    for (;;) {
      const restMs = Math.min(lastPageAtMs() + deadlineMs, lastMs) - clock.monotonicMs();
      if (restMs <= 0) break;
      await clock.delay(restMs, finished);
    }
    running.fail(new AppError('parsing/timeout', 'Reading took too long.', { name: running.name, deadlineMs }));
  }

  #startedProcess(): ParsingProcess {
    if (this.#process) return this.#process;
    const { launcher, workerPath, memoryLimitMegabytes, logger } = this.#options;
    const started = launcher.launch({
      workerPath,
      memoryLimitMegabytes: Math.round(memoryLimitMegabytes * heapShare),
      residentLimitMegabytes: memoryLimitMegabytes,
    });
    this.#process = started;
    started.onExit((exit) => {
      if (this.#process !== started) return;
      this.#process = null;
      logger.warn('parsing-process-exited', { isBusy: this.#running !== null, ...exit });
      this.#running?.fail(exitError(exit, this.#running.name));
    });
    started.onMessage((message) => {
      if (this.#process !== started || !this.#running) return;
      const event = parsingEventSchema.safeParse(message);
      if (!event.success) {
        const { name } = this.#running;
        this.#running.fail(new AppError('parsing/crashed', 'The parsing process sent nonsense.', { name }));
      } else if (event.data.id === this.#running.id) this.#running.accept(event.data);
    });
    return started;
  }

  #endWhenIdle(): void {
    this.#idle = new AbortController();
    this.#options.clock.delay(this.#options.idleMs, this.#idle.signal).then(
      () => this.end(),
      () => undefined,
    );
  }
}

/** Limits that hold unless told otherwise: 20 s for a page, an hour in all, 512 MB, and 30 s of idling. */
export const parsingLimits = {
  deadlineMs: 20_000,
  overallDeadlineMs: 60 * 60_000,
  memoryLimitMegabytes: 512,
  idleMs: 30_000,
} as const;
