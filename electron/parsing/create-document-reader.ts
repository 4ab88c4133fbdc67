import type { Clock } from '../platform/clock.ts';
import type { Logger } from '../platform/logger.ts';
import { AppError } from '../shared/app-error.ts';
import { documentSizeLimitBytes } from '../shared/document.ts';
import { untilAborted } from '../shared/until-aborted.ts';
import type { DocumentReader, ReadDocument, ReadRequest } from './document-reader.ts';
import type { ParsingLauncher, ParsingProcess } from './parsing-launcher.ts';
import { parsingEventSchema } from './protocol.ts';
import type { ParsingEvent, ParsingRequest, PassageSpan } from './protocol.ts';

/** What the reader is made of, and its limits. */
export type DocumentReaderOptions = {
  readonly launcher: ParsingLauncher;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Absolute path of the built worker. */
  readonly workerPath: string;
  /** For one document, from the moment that its turn has come. Default 60 s. */
  readonly deadlineMs?: number;
  /** Default 1,024. */
  readonly memoryLimitMegabytes?: number;
  /** An idle process is ended after this. Default 30 s. */
  readonly idleMs?: number;
  /** Default `documentSizeLimitBytes`. */
  readonly limitBytes?: number;
};

type ReadOptions = Parameters<DocumentReader['read']>[1];

/** The document that is being read, put together from its slices. */
class Job {
  readonly #text: string[] = [];
  readonly #passages: PassageSpan[] = [];
  readonly #done = Promise.withResolvers<ReadDocument>();
  readonly request: ParsingRequest;
  readonly #onProgress: ((fraction: number) => void) | undefined;

  constructor(request: ParsingRequest, onProgress: ((fraction: number) => void) | undefined) {
    this.request = request;
    this.#onProgress = onProgress;
  }

  get name(): string {
    return this.request.file.name;
  }

  get document(): Promise<ReadDocument> {
    return this.#done.promise;
  }

  accept(event: ParsingEvent): void {
    switch (event.type) {
      case 'read-progress':
        this.#onProgress?.(event.fraction);
        return;
      case 'text-slice':
        this.#text.push(event.text);
        return;
      case 'passage-slice':
        this.#passages.push(...event.passages);
        return;
      case 'read-error':
        this.fail(AppError.fromData(event.error));
        return;
      case 'read-end': {
        const { type: _type, id: _id, ...rest } = event;
        this.#done.resolve({ ...rest, text: this.#text.join(''), passages: this.#passages });
      }
    }
  }

  fail(error: unknown): void {
    this.#done.reject(error);
  }
}

/** One process at a time, one document at a time; a process that hangs, crashes or is told to stop is replaced. */
class ProcessDocumentReader implements DocumentReader {
  readonly #options: Required<DocumentReaderOptions>;
  readonly #closing = new AbortController();
  #process: ParsingProcess | null = null;
  #job: Job | null = null;
  #turn: Promise<unknown> = Promise.resolve();
  #nextId = 0;
  #idle = new AbortController();

  constructor(options: Required<DocumentReaderOptions>) {
    this.#options = options;
  }

  read(request: ReadRequest, options: ReadOptions): Promise<ReadDocument> {
    const read = this.#turn.then(() => this.#readNow(request, options));
    this.#turn = read.catch(() => undefined);
    // Whoever stops waiting is free at once, also in the queue.
    return untilAborted(read, options.signal);
  }

  async close(): Promise<void> {
    this.#closing.abort(new AppError('app/closing', 'Sotto is closing.'));
    this.#endProcess();
    await this.#turn;
  }

  async #readNow(file: ReadRequest, { signal, onProgress }: ReadOptions): Promise<ReadDocument> {
    const stop = AbortSignal.any([signal, this.#closing.signal]);
    stop.throwIfAborted();
    this.#idle.abort();
    const { limitBytes, deadlineMs, clock } = this.#options;
    const job = new Job({ type: 'read', id: this.#nextId, file, limitBytes }, onProgress);
    this.#nextId += 1;
    const finished = new AbortController();
    this.#job = job;
    try {
      const onAbort = (): void => job.fail(stop.reason);
      stop.addEventListener('abort', onAbort, { once: true, signal: finished.signal });
      clock.delay(deadlineMs, finished.signal).then(
        () => job.fail(new AppError('parsing/timeout', 'Reading took too long.', { name: file.name, deadlineMs })),
        () => undefined,
      );
      this.#startedProcess().send(job.request);
      const document = await job.document;
      this.#endProcessWhenIdle();
      return document;
    } catch (error) {
      // The worker says by itself when a file is at fault, and is free again; otherwise it still works on the document.
      if (AppError.isInstance(error) && error.code.startsWith('file/')) this.#endProcessWhenIdle();
      else this.#endProcess();
      throw error;
    } finally {
      this.#job = null;
      finished.abort();
    }
  }

  #startedProcess(): ParsingProcess {
    if (this.#process) return this.#process;
    const { launcher, workerPath, memoryLimitMegabytes, logger } = this.#options;
    const started = launcher.launch({ workerPath, memoryLimitMegabytes });
    this.#process = started;
    started.onExit(() => {
      if (this.#process !== started) return;
      this.#process = null;
      logger.warn('parsing-process-exited', { isBusy: this.#job !== null });
      this.#job?.fail(new AppError('parsing/crashed', 'The parsing process ended.', { name: this.#job.name }));
    });
    started.onMessage((message) => {
      if (this.#process !== started) return;
      const event = parsingEventSchema.safeParse(message);
      if (!event.success)
        this.#job?.fail(
          new AppError('parsing/crashed', 'The parsing process sent nonsense.', { name: this.#job.name }),
        );
      else if (event.data.id === this.#job?.request.id) this.#job.accept(event.data);
    });
    return started;
  }

  #endProcess(): void {
    const running = this.#process;
    this.#process = null;
    running?.kill();
  }

  #endProcessWhenIdle(): void {
    this.#idle = new AbortController();
    this.#options.clock.delay(this.#options.idleMs, this.#idle.signal).then(
      () => this.#endProcess(),
      () => undefined,
    );
  }
}

/** Makes the reader; its process starts with the first document. */
export function createDocumentReader(options: DocumentReaderOptions): DocumentReader {
  return new ProcessDocumentReader({
    deadlineMs: 60_000,
    memoryLimitMegabytes: 1_024,
    idleMs: 30_000,
    limitBytes: documentSizeLimitBytes,
    ...options,
  });
}
