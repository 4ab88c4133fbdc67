import type { LlamaContext, LlamaContextSequence, Token } from 'node-llama-cpp';
import { ExclusiveLock } from './exclusive-lock.ts';
import type { WorkPriority } from './scheduler.ts';

/** A context of its own with one sequence: what a conversation's evaluated tokens live in. */
export type Lane = { readonly context: LlamaContext; readonly sequence: LlamaContextSequence };

/** A lane as its one owner of the moment has it. */
export type LentLane = Lane & {
  /** The conversation that all of its tokens were of when the work began; null where that is not known. */
  readonly heldKey: string | null;
  /** From now on all of its tokens are of this conversation. Said by no work, nobody knows what they are. */
  hold(conversationKey: string): void;
};

/** What a piece of work wants of a lane. */
export type LaneRequest = {
  readonly priority: WorkPriority;
  readonly conversationKey: string;
  /** Prompt and answer together, and one to spare. */
  readonly neededTokens: number;
};

type PooledLane = Lane & {
  readonly priority: WorkPriority;
  readonly lock: ExclusiveLock;
  conversationKey: string;
  heldKey: string | null;
  usedAtMs: number;
};

/** Two chats side by side (the window's and a quick question), and background work beside them, so that neither evicts the other. */
const mostLanes: Readonly<Record<WorkPriority, number>> = { interactive: 2, background: 1 };
/**
 * Background work gets a window no larger than it needs, at least this one: titles and decisions are short, and a window of
 * full size is often more than the model itself. Conversations get the full one, because they grow.
 */
const leastBackgroundTokens = 2_048;
/** A lane beyond the first gives its memory back after this long without work. */
const idleMs = 120_000;

/**
 * The lanes of one chat model. The first is made with the model; others when they are needed and affordable. Follow-ups
 * find their lane by the conversation's key; otherwise the lane that was used least recently serves.
 */
export class LanePool {
  readonly #createContext: (contextTokens?: number) => Promise<LlamaContext>;
  readonly #canAfford: () => boolean;
  readonly #creating = new ExclusiveLock();
  readonly #retiring = new Set<Promise<void>>();
  #lanes: PooledLane[] = [];

  /** `createContext` makes one of full size unless another is named; `canAfford` tells whether that fits in the memory that is free now. */
  constructor(createContext: (contextTokens?: number) => Promise<LlamaContext>, canAfford: () => boolean) {
    this.#createContext = createContext;
    this.#canAfford = canAfford;
  }

  /** Makes the first lane, for interactive work. */
  async open(): Promise<LlamaContext> {
    return (await this.#add({ priority: 'interactive', neededTokens: 0 })).context;
  }

  /** Runs `work` as the only owner of a lane. Rejects with the signal's reason when aborted while waiting for it. */
  async use<T>(
    request: LaneRequest & { readonly signal: AbortSignal },
    work: (lane: LentLane) => Promise<T>,
  ): Promise<T> {
    const lane = await this.#creating.run(request.signal, async () => this.#choose(request));
    return lane.lock.run(request.signal, async () => {
      lane.conversationKey = request.conversationKey;
      lane.usedAtMs = performance.now();
      try {
        return await work(lent(lane));
      } finally {
        lane.usedAtMs = performance.now();
      }
    });
  }

  /** Runs `work` on the lane that holds nothing but this conversation, once it is free; null where there is none. */
  async withHeld<T>(conversationKey: string, signal: AbortSignal, work: (lane: Lane) => Promise<T>): Promise<T | null> {
    const lane = this.#lanes.find((other) => other.priority === 'interactive' && other.heldKey === conversationKey);
    if (lane === undefined) return null;
    return lane.lock.run(signal, async () => {
      // Another conversation may have had its turn meanwhile.
      if (lane.heldKey !== conversationKey || !this.#lanes.includes(lane)) return null;
      return await work(lane);
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
    await Promise.all(this.#retiring);
    for (const lane of lanes) await lane.context.dispose();
  }

  async #choose(request: LaneRequest): Promise<PooledLane> {
    this.#retireTooSmall(request);
    const own = this.#lanes.filter((lane) => lane.priority === request.priority);
    const remembered = own.find((lane) => lane.conversationKey === request.conversationKey);
    if (remembered !== undefined) return remembered;
    const fresh = own.find((lane) => lane.conversationKey === '' && !lane.lock.isBusy);
    if (fresh !== undefined) return claim(fresh, request.conversationKey);
    const isFirst = own.length === 0;
    if (own.length < mostLanes[request.priority] && (isFirst || this.#canAfford())) {
      const added = await this.#tryAdd(request);
      if (added !== null) return claim(added, request.conversationKey);
    }
    const candidates = own.length > 0 ? own : this.#lanes;
    const [first, ...rest] = candidates.toSorted((a, b) => a.usedAtMs - b.usedAtMs);
    if (first === undefined) throw new Error('a lane pool needs to be opened first');
    return claim([first, ...rest].find((lane) => !lane.lock.isBusy) ?? first, request.conversationKey);
  }

  /** A lane of background work that is too small makes room for one that is not; those who have it still finish. */
  #retireTooSmall({ neededTokens }: LaneRequest): void {
    const tooSmall = this.#lanes.filter(
      ({ priority, context }) => priority === 'background' && context.contextSize < neededTokens,
    );
    this.#lanes = this.#lanes.filter((lane) => !tooSmall.includes(lane));
    for (const lane of tooSmall) {
      const gone = lane.lock
        .run(new AbortController().signal, async () => lane.context.dispose())
        .finally(() => this.#retiring.delete(gone));
      this.#retiring.add(gone);
    }
  }

  /** Null when memory does not allow another context: the work then shares a lane. */
  async #tryAdd(request: Omit<LaneRequest, 'conversationKey'>): Promise<PooledLane | null> {
    try {
      return await this.#add(request);
    } catch {
      return null;
    }
  }

  async #add({ priority, neededTokens }: Omit<LaneRequest, 'conversationKey'>): Promise<PooledLane> {
    const context = await this.#createContext(priority === 'interactive' ? undefined : backgroundTokens(neededTokens));
    const lane: PooledLane = {
      context,
      sequence: context.getSequence(),
      priority,
      lock: new ExclusiveLock(),
      conversationKey: '',
      heldKey: null,
      usedAtMs: performance.now(),
    };
    this.#lanes.push(lane);
    return lane;
  }
}

function backgroundTokens(neededTokens: number): number {
  return Math.max(leastBackgroundTokens, 2 ** Math.ceil(Math.log2(Math.max(1, neededTokens))));
}

/** Unless the work says what it leaves there, the lane holds nothing that anybody knows. */
function lent(lane: PooledLane): LentLane {
  const { context, sequence, heldKey } = lane;
  lane.heldKey = null;
  return { context, sequence, heldKey, hold: (conversationKey) => void (lane.heldKey = conversationKey) };
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
