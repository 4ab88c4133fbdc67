import type { Clock } from '../platform/clock.ts';
import type { Logger } from '../platform/logger.ts';
import { AppError } from '../shared/app-error.ts';
import type { EngineState } from '../shared/app-status.ts';
import { AnswerTally } from './client/answer-stream.ts';
import { BackgroundTuning } from './client/background-tuning.ts';
import { isProcessEnd } from './client/engine-answer.ts';
import { EngineHost } from './client/engine-host.ts';
import type { WorkRequest } from './client/engine-session.ts';
import { engineStateOf } from './client/engine-status.ts';
import { EventQueue } from './client/event-queue.ts';
import { ModelLoader } from './client/model-loader.ts';
import type { LoadOptions } from './client/model-loader.ts';
import { OneAnswerCalls } from './client/one-answer-calls.ts';
import { retryUnheard } from './client/retry-unheard.ts';
import { callWithState, saveStateIn } from './client/saved-states.ts';
import { runBareProgram } from './client/run-bare-program.ts';
import { SlotUse } from './client/slot-use.ts';
import { UnloadListeners } from './client/unload-listeners.ts';
import type { GraphicsDevices } from './devices/graphics-devices.ts';
import type {
  BareProgram,
  GeneratePart,
  GenerateRequest,
  InferenceEngine,
  LoadedModel,
  LoadRequest,
  ModelSlot,
  SavedStateFile,
  SavedStateResult,
  Priority,
} from './engine.ts';
import type { readGgufDescription } from './gguf/read-gguf-description.ts';
import type { EngineLauncher } from './launchers/engine-launcher.ts';
import { ModelLifetimes } from './lifetime/model-lifetimes.ts';
import type { LifetimeRules } from './lifetime/model-lifetimes.ts';
import type { EngineWorkEvent } from './protocol/engine-event.ts';
import type { Deadlines } from './supervision/deadlines.ts';

/** What the engine is made of. */
export type InferenceEngineOptions = {
  readonly launcher: EngineLauncher;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Upper bound of the engine's threads, at least 1. */
  readonly cores: number;
  /** Absolute; where libraries are that came later than the app. */
  readonly enginePackFolder?: string;
  /** What models are computed with; the processor alone when left out. */
  readonly devices?: GraphicsDevices;
  /** When models give their memory back by themselves; never when left out. */
  readonly lifetime?: LifetimeRules;
  /** Reads a model file's header before any other reader does; default `readGgufDescription`. For tests without files. */
  readonly inspectModel?: typeof readGgufDescription;
  /** For tests; the defaults are `defaultDeadlines`. */
  readonly deadlines?: Deadlines;
};

/** Makes the engine. No process runs until the first `load`. */
export function createInferenceEngine(options: InferenceEngineOptions): InferenceEngine {
  return new SupervisedEngine(options);
}

class SupervisedEngine extends OneAnswerCalls implements InferenceEngine {
  readonly #options: InferenceEngineOptions;
  readonly #clock: Clock;
  readonly #host: EngineHost;
  readonly #loader: ModelLoader;
  readonly #lifetimes: ModelLifetimes | null;
  readonly #tuning: BackgroundTuning;
  readonly #use = new SlotUse();
  readonly #listeners = new Set<(state: EngineState) => void>();
  readonly #unloading: UnloadListeners;
  #loadingFraction: number | null = null;
  #activeWork = 0;
  #shownState: EngineState = { state: 'no-model' };

  constructor(options: InferenceEngineOptions) {
    super();
    const { clock, devices, lifetime, inspectModel } = options;
    this.#options = options;
    this.#clock = clock;
    this.#unloading = new UnloadListeners(clock);
    this.#host = new EngineHost({
      ...options,
      onChange: () => this.#showState(),
      onEnded: () => {
        this.#loadingFraction = null;
        this.#loader.dropAll();
      },
    });
    this.#loader = new ModelLoader({
      host: this.#host,
      devices,
      ...(inspectModel === undefined ? {} : { inspectModel }),
      showFraction: (fraction) => {
        this.#loadingFraction = fraction;
        this.#showState();
      },
      isWorking: () => this.#activeWork > 0,
    });
    const isBusy = (slot: ModelSlot): boolean => this.#use.isBusy(slot) || this.#loader.isLoading;
    const loaded = (): readonly ModelSlot[] => [...this.#loader.loaded.keys()];
    const sleep = async (slot: ModelSlot): Promise<void> => await this.sleep(slot);
    this.#lifetimes = lifetime === undefined ? null : new ModelLifetimes(clock, lifetime, { loaded, isBusy, sleep });
    this.#tuning = new BackgroundTuning({ clock, devices, loader: this.#loader, host: this.#host, use: this.#use });
  }

  get state(): EngineState {
    return this.#shownState;
  }

  onState(listener: (state: EngineState) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  loaded(slot: ModelSlot): LoadedModel | null {
    return this.#loader.loaded.get(slot) ?? null;
  }

  async load(request: LoadRequest, options: LoadOptions): Promise<LoadedModel> {
    this.#host.forgive();
    const { slot } = request;
    const there = this.#loader.planOf(slot)?.request;
    if (there !== undefined && JSON.stringify(there) !== JSON.stringify(request)) await this.#unloading.call(slot);
    this.#loader.want(request);
    return await this.#load(request, options);
  }

  async saveState(conversationKey: string, file: SavedStateFile, signal: AbortSignal): Promise<SavedStateResult> {
    // Nothing is loaded for it: what no model has in memory cannot be saved.
    return await saveStateIn(this.#host.session, conversationKey, file, signal);
  }

  async unload(slot: ModelSlot): Promise<void> {
    if (this.#loader.loaded.has(slot)) await this.#unloading.call(slot);
    await this.#empty(slot, { isForGood: true });
  }

  async sleep(slot: ModelSlot): Promise<void> {
    const mayNot = (): boolean => !this.#loader.loaded.has(slot) || this.#use.isBusy(slot) || this.#loader.isLoading;
    if (mayNot()) return;
    await this.#unloading.call(slot);
    // Somebody may have come while the conversation was put away.
    if (!mayNot()) await this.#empty(slot, { isForGood: false });
  }

  beforeUnload(listener: (slot: ModelSlot) => Promise<void>): () => void {
    return this.#unloading.add(listener);
  }

  async *generate(request: GenerateRequest, signal: AbortSignal): AsyncGenerator<GeneratePart, void> {
    const tally = new AnswerTally(this.#clock);
    const left = new AbortController();
    const events = new EventQueue<EngineWorkEvent>();
    const own = AbortSignal.any([signal, left.signal]);
    const call = this.#working(async () =>
      callWithState(request, events.push.bind(events), async (asked, onEvent) =>
        this.#callOn('chat', { type: 'generate', ...asked }, { signal: own, onEvent }),
      ),
    );
    call.then(
      (event) => {
        this.#host.recordCompletion();
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
    this.#host.recordCompletion();
    return vectors;
  }

  async close(): Promise<void> {
    this.#lifetimes?.close();
    this.#tuning.close();
    await this.#host.close();
    this.#showState();
  }

  async barePeakMemoryBytes(program: BareProgram, signal: AbortSignal): Promise<number> {
    const { launcher, clock, cores } = this.#options;
    return await runBareProgram(program, { launcher, clock, cores, signal });
  }

  protected async ask(slot: ModelSlot, request: WorkRequest, signal: AbortSignal): Promise<EngineWorkEvent> {
    return this.#callOn(slot, request, { signal });
  }

  protected async askForWork(slot: ModelSlot, request: WorkRequest, signal: AbortSignal): Promise<EngineWorkEvent> {
    const event = await this.#working(async () => this.#callOn(slot, request, { signal }));
    this.#host.recordCompletion();
    return event;
  }

  /** Gives a command to a process in which the slot's model is loaded, starting and loading as needed. */
  async #callOn(
    slot: ModelSlot,
    request: WorkRequest,
    options: { readonly signal: AbortSignal; readonly onEvent?: (event: EngineWorkEvent) => void },
  ): Promise<EngineWorkEvent> {
    const end = this.#use.begin(slot);
    this.#lifetimes?.used(slot);
    try {
      return await retryUnheard(async (onHeard) => {
        options.signal.throwIfAborted();
        this.#host.check();
        const wanted = this.#loader.wanted.get(slot);
        if (wanted === undefined) throw new AppError('model/none', 'no model is loaded for this', { slot });
        if (!this.#loader.loaded.has(slot)) await this.#load(wanted, { signal: options.signal });
        const onEvent = (event: EngineWorkEvent): void => {
          onHeard();
          options.onEvent?.(event);
        };
        return await this.#callLoaded(slot, request, { signal: options.signal, onEvent });
      });
    } finally {
      end();
      this.#lifetimes?.used(slot);
    }
  }

  async #callLoaded(
    slot: ModelSlot,
    request: WorkRequest,
    options: { readonly signal: AbortSignal; readonly onEvent: (event: EngineWorkEvent) => void },
  ): Promise<EngineWorkEvent> {
    const [loaded, plan] = [this.#loader.loaded.get(slot), this.#loader.planOf(slot)];
    try {
      const event = await this.#host.started(this.#host.backend).call(request, options);
      if (isComputed(request)) this.#loader.prove(slot);
      return event;
    } catch (error) {
      if (isProcessEnd(error)) await this.#loader.blame(slot, loaded, plan);
      throw error;
    }
  }

  async #load(request: LoadRequest, options: LoadOptions): Promise<LoadedModel> {
    const loaded = await this.#loader.load(request, options);
    this.#lifetimes?.used(request.slot);
    this.#tuning.consider();
    this.#showState();
    return loaded;
  }

  async #empty(slot: ModelSlot, options: { readonly isForGood: boolean }): Promise<void> {
    this.#loader.drop(slot, options);
    const { session } = this.#host;
    // With the last model the process goes too: only then the system has all of its memory back.
    const isLast = this.#loader.loaded.size === 0 && !this.#loader.isLoading && this.#activeWork === 0;
    if (isLast) await this.#host.end();
    else if (session?.isUsable === true)
      await session.call({ type: 'unload', slot }, { signal: new AbortController().signal });
    this.#showState();
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
      ...this.#host.facts,
      hasModel: this.#loader.wanted.size > 0,
      loadingFraction: this.#loadingFraction,
      activeWork: this.#activeWork,
    });
    if (JSON.stringify(state) === JSON.stringify(this.#shownState)) return;
    this.#shownState = state;
    for (const listener of this.#listeners) listener(state);
  }
}

/** Counting tokens uses no graphics processor, so it proves nothing about one. */
function isComputed({ type }: WorkRequest): boolean {
  return type !== 'count-tokens' && type !== 'count-prompt-tokens';
}
