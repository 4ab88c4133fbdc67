import type { Clock } from '../../platform/clock.ts';
import type { Logger } from '../../platform/logger.ts';
import { AppError } from '../../shared/app-error.ts';
import type { Backend } from '../../shared/machine.ts';
import type { EngineLauncher } from '../launchers/engine-launcher.ts';
import { CrashBudget } from '../supervision/crash-budget.ts';
import type { Deadlines } from '../supervision/deadlines.ts';
import { defaultDeadlines } from '../supervision/deadlines.ts';
import { EngineSession } from './engine-session.ts';
import type { SessionEnd } from './engine-session.ts';
import type { EngineFacts } from './engine-status.ts';

/** What the processes are started with. */
export type EngineHostOptions = {
  readonly launcher: EngineLauncher;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly cores: number;
  /** Absolute; where libraries are that came later than the app. */
  readonly enginePackFolder?: string;
  readonly deadlines?: Deadlines;
  /** Called when there is something new to show. */
  readonly onChange: () => void;
  /** Called when the process is gone, and all that was loaded with it. */
  readonly onEnded: () => void;
};

/** Upper bound of the context in safe mode, in tokens: a crash is often a lack of memory. */
const safeModeContextTokens = 2_048;

/** Keeps one engine process at most, and counts how often it ended by itself. */
export class EngineHost {
  readonly #options: EngineHostOptions;
  readonly #budget: CrashBudget;
  #session: EngineSession | null = null;
  #backend: Backend = 'cpu';
  #isStarting = false;
  #failure: AppError | null = null;
  #isClosed = false;
  /** Loads under way whose crashes are expected and answered. */
  #trials = 0;

  constructor(options: EngineHostOptions) {
    this.#options = options;
    this.#budget = new CrashBudget(options.clock);
  }

  /** The process that runs, if any. */
  get session(): EngineSession | null {
    return this.#session;
  }

  /** What the process that runs, or ran last, computes with. */
  get backend(): Backend {
    return this.#backend;
  }

  /** True while crashes have led to a smaller window on the processor. */
  get isSafeMode(): boolean {
    return this.#budget.isSafeMode;
  }

  get facts(): Pick<EngineFacts, 'failure' | 'process' | 'crashes' | 'isSafeMode'> {
    return {
      failure: this.#failure,
      process: this.#session === null ? 'none' : this.#isStarting ? 'starting' : 'running',
      crashes: this.#budget.crashes,
      isSafeMode: this.#budget.isSafeMode,
    };
  }

  /** Throws `engine/closed` and `engine/gave-up`. */
  check(): void {
    if (this.#isClosed) throw new AppError('engine/closed', 'the engine was closed');
    if (this.#failure !== null) throw this.#failure;
  }

  /** The process that runs, or a new one with this backend; in safe mode the processor. Throws what `check` throws. */
  started(backend: Backend): EngineSession {
    this.check();
    if (this.#session !== null) return this.#session;
    const { launcher, clock, cores, enginePackFolder, deadlines = defaultDeadlines } = this.#options;
    const isSafeMode = this.#budget.isSafeMode;
    this.#backend = isSafeMode ? 'cpu' : backend;
    const session = new EngineSession({
      launcher,
      clock,
      deadlines,
      setup: {
        type: 'configure',
        cores,
        backend: this.#backend,
        safeModeContextTokens: isSafeMode ? safeModeContextTokens : null,
        ...(enginePackFolder === undefined ? {} : { enginePackFolder }),
      },
      onCrash: (end) => this.#onCrash(end),
    });
    this.#session = session;
    this.#isStarting = true;
    const started = (): void => {
      if (this.#session === session) this.#isStarting = false;
      this.#options.onChange();
    };
    session.whenReady().then(started, started);
    this.#options.onChange();
    return session;
  }

  /** Runs a load that may end the process without that being held against it. */
  async trial<T>(load: () => Promise<T>): Promise<T> {
    this.#trials += 1;
    try {
      return await load();
    } finally {
      this.#trials -= 1;
    }
  }

  /** An answer was completed: earlier crashes no longer count. */
  recordCompletion(): void {
    this.#budget.recordCompletion();
  }

  /** A person asks for another try after all. */
  forgive(): void {
    if (this.#budget.hasGivenUp) this.#budget.reset();
    this.#failure = null;
  }

  /** Ends the process in order; the next call starts another. */
  async end(): Promise<void> {
    const session = this.#session;
    if (session === null) return;
    this.#forget();
    await session.close();
    this.#options.onChange();
  }

  /** Ends the process and lets none begin. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await this.end();
  }

  #onCrash({ error, exit }: SessionEnd): AppError {
    const isTrial = this.#trials > 0;
    const verdict = isTrial ? 'restart' : this.#budget.recordCrash();
    const { crashes } = this.#budget;
    const { code: exitCode, signal } = exit;
    this.#options.logger.warn('engine-ended', { code: error.code, verdict, crashes, exitCode, signal, isTrial });
    this.#forget();
    if (verdict === 'give-up') {
      this.#failure = new AppError('engine/gave-up', 'the engine ended too often', { crashes }, { cause: error });
    }
    this.#options.onChange();
    return this.#failure ?? error;
  }

  #forget(): void {
    this.#session = null;
    this.#isStarting = false;
    this.#options.onEnded();
  }
}
