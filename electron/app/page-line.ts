import { createCallHandler, refusedAnswer } from '../api/call-handler.ts';
import type { ApiContext } from '../api/context.ts';
import { readCallMessage, type CallRefusal } from '../guards/call-message.ts';
import { fullBucket, takeToken, type BucketRules, type TokenBucket } from '../guards/token-bucket.ts';
import type { Logger } from '../platform/logger.ts';
import { AppError } from '../shared/app-error.ts';

/** What a line needs of what its page speaks through: Electron's port as it is, a socket of the host with a few words. */
export type PagePort = {
  on(event: 'message', listener: (message: { readonly data: unknown }) => void): unknown;
  on(event: 'close', listener: () => void): unknown;
  /** Nothing is heard before. */
  start(): void;
  postMessage(message: unknown): void;
  close(): void;
};

/** Far above what a page asks while somebody types, scrolls and drops thousands of files; far below what stalls a process. */
const callRules: BucketRules = { capacity: 10_000, refillPerSecond: 1_000 };

/** What a line is made of. */
export type PageLineOptions = {
  readonly port: PagePort;
  readonly context: ApiContext;
  readonly logger: Logger;
  /** Milliseconds of a clock that never goes back. */
  readonly nowMs: () => number;
};

/**
 * One page's line to the contract. Each message is judged before it is read; what is refused is answered, and a line that
 * carries what cannot be answered ends. Ending it, from either side, aborts the calls on it.
 */
export class PageLine {
  readonly #port: PagePort;
  readonly #logger: Logger;
  readonly #nowMs: () => number;
  readonly #messageListeners: ((event: { readonly data: unknown }) => void)[] = [];
  readonly #closeListeners: (() => void)[] = [];
  #bucket: TokenBucket;
  #isClosed = false;

  constructor({ port, context, logger, nowMs }: PageLineOptions) {
    this.#port = port;
    this.#logger = logger;
    this.#nowMs = nowMs;
    this.#bucket = fullBucket(callRules, nowMs());
    createCallHandler().upgrade(
      {
        // The handler listens to a port's message and close, each with its own listener.
        on: (event: string, listener: (event: { readonly data: unknown }) => void) => {
          if (event === 'message') this.#messageListeners.push(listener);
          else this.#closeListeners.push(() => listener({ data: null }));
        },
        postMessage: (message: unknown) => this.#post(message),
      },
      { context },
    );
    port.on('message', ({ data }: { readonly data: unknown }) => this.#receive(data));
    port.on('close', () => this.close());
    port.start();
  }

  /** Aborts what was asked on this line. Once is enough. */
  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    for (const listener of this.#closeListeners) listener();
    this.#port.close();
  }

  #receive(data: unknown): void {
    if (this.#isClosed) return;
    const message = readCallMessage(data);
    if (message.kind === 'refused') return this.#refuse(message.id, message.reason);
    // Whoever has asked too much may still take back what was asked.
    if (message.kind === 'call' && !this.#takeToken()) return this.#refuse(message.id, 'too-busy');
    for (const listener of this.#messageListeners) listener({ data });
  }

  #takeToken(): boolean {
    const { isTaken, bucket } = takeToken(this.#bucket, callRules, this.#nowMs());
    this.#bucket = bucket;
    return isTaken;
  }

  #refuse(id: string | null, reason: CallRefusal | 'too-busy'): void {
    this.#logger.warn('call-refused', { reason, isAnswered: id !== null });
    // Nobody can be told: the page opens a new line, and sees that this one is gone.
    if (id === null) return this.close();
    const error =
      reason === 'too-busy'
        ? new AppError('app/too-busy', 'Too many calls at once')
        : new AppError('app/invalid-input', 'This is not a call of the contract', { reason });
    this.#post(refusedAnswer(id, error.toData()));
  }

  #post(message: unknown): void {
    if (!this.#isClosed) this.#port.postMessage(message);
  }
}
