import { untilAborted } from '../../shared/until-aborted.ts';
import type { GraphicsDevices } from '../devices/graphics-devices.ts';
import type { LoadedModel, LoadRequest, ModelSlot } from '../engine.ts';
import { readGgufDescription } from '../gguf/read-gguf-description.ts';
import type { EngineWorkEvent, LoadedModelEvent } from '../protocol/engine-event.ts';
import { checkAdapter, checkModel, isAboutTheModel, isProcessEnd, unexpectedAnswer } from './engine-answer.ts';
import type { EngineHost } from './engine-host.ts';
import type { EngineSession } from './engine-session.ts';
import type { LoadPlan } from './plan-load.ts';
import { commandFor, planLoad } from './plan-load.ts';
import { retryUnheard } from './retry-unheard.ts';

/** How a load is watched. */
export type LoadOptions = { readonly signal: AbortSignal; readonly onProgress?: (fraction: number) => void };

/** What models are loaded with. */
export type ModelLoaderOptions = {
  readonly host: EngineHost;
  readonly devices: GraphicsDevices | undefined;
  readonly inspectModel?: typeof readGgufDescription;
  /** 0 to 1 while a model is loaded; null when it is over. */
  readonly showFraction: (fraction: number | null) => void;
  /** True while work is under way that another process would end. */
  readonly isWorking: () => boolean;
};

/** Knows what each slot should hold, which survives the process, and what it holds. */
export class ModelLoader {
  readonly #options: ModelLoaderOptions;
  readonly #wanted = new Map<ModelSlot, LoadRequest>();
  readonly #loaded = new Map<ModelSlot, LoadedModel>();
  /** How what is loaded was loaded. */
  readonly #plans = new Map<ModelSlot, LoadPlan>();
  /** Slots whose model has completed work on its backend since it was loaded. */
  readonly #proven = new Set<ModelSlot>();
  #loading = 0;

  constructor(options: ModelLoaderOptions) {
    this.#options = options;
  }

  /** What is in memory. */
  get loaded(): ReadonlyMap<ModelSlot, LoadedModel> {
    return this.#loaded;
  }

  /** What the slots should hold. */
  get wanted(): ReadonlyMap<ModelSlot, LoadRequest> {
    return this.#wanted;
  }

  /** True while any model is being loaded. */
  get isLoading(): boolean {
    return this.#loading > 0;
  }

  /** How the slot's model was loaded; undefined when there is none. */
  planOf(slot: ModelSlot): LoadPlan | undefined {
    return this.#loaded.has(slot) ? this.#plans.get(slot) : undefined;
  }

  want(request: LoadRequest): void {
    this.#wanted.set(request.slot, request);
  }

  /** The slot is empty; `isForGood` until somebody asks for a model there again. */
  drop(slot: ModelSlot, { isForGood }: { readonly isForGood: boolean }): void {
    this.#loaded.delete(slot);
    if (isForGood) this.#wanted.delete(slot);
  }

  /** The process is gone, and everything with it. */
  dropAll(): void {
    this.#loaded.clear();
  }

  /** The slot's model has done what it was asked. */
  prove(slot: ModelSlot): void {
    this.#proven.add(slot);
  }

  /** The process ended during the first work of a model on a graphics processor: as if the load had ended it. */
  async blame(slot: ModelSlot, loaded: LoadedModel | undefined, plan: LoadPlan | undefined): Promise<void> {
    if (this.#proven.has(slot) || loaded === undefined || plan === undefined || loaded.backend === 'cpu') return;
    await this.#options.devices?.recordCrash(loaded.backend, plan.sizeBytes);
  }

  /**
   * Loads what a slot should hold. A load that ends the process on a graphics processor is tried with fewer layers, then on
   * the processor.
   */
  async load(request: LoadRequest, options: LoadOptions): Promise<LoadedModel> {
    this.#loading += 1;
    try {
      for (;;) {
        const plan = await this.#plan(request, options.signal);
        try {
          return await this.#loadAs(plan, options);
        } catch (error) {
          const { backend } = plan.placement;
          const { devices } = this.#options;
          if (devices === undefined || backend === 'cpu' || !isProcessEnd(error)) throw error;
          await devices.recordCrash(backend, plan.sizeBytes);
        }
      }
    } catch (error) {
      if (isAboutTheModel(error) && this.#wanted.get(request.slot) === request) this.#wanted.delete(request.slot);
      throw error;
    } finally {
      this.#loading -= 1;
      this.#options.showFraction(null);
    }
  }

  async #plan(request: LoadRequest, signal: AbortSignal): Promise<LoadPlan> {
    signal.throwIfAborted();
    this.#options.host.check();
    const there = this.planOf(request.slot);
    if (there !== undefined && JSON.stringify(there.request) === JSON.stringify(request)) return there;
    const description = await checkModel(this.#options.inspectModel ?? readGgufDescription, request, signal);
    await checkAdapter(request, description, signal);
    return planLoad(request, description, { devices: this.#options.devices, signal });
  }

  async #loadAs(plan: LoadPlan, options: LoadOptions): Promise<LoadedModel> {
    const { slot } = plan.request;
    const attempt = async (): Promise<LoadedModelEvent> =>
      await retryUnheard(async (onHeard) => {
        options.signal.throwIfAborted();
        const session = await this.#sessionFor(plan);
        if (this.planOf(slot) !== plan) {
          this.#loaded.delete(slot);
          this.#options.showFraction(0);
        }
        await untilAborted(session.whenReady(), options.signal);
        const onEvent = (progress: EngineWorkEvent): void => {
          onHeard();
          if (progress.type !== 'load-progress') return;
          this.#options.showFraction(progress.fraction);
          options.onProgress?.(progress.fraction);
        };
        const command = commandFor(plan, this.#options.host.backend);
        const event = await session.call(command, { signal: options.signal, onEvent });
        if (event.type !== 'loaded') throw unexpectedAnswer(event);
        return event;
      });
    const isOnGraphics = plan.placement.backend !== 'cpu';
    const { model } = await (isOnGraphics ? this.#options.host.trial(attempt) : attempt());
    if (this.planOf(slot) !== plan) this.#proven.delete(slot);
    const loaded: LoadedModel = { ...model, graphicsProblem: problemOf(plan, model) };
    this.#plans.set(slot, plan);
    this.#loaded.set(slot, loaded);
    return loaded;
  }

  /** A process has one backend. One that has another than the plan's, and nothing to do, makes room for the right one. */
  async #sessionFor(plan: LoadPlan): Promise<EngineSession> {
    const { host, isWorking } = this.#options;
    const { backend } = plan.placement;
    const isAnother = host.session !== null && host.backend !== backend && backend !== 'cpu' && !host.isSafeMode;
    if (isAnother && this.#loading === 1 && !isWorking()) await host.end();
    return host.started(backend);
  }
}

function problemOf({ placement }: LoadPlan, model: LoadedModelEvent['model']): LoadedModel['graphicsProblem'] {
  if (placement.problem !== null) return placement.problem;
  return placement.backend !== 'cpu' && model.graphicsLayers < model.layers ? 'too-little-memory' : null;
}
