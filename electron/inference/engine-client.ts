import type { Clock } from '../platform/clock.ts';
import type { Logger } from '../platform/logger.ts';
import { AppError } from '../shared/app-error.ts';
import type { EngineState } from '../shared/app-status.ts';
import { untilAborted } from '../shared/until-aborted.ts';
import { checkModel, isAboutTheModel, unexpectedAnswer } from './client/engine-answer.ts';
import { AnswerTally } from './client/answer-stream.ts';
import { EngineSession } from './client/engine-session.ts';
import type { SessionEnd, WorkRequest } from './client/engine-session.ts';
import { engineStateOf } from './client/engine-status.ts';
import { EventQueue } from './client/event-queue.ts';
import { OneAnswerCalls } from './client/one-answer-calls.ts';
import { retryUnheard } from './client/retry-unheard.ts';
import type {
  GeneratePart,
  GenerateRequest,
  InferenceEngine,
  LoadedModel,
  LoadRequest,
  ModelSlot,
  SavedStateResult,
  Priority,
} from './engine.ts';
import { readGgufDescription } from './gguf/read-gguf-description.ts';
import type { EngineLauncher } from './launchers/engine-launcher.ts';
import type { EngineWorkEvent } from './protocol/engine-event.ts';
import { CrashBudget } from './supervision/crash-budget.ts';
import type { Deadlines } from './supervision/deadlines.ts';
import { defaultDeadlines } from './supervision/deadlines.ts';

export type InferenceEngineOptions = {
  readonly launcher: EngineLauncher;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Upper bound of the engine's threads, at least 1. */
  readonly cores: number;
  /** `auto` takes a graphics processor that the prebuilt library supports. Default `off`. */
  readonly gpu?: 'off' | 'auto';
  /** Reads a model file's header before any other reader does; default `readGgufDescription`. For tests without files. */
  readonly inspectModel?: typeof readGgufDescription;
  /** For tests; the defaults are `defaultDeadlines`. */
  readonly deadlines?: Deadlines;
};

/** Upper bound of the context in safe mode, in tokens: a crash is often a lack of memory. */
const safeModeContextTokens = 2_048;

/** Makes the engine. No process runs until the first `load`. */
export function createInferenceEngine(options: InferenceEngineOptions): InferenceEngine {
  return new SupervisedEngine(options);
}

class SupervisedEngine extends OneAnswerCalls implements InferenceEngine {
  readonly #options: InferenceEngineOptions;
  readonly #budget: CrashBudget;
  readonly #listeners = new Set<(state: EngineState) => void>();
  /** What each slot should hold; survives the process. */
  readonly #wanted = new Map<ModelSlot, LoadRequest>();
  readonly #loaded = new Map<ModelSlot, LoadedModel>();
  #session: EngineSession | null = null;
  #isStarting = false;
  #loadingFraction: number | null = null;
  #activeWork = 0;
  #failure: AppError | null = null;
  #isClosed = false;
  #shownState: EngineState = { state: 'no-model' };

  constructor(options: InferenceEngineOptions) {
    super();
    this.#options = options;
    this.#budget = new CrashBudget(options.clock);
  }

  get state(): EngineState {
    return this.#shownState;
  }

  onState(listener: (state: EngineState) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  loaded(slot: ModelSlot): LoadedModel | null {
    return this.#loaded.get(slot) ?? null;
  }

  async load(
    request: LoadRequest,
    options: { readonly signal: AbortSignal; readonly onProgress?: (fraction: number) => void },
  ): Promise<LoadedModel> {
    if (this.#budget.hasGivenUp) this.#budget.reset();
    this.#failure = null;
    this.#wanted.set(request.slot, request);
    return this.#loadWanted(request, options);
  }

  async saveState(): Promise<SavedStateResult> {
    return { status: 'not-possible' };
  }

  async unload(slot: ModelSlot): Promise<void> {
    this.#wanted.delete(slot);
    this.#loaded.delete(slot);
    const session = this.#session;
    if (session?.isUsable === true)
      await session.call({ type: 'unload', slot }, { signal: new AbortController().signal });
    this.#showState();
  }

  async *generate(request: GenerateRequest, signal: AbortSignal): AsyncGenerator<GeneratePart, void> {
    const tally = new AnswerTally(this.#options.clock);
    const left = new AbortController();
    const events = new EventQueue<EngineWorkEvent>();
    const own = AbortSignal.any([signal, left.signal]);
    const call = this.#working(async () =>
      this.#callOn('chat', { type: 'generate', ...request }, { signal: own, onEvent: (event) => events.push(event) }),
    );
    call.then(
      (event) => {
        this.#budget.recordCompletion();
        events.push(event);
        events.end();
      },
      (error: unknown) => events.fail(error),
    );
    try {
      for await (const event of events.read()) {
        // Tokens that were on their way when the stop came are not shown any more.
        if (signal.aborted) break;
        const part = tally.partOf(event);
        if (part !== null) yield part;
        if (part?.type === 'generate-end') return;
      }
    } catch (error) {
      if (!signal.aborted) throw error;
    } finally {
      left.abort();
    }
    if (signal.aborted) yield tally.stopped();
  }

  async embed(
    texts: readonly string[],
    options: {
      readonly priority: Priority;
      readonly signal: AbortSignal;
      readonly onProgress?: (done: number) => void;
    },
  ): Promise<readonly Float32Array[]> {
    if (texts.length === 0) return [];
    const vectors: Float32Array[] = [];
    const request: WorkRequest = { type: 'embed', texts, priority: options.priority };
    await this.#working(async () =>
      this.#callOn('embedding', request, {
        signal: options.signal,
        onEvent: (event) => {
          if (event.type !== 'embeddings') return;
          vectors.push(...event.vectors);
          options.onProgress?.(vectors.length);
        },
      }),
    );
    this.#budget.recordCompletion();
    return vectors;
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    const session = this.#session;
    this.#session = null;
    this.#loaded.clear();
    await session?.close();
    this.#showState();
  }

  protected async ask(slot: ModelSlot, request: WorkRequest, signal: AbortSignal): Promise<EngineWorkEvent> {
    return this.#callOn(slot, request, { signal });
  }

  protected async askForWork(slot: ModelSlot, request: WorkRequest, signal: AbortSignal): Promise<EngineWorkEvent> {
    const event = await this.#working(async () => this.#callOn(slot, request, { signal }));
    this.#budget.recordCompletion();
    return event;
  }

  /** Gives a command to a process in which the slot's model is loaded, starting and loading as needed. */
  async #callOn(
    slot: ModelSlot,
    request: WorkRequest,
    options: { readonly signal: AbortSignal; readonly onEvent?: (event: EngineWorkEvent) => void },
  ): Promise<EngineWorkEvent> {
    return retryUnheard(async (onHeard) => {
      options.signal.throwIfAborted();
      const wanted = this.#wanted.get(slot);
      if (this.#isClosed) throw new AppError('engine/closed', 'the engine was closed');
      if (wanted === undefined) throw new AppError('model/none', 'no model is loaded for this', { slot });
      if (this.#failure !== null) throw this.#failure;
      if (!this.#loaded.has(slot)) await this.#loadWanted(wanted, { signal: options.signal });
      const onEvent = (event: EngineWorkEvent): void => {
        onHeard();
        options.onEvent?.(event);
      };
      return this.#startedSession().call(request, { signal: options.signal, onEvent });
    });
  }

  async #loadWanted(
    request: LoadRequest,
    options: { readonly signal: AbortSignal; readonly onProgress?: (fraction: number) => void },
  ): Promise<LoadedModel> {
    const showFraction = (fraction: number | null): void => {
      this.#loadingFraction = fraction;
      this.#showState();
    };
    try {
      const event = await retryUnheard(async (onHeard) => {
        options.signal.throwIfAborted();
        const session = this.#startedSession();
        if (this.#loaded.get(request.slot)?.path !== request.path) {
          this.#loaded.delete(request.slot);
          showFraction(0);
          await checkModel(this.#options.inspectModel ?? readGgufDescription, request, options.signal);
        }
        await untilAborted(session.whenReady(), options.signal);
        const onEvent = (progress: EngineWorkEvent): void => {
          onHeard();
          if (progress.type !== 'load-progress') return;
          showFraction(progress.fraction);
          options.onProgress?.(progress.fraction);
        };
        return session.call({ type: 'load', ...request }, { signal: options.signal, onEvent });
      });
      if (event.type !== 'loaded') throw unexpectedAnswer(event);
      this.#loaded.set(request.slot, event.model);
      return event.model;
    } catch (error) {
      if (isAboutTheModel(error)) this.#wanted.delete(request.slot);
      throw error;
    } finally {
      showFraction(null);
    }
  }

  #startedSession(): EngineSession {
    if (this.#isClosed) throw new AppError('engine/closed', 'the engine was closed');
    if (this.#failure !== null) throw this.#failure;
    if (this.#session !== null) return this.#session;
    const { launcher, clock, cores, gpu, deadlines } = this.#options;
    const isSafeMode = this.#budget.isSafeMode;
    const session = new EngineSession({
      launcher,
      clock,
      deadlines: deadlines ?? defaultDeadlines,
      setup: {
        type: 'configure',
        cores,
        gpu: isSafeMode ? 'off' : (gpu ?? 'off'),
        safeModeContextTokens: isSafeMode ? safeModeContextTokens : null,
      },
      onCrash: (end) => this.#onCrash(end),
    });
    this.#session = session;
    this.#isStarting = true;
    const started = (): void => {
      this.#isStarting = false;
      this.#showState();
    };
    session.whenReady().then(started, started);
    this.#showState();
    return session;
  }

  #onCrash({ error, exit }: SessionEnd): AppError {
    const verdict = this.#budget.recordCrash();
    const { crashes } = this.#budget;
    this.#options.logger.warn('engine-ended', {
      code: error.code,
      verdict,
      crashes,
      exitCode: exit.code,
      signal: exit.signal,
    });
    this.#session = null;
    this.#isStarting = false;
    this.#loaded.clear();
    this.#loadingFraction = null;
    if (verdict === 'give-up') {
      this.#failure = new AppError('engine/gave-up', 'the engine ended too often', { crashes }, { cause: error });
    }
    this.#showState();
    return this.#failure ?? error;
  }

  async #working<T>(work: () => Promise<T>): Promise<T> {
    this.#activeWork += 1;
    this.#showState();
    try {
      return await work();
    } finally {
      this.#activeWork -= 1;
      this.#showState();
    }
  }

  #showState(): void {
    const state = engineStateOf({
      failure: this.#failure,
      process: this.#session === null ? 'none' : this.#isStarting ? 'starting' : 'running',
      hasModel: this.#wanted.size > 0,
      crashes: this.#budget.crashes,
      loadingFraction: this.#loadingFraction,
      activeWork: this.#activeWork,
      isSafeMode: this.#budget.isSafeMode,
    });
    if (JSON.stringify(state) === JSON.stringify(this.#shownState)) return;
    this.#shownState = state;
    for (const listener of this.#listeners) listener(state);
  }
}
