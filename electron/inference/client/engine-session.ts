import type { Clock } from '../../platform/clock.ts';
import { AppError } from '../../shared/app-error.ts';
import type { EngineExit, EngineLauncher, EngineProcess } from '../launchers/engine-launcher.ts';
import type { EngineWork, WorkerSetup } from '../protocol/engine-command.ts';
import type { EngineEvent, EngineWorkEvent } from '../protocol/engine-event.ts';
import { engineEventSchema, isFinalEvent } from '../protocol/engine-event.ts';
import type { Deadlines } from '../supervision/deadlines.ts';
import type { WatchedId } from '../supervision/watchdog.ts';
import { Watchdog } from '../supervision/watchdog.ts';

/** A command without its id, which the session gives it. */
export type WorkRequest = EngineWork extends infer Command
  ? Command extends EngineWork
    ? Omit<Command, 'id'>
    : never
  : never;

/** Why a session ended without being asked to. */
export type SessionEnd = { readonly error: AppError; readonly exit: EngineExit };

export type SessionOptions = {
  readonly launcher: EngineLauncher;
  readonly setup: WorkerSetup;
  readonly clock: Clock;
  readonly deadlines: Deadlines;
  /** Called once when the process ends without `close`; returns the error that the commands in flight end with. */
  readonly onCrash: (end: SessionEnd) => AppError;
};

type Call = {
  /** An aborted command is only waited for: the process says when it is free of it. */
  readonly isAborted: boolean;
  readonly onEvent: (event: EngineWorkEvent) => void;
  readonly resolve: (event: EngineWorkEvent) => void;
  readonly reject: (error: unknown) => void;
};

/** How long an orderly end may take before the process is ended for it, in milliseconds. */
const closeLimitMs = 3_000;

/** One life of the engine process: its commands, their deadlines, and its end. */
export class EngineSession {
  readonly #options: SessionOptions;
  readonly #process: EngineProcess;
  readonly #watchdog: Watchdog;
  readonly #calls = new Map<number, Call>();
  readonly #ready = Promise.withResolvers<void>();
  readonly #exited = Promise.withResolvers<void>();
  #nextId = 1;
  #state: 'starting' | 'ready' | 'closing' | 'ended' = 'starting';
  #expired: WatchedId | null = null;
  #end: AppError | null = null;

  constructor(options: SessionOptions) {
    this.#options = options;
    this.#watchdog = new Watchdog(options.clock, (id) => {
      this.#expired = id;
      this.#process.kill();
    });
    // Nobody may be waiting when the process ends before it is ready.
    this.#ready.promise.catch(() => undefined);
    this.#process = options.launcher.launch();
    this.#process.onExit((exit) => this.#onExit(exit));
    this.#process.onMessage((message) => this.#onMessage(message));
    this.#watchdog.watch('start', options.deadlines.startMs);
    this.#process.send(options.setup);
  }

  /** False once the process has ended or is being ended. */
  get isUsable(): boolean {
    return this.#state === 'starting' || this.#state === 'ready';
  }

  /** Resolves when the process can take commands; rejects with `engine/start-failed` or `engine/timeout`. */
  async whenReady(): Promise<void> {
    await this.#ready.promise;
  }

  /**
   * Gives a command to the process. Resolves with its final event; rejects with the error that the process reports, with
   * the end of the process, or at once with the signal's reason, while the process stops the command behind it.
   */
  async call(
    request: WorkRequest,
    options: { readonly signal: AbortSignal; readonly onEvent?: (event: EngineWorkEvent) => void },
  ): Promise<EngineWorkEvent> {
    options.signal.throwIfAborted();
    if (this.#end !== null) throw this.#end;
    const id = this.#nextId;
    this.#nextId += 1;
    const { promise, resolve, reject } = Promise.withResolvers<EngineWorkEvent>();
    this.#calls.set(id, { isAborted: false, onEvent: options.onEvent ?? (() => undefined), resolve, reject });
    const onAbort = (): void => {
      if (!this.#calls.has(id)) return;
      this.#calls.set(id, { isAborted: true, onEvent: ignore, resolve: ignore, reject: ignore });
      this.#watchdog.watch(id, this.#options.deadlines.abortMs);
      this.#process.send({ type: 'abort', id });
      reject(options.signal.reason);
    };
    options.signal.addEventListener('abort', onAbort, { once: true });
    this.#watchdog.watch(id, this.#options.deadlines.answerMs);
    this.#process.send({ ...request, id });
    try {
      return await promise;
    } finally {
      options.signal.removeEventListener('abort', onAbort);
    }
  }

  /** True when no command is in the process any more, aborted ones included. */
  get isIdle(): boolean {
    return this.#calls.size === 0;
  }

  /** Ends the process in order, or after a moment by force; resolves when it is gone. */
  async close(): Promise<void> {
    if (this.#state === 'ended') return;
    this.#state = 'closing';
    this.#watchdog.close();
    this.#process.send({ type: 'shutdown' });
    const waiting = new AbortController();
    const timer = this.#options.clock.delay(closeLimitMs, waiting.signal).then(
      () => this.#process.kill(),
      () => undefined,
    );
    await this.#exited.promise;
    waiting.abort();
    await timer;
  }

  #onMessage(message: unknown): void {
    const parsed = engineEventSchema.safeParse(message);
    if (!parsed.success) {
      // A process that does not keep to the protocol cannot be relied on.
      this.#process.kill();
      return;
    }
    if (parsed.data.type === 'ready') this.#onReady();
    else this.#onWorkEvent(parsed.data);
  }

  #onReady(): void {
    if (this.#state !== 'starting') return;
    this.#state = 'ready';
    this.#watchdog.forget('start');
    this.#ready.resolve();
  }

  #onWorkEvent(event: Exclude<EngineEvent, { readonly type: 'ready' }>): void {
    const call = this.#calls.get(event.id);
    if (call === undefined || (call.isAborted && !isFinalEvent(event))) return;
    if (event.type === 'phase') {
      this.#watchdog.watch(event.id, event.phase === 'queued' ? null : this.#options.deadlines.phaseMs[event.phase]);
    } else this.#watchdog.sign(event.id);
    if (!isFinalEvent(event)) {
      call.onEvent(event);
      return;
    }
    this.#calls.delete(event.id);
    this.#watchdog.forget(event.id);
    if (event.type === 'failed') call.reject(AppError.fromData(event.error));
    else call.resolve(event);
  }

  #onExit(exit: EngineExit): void {
    const wasClosing = this.#state === 'closing';
    const error = this.#errorOf(wasClosing);
    this.#state = 'ended';
    this.#watchdog.close();
    this.#end = wasClosing ? error : this.#options.onCrash({ error, exit });
    this.#ready.reject(this.#end);
    const calls = [...this.#calls.values()];
    this.#calls.clear();
    for (const call of calls) call.reject(this.#end);
    this.#exited.resolve();
  }

  #errorOf(wasClosing: boolean): AppError {
    if (wasClosing) return new AppError('engine/closed', 'the engine was closed');
    if (this.#expired !== null) {
      return new AppError('engine/timeout', 'the engine gave no sign of life', { isStart: this.#expired === 'start' });
    }
    return this.#state === 'starting'
      ? new AppError('engine/start-failed', 'the engine process ended before it was ready')
      : new AppError('engine/crashed', 'the engine process ended unexpectedly');
  }
}

function ignore(): void {
  // An aborted command has already ended for its caller.
}
