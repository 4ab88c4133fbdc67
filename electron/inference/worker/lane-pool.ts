import type { LlamaContext, LlamaContextSequence, Token } from 'node-llama-cpp';
import { ExclusiveLock } from './exclusive-lock.ts';
import type { WorkPriority } from './scheduler.ts';

/** A context of its own with one sequence: what a conversation's evaluated tokens live in. */
export type Lane = { readonly context: LlamaContext; readonly sequence: LlamaContextSequence };

type PooledLane = Lane & {
  readonly priority: WorkPriority;
  readonly lock: ExclusiveLock;
  conversationKey: string;
  usedAtMs: number;
};

/** Two chats side by side (the window's and a quick question), and background work beside them, so that neither evicts the other. */
const mostLanes: Readonly<Record<WorkPriority, number>> = { interactive: 2, background: 1 };
/** A lane beyond the first gives its memory back after this long without work. */
const idleMs = 120_000;

/**
 * The lanes of one chat model. The first is made with the model; others when they are needed and affordable. Follow-ups
 * find their lane by the conversation's key; otherwise the lane that was used least recently serves.
 */
export class LanePool {
  readonly #createContext: () => Promise<LlamaContext>;
  readonly #canAfford: () => boolean;
  readonly #creating = new ExclusiveLock();
  #lanes: PooledLane[] = [];

  /** `canAfford` tells whether another context fits in the memory that is free now. */
  constructor(createContext: () => Promise<LlamaContext>, canAfford: () => boolean) {
    this.#createContext = createContext;
    this.#canAfford = canAfford;
  }

  /** Makes the first lane, for interactive work. */
  async open(): Promise<LlamaContext> {
    return (await this.#add('interactive')).context;
  }

  /** Runs `work` as the only owner of a lane. Rejects with the signal's reason when aborted while waiting for it. */
  async use<T>(
    request: { readonly priority: WorkPriority; readonly conversationKey: string; readonly signal: AbortSignal },
    work: (lane: Lane) => Promise<T>,
  ): Promise<T> {
    const lane = await this.#creating.run(request.signal, async () => this.#choose(request));
    return lane.lock.run(request.signal, async () => {
      lane.conversationKey = request.conversationKey;
      lane.usedAtMs = performance.now();
      try {
        return await work(lane);
      } finally {
        lane.usedAtMs = performance.now();
      }
    });
  }

  /** Frees lanes beyond the first that have been idle for long. Call it now and then. */
  async trim(): Promise<void> {
    const cutMs = performance.now() - idleMs;
    const idle = this.#lanes.filter((lane, index) => index > 0 && !lane.lock.isBusy && lane.usedAtMs < cutMs);
    this.#lanes = this.#lanes.filter((lane) => !idle.includes(lane));
    for (const lane of idle) await lane.context.dispose();
  }

  /** Frees every lane. Nothing may be running. */
  async dispose(): Promise<void> {
    const lanes = this.#lanes;
    this.#lanes = [];
    for (const lane of lanes) await lane.context.dispose();
  }

  async #choose(request: { readonly priority: WorkPriority; readonly conversationKey: string }): Promise<PooledLane> {
    const own = this.#lanes.filter((lane) => lane.priority === request.priority);
    const remembered = own.find((lane) => lane.conversationKey === request.conversationKey);
    if (remembered !== undefined) return remembered;
    const fresh = own.find((lane) => lane.conversationKey === '' && !lane.lock.isBusy);
    if (fresh !== undefined) return claim(fresh, request.conversationKey);
    const isFirst = own.length === 0;
    if (own.length < mostLanes[request.priority] && (isFirst || this.#canAfford())) {
      const added = await this.#tryAdd(request.priority);
      if (added !== null) return claim(added, request.conversationKey);
    }
    const candidates = own.length > 0 ? own : this.#lanes;
    const [first, ...rest] = candidates.toSorted((a, b) => a.usedAtMs - b.usedAtMs);
    if (first === undefined) throw new Error('a lane pool needs to be opened first');
    return claim([first, ...rest].find((lane) => !lane.lock.isBusy) ?? first, request.conversationKey);
  }

  /** Null when memory does not allow another context: the work then shares a lane. */
  async #tryAdd(priority: WorkPriority): Promise<PooledLane | null> {
    try {
      return await this.#add(priority);
    } catch {
      return null;
    }
  }

  async #add(priority: WorkPriority): Promise<PooledLane> {
    const context = await this.#createContext();
    const lane: PooledLane = {
      context,
      sequence: context.getSequence(),
      priority,
      lock: new ExclusiveLock(),
      conversationKey: '',
      usedAtMs: performance.now(),
    };
    this.#lanes.push(lane);
    return lane;
  }
}

function claim(lane: PooledLane, conversationKey: string): PooledLane {
  lane.conversationKey = conversationKey;
  return lane;
}

/**
 * Drops from the lane's state what the tokens do not share with it, and returns how many tokens at the start need no
 * evaluation. At least the last token is always left to evaluate, because the answer begins from its result.
 */
export async function reusePrefix(sequence: LlamaContextSequence, tokens: readonly Token[]): Promise<number> {
  // No shifting: a state whose positions were moved is no longer what evaluating the tokens would give.
  await sequence.adaptStateToTokens(tokens.slice(0, -1), false);
  return sequence.nextTokenIndex;
}
