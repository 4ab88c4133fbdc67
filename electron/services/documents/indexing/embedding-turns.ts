import type { InferenceEngine, Priority } from '../../../inference/engine.ts';
import { AppError } from '../../../shared/app-error.ts';
import type { EmbeddingPrefixes } from '../../../shared/embedding-prefixes.ts';
import type { ModelId } from '../../../shared/ids.ts';

/** An embedder on the disk. */
export type Embedder = {
  /** Hash of the file; names its index. */
  readonly id: ModelId;
  /** Absolute. */
  readonly path: string;
  /** What it wants to see in front of a text. */
  readonly prefixes: EmbeddingPrefixes;
};

/**
 * Lets embedders take turns in the one slot of the engine, so that nobody's texts are embedded by somebody else's model.
 * Calls of one model run side by side; a question of another one makes background work give way, which begins again
 * afterwards.
 */
export interface EmbeddingTurns {
  /** Unit-length vectors, one a text, in order. Throws what the engine throws. */
  embed(
    embedder: Embedder,
    texts: readonly string[],
    options: { readonly priority: Priority; readonly signal: AbortSignal },
  ): Promise<readonly Float32Array[]>;
  /** Length of its vectors; loads it. Throws what the engine throws. */
  dimensions(embedder: Embedder, signal: AbortSignal): Promise<number>;
}

type Turn = { readonly path: string; readonly priority: Priority; readonly begin: () => void };

class SlotTurns implements EmbeddingTurns {
  readonly #engine: Pick<InferenceEngine, 'load' | 'embed'>;
  #path: string | null = null;
  #active = 0;
  #waiting: readonly Turn[] = [];
  /** Background work that may be told to give way. */
  readonly #yielding = new Set<AbortController>();

  constructor(engine: Pick<InferenceEngine, 'load' | 'embed'>) {
    this.#engine = engine;
  }

  async embed(
    embedder: Embedder,
    texts: readonly string[],
    { priority, signal }: { readonly priority: Priority; readonly signal: AbortSignal },
  ): Promise<readonly Float32Array[]> {
    return await this.#inTurn(embedder.path, priority, signal, async (running) => {
      await this.#engine.load({ slot: 'embedding', path: embedder.path }, { signal: running });
      return await this.#engine.embed(texts, { priority, signal: running });
    });
  }

  async dimensions(embedder: Embedder, signal: AbortSignal): Promise<number> {
    return await this.#inTurn(embedder.path, 'background', signal, async (running) => {
      const { dimensions } = await this.#engine.load({ slot: 'embedding', path: embedder.path }, { signal: running });
      if (dimensions === null) throw new AppError('model/wrong-kind', 'The model makes no embeddings.');
      return dimensions;
    });
  }

  async #inTurn<T>(
    path: string,
    priority: Priority,
    signal: AbortSignal,
    work: (running: AbortSignal) => Promise<T>,
  ): Promise<T> {
    for (;;) {
      signal.throwIfAborted();
      const giveWay = new AbortController();
      // In the same step as the turn begins: a question that comes right after it must find what it can stop.
      const begin = (): void => {
        if (priority === 'background') this.#yielding.add(giveWay);
      };
      await this.#enter({ path, priority, begin }, signal);
      try {
        return await work(AbortSignal.any([signal, giveWay.signal]));
      } catch (error) {
        if (signal.aborted || !giveWay.signal.aborted) throw error;
      } finally {
        this.#yielding.delete(giveWay);
        this.#leave();
      }
    }
  }

  async #enter({ path, priority, begin }: Turn, signal: AbortSignal): Promise<void> {
    const isOthersFirst = this.#waiting.some((turn) => turn.priority === 'interactive' && turn.path !== path);
    if (this.#active === 0 || (path === this.#path && (priority === 'interactive' || !isOthersFirst))) {
      this.#path = path;
      this.#active += 1;
      begin();
      return;
    }
    if (priority === 'interactive') for (const work of this.#yielding) work.abort();
    await new Promise<void>((resolve, reject) => {
      const leaveQueue = (): void => {
        this.#waiting = this.#waiting.filter((waiting) => waiting !== turn);
        reject(AppError.from(signal.reason));
      };
      const turn: Turn = {
        path,
        priority,
        begin: () => {
          signal.removeEventListener('abort', leaveQueue);
          begin();
          resolve();
        },
      };
      signal.addEventListener('abort', leaveQueue, { once: true });
      this.#waiting = [...this.#waiting, turn];
    });
  }

  #leave(): void {
    this.#active -= 1;
    if (this.#active > 0) return;
    const next = this.#waiting.find(({ priority }) => priority === 'interactive') ?? this.#waiting[0];
    if (next === undefined) return;
    this.#path = next.path;
    const together = this.#waiting.filter(({ path }) => path === next.path);
    this.#waiting = this.#waiting.filter(({ path }) => path !== next.path);
    this.#active = together.length;
    for (const turn of together) turn.begin();
  }
}

/** Turns over the engine's slot for embedders. Whoever embeds passages or questions goes through the same one. */
export function createEmbeddingTurns(engine: Pick<InferenceEngine, 'load' | 'embed'>): EmbeddingTurns {
  return new SlotTurns(engine);
}
