import type { Clock } from '../platform/clock.ts';
import type { Logger } from '../platform/logger.ts';
import { AppError } from '../shared/app-error.ts';
import { untilAborted } from '../shared/until-aborted.ts';
import type { ReadRequest } from './document-reader.ts';
import type { ExportReader } from './export-reader.ts';
import type { ParsingLauncher, ParsingProcess } from './parsing-launcher.ts';
import { exportEventSchema } from './protocol/export-protocol.ts';
import type { ExportEvent, ExportStep } from './protocol/export-protocol.ts';

/** What the reader is made of, and its limits. */
export type ExportReaderOptions = {
  readonly launcher: ParsingLauncher;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Absolute path of the built worker. */
  readonly workerPath: string;
  /** For each event: the process says that it is alive after every few megabytes. Default 60 s. */
  readonly silenceMs?: number;
  /** Default 1,024. */
  readonly memoryLimitMegabytes?: number;
};

type Parts = Required<ExportReaderOptions>;

const exhausted = (name: string, message: string): AppError => new AppError('transfer/too-large', message, { name });

/** One process at work on one file: asks it for its next event, and waits for no other. */
class ExportProcess {
  readonly #process: ParsingProcess;
  readonly #name: string;
  readonly #parts: Parts;
  #awaited = Promise.withResolvers<ExportEvent>();

  constructor(file: ReadRequest, parts: Parts) {
    const { name } = file;
    const { launcher, workerPath, memoryLimitMegabytes, logger } = parts;
    this.#name = name;
    this.#parts = parts;
    this.#process = launcher.launch({ workerPath, memoryLimitMegabytes });
    this.#awaited.promise.catch(() => undefined);
    this.#process.onMessage((message) => {
      const event = exportEventSchema.safeParse(message);
      if (event.success) this.#awaited.resolve(event.data);
      else this.#awaited.reject(exhausted(name, 'The parsing process sent nonsense.'));
    });
    this.#process.onExit(() => {
      logger.info('export-process-exited');
      this.#awaited.reject(exhausted(name, 'The parsing process ended before the file did.'));
    });
    this.#process.send({ type: 'read-export', file });
  }

  async next(signal: AbortSignal): Promise<ExportEvent> {
    const finished = new AbortController();
    const { silenceMs, clock } = this.#parts;
    clock.delay(silenceMs, finished.signal).then(
      () => this.#awaited.reject(exhausted(this.#name, 'The parsing process fell silent.')),
      () => undefined,
    );
    try {
      return await untilAborted(this.#awaited.promise, signal);
    } finally {
      finished.abort();
    }
  }

  readOn(): void {
    this.#awaited = Promise.withResolvers<ExportEvent>();
    this.#awaited.promise.catch(() => undefined);
    this.#process.send({ type: 'read-on' });
  }

  kill(): void {
    this.#process.kill();
  }
}

async function* readExport(
  request: ReadRequest,
  stop: AbortSignal,
  parts: Parts,
): AsyncGenerator<readonly ExportStep[], void, void> {
  stop.throwIfAborted();
  const running = new ExportProcess(request, parts);
  try {
    for (;;) {
      const event = await running.next(stop);
      switch (event.type) {
        case 'export-progress':
          break;
        case 'export-steps':
          yield event.steps;
          break;
        case 'export-end':
          return;
        case 'export-error':
          throw AppError.fromData(event.error);
      }
      running.readOn();
    }
  } finally {
    running.kill();
  }
}

/** Makes the reader; every file gets a process of its own, which ends with it. */
export function createExportReader(options: ExportReaderOptions): ExportReader {
  const parts = { silenceMs: 60_000, memoryLimitMegabytes: 1_024, ...options };
  const closing = new AbortController();
  return {
    read: (request, signal) => readExport(request, AbortSignal.any([signal, closing.signal]), parts),
    close: async () => closing.abort(new AppError('app/closing', 'Sotto is closing.')),
  };
}
