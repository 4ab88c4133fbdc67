import type { LlamaContext } from 'node-llama-cpp';
import { ExclusiveLock } from './exclusive-lock.ts';
import type { Lane, LanePool } from './lane-pool.ts';
import type { WorkPriority } from './scheduler.ts';

/** Most prompts whose continuations are measured are short; a longer one gets a larger window when it comes. */
const firstWindowTokens = 2_048;
/** A measuring lane gives its memory back after this long without work. */
const idleMs = 60_000;

type MeasuringLane = { readonly lock: ExclusiveLock; lane: Lane | null; usedAtMs: number };

/**
 * The lanes in which continuations are measured, one for each priority, so that measuring evicts no conversation and a
 * person does not wait for background work. They are made when they are needed, no larger than they need to be; where
 * memory does not allow one, the lane of background work serves.
 */
export class MeasuringLanes {
  readonly #options: MeasuringLanesOptions;
  readonly #lanes: Readonly<Record<WorkPriority, MeasuringLane>> = {
    interactive: { lock: new ExclusiveLock(), lane: null, usedAtMs: 0 },
    background: { lock: new ExclusiveLock(), lane: null, usedAtMs: 0 },
  };

  constructor(options: MeasuringLanesOptions) {
    this.#options = options;
  }

  /** Runs `work` as the only owner of a lane with room for so many tokens, at most `mostTokens`. */
  async use<T>(
    request: { readonly priority: WorkPriority; readonly neededTokens: number; readonly signal: AbortSignal },
    work: (lane: Lane) => Promise<T>,
  ): Promise<T> {
    const own = this.#lanes[request.priority];
    const served = await own.lock.run(request.signal, async () => {
      const lane = await this.#laneFor(own, request.neededTokens);
      if (lane === null) return null;
      own.usedAtMs = performance.now();
      try {
        return { result: await work(lane) };
      } finally {
        own.usedAtMs = performance.now();
      }
    });
    if (served !== null) return served.result;
    const { neededTokens, signal } = request;
    const shared = { priority: 'background', conversationKey: 'measuring', neededTokens, signal } as const;
    return this.#options.shared.use(shared, work);
  }

  /** Frees lanes that have been idle for long. Call it now and then. */
  async trim(): Promise<void> {
    const cutMs = performance.now() - idleMs;
    for (const own of Object.values(this.#lanes)) if (!own.lock.isBusy && own.usedAtMs < cutMs) await free(own);
  }

  /** Frees every lane. Nothing may be running. */
  async dispose(): Promise<void> {
    for (const own of Object.values(this.#lanes)) await free(own);
  }

  async #laneFor(own: MeasuringLane, neededTokens: number): Promise<Lane | null> {
    if (own.lane !== null && own.lane.context.contextSize >= neededTokens) return own.lane;
    const { mostTokens, canAfford, createContext } = this.#options;
    let windowTokens = firstWindowTokens;
    while (windowTokens < neededTokens) windowTokens *= 2;
    windowTokens = Math.min(windowTokens, mostTokens);
    await free(own);
    if (!(await canAfford(windowTokens))) return null;
    try {
      const context = await createContext(windowTokens);
      own.lane = { context, sequence: context.getSequence() };
    } catch {
      return null;
    }
    return own.lane;
  }
}

export type MeasuringLanesOptions = {
  /** Window of the chat model in tokens. */
  readonly mostTokens: number;
  createContext(contextTokens: number): Promise<LlamaContext>;
  /** Whether a context of so many tokens fits in the memory that is free now. */
  canAfford(contextTokens: number): Promise<boolean>;
  /** Serves where there is no memory for a lane of its own. */
  readonly shared: LanePool;
};

async function free(own: MeasuringLane): Promise<void> {
  const { lane } = own;
  own.lane = null;
  await lane?.context.dispose();
}
