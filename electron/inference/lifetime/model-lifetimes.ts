import { totalmem } from 'node:os';
import type { Clock } from '../../platform/clock.ts';
import type { ModelSlot } from '../engine.ts';

/** When models give their memory back. */
export type LifetimeRules = {
  /** Minutes without work; null never. Asked for again at every look. */
  readonly unloadAfterMinutes: () => Promise<number | null>;
  /** What programs can still take, in bytes; default what the system says. */
  readonly availableMemoryBytes?: () => number;
};

/** What is looked after. */
export type LivingModels = {
  readonly loaded: () => readonly ModelSlot[];
  /** True while work runs or waits. */
  readonly isBusy: (slot: ModelSlot) => boolean;
  readonly sleep: (slot: ModelSlot) => Promise<void>;
};

const minuteMs = 60_000;
/** How often idle models are looked for, in milliseconds. */
const lookEveryMs = 10_000;
/** Under memory pressure a model that worked a moment ago still stays: its person is reading. In milliseconds. */
const leastIdleMs = 20_000;
/** Below this share of all memory, within bounds in bytes, other programs would be made to wait for the disk. */
const pressureShare = 0.05;
const leastPressureBytes = 256 * 1024 ** 2;
const mostPressureBytes = 1024 ** 3;

/** Puts models to sleep that nobody has needed for a while, each by itself, and earlier when memory runs out. */
export class ModelLifetimes {
  readonly #clock: Clock;
  readonly #rules: LifetimeRules;
  readonly #models: LivingModels;
  readonly #usedAtMs = new Map<ModelSlot, number>();
  readonly #closing = new AbortController();
  #isWatching = false;

  constructor(clock: Clock, rules: LifetimeRules, models: LivingModels) {
    this.#clock = clock;
    this.#rules = rules;
    this.#models = models;
  }

  /** Work on the slot begins or ends, or its model has just been loaded. */
  used(slot: ModelSlot): void {
    this.#usedAtMs.set(slot, this.#clock.monotonicMs());
    if (!this.#isWatching && !this.#closing.signal.aborted) void this.#watch();
  }

  close(): void {
    this.#closing.abort();
  }

  async #watch(): Promise<void> {
    this.#isWatching = true;
    try {
      do {
        await this.#clock.delay(lookEveryMs, this.#closing.signal);
        await this.#look();
      } while (this.#models.loaded().length > 0 || this.#isAnyBusy());
    } catch {
      // Closed, or the process ended while a model was put to sleep: nothing is left to look after.
    } finally {
      this.#isWatching = false;
    }
  }

  async #look(): Promise<void> {
    const minutes = await this.#rules.unloadAfterMinutes();
    const limitMs = minutes === null ? Infinity : minutes * minuteMs;
    for (const slot of this.#idleSlots()) if (this.#idleMs(slot) >= limitMs) await this.#models.sleep(slot);
    // One at a time: what it frees may be enough.
    const [longestIdle] = this.#idleSlots();
    const isPressed = this.#availableBytes() < pressureBytes();
    if (longestIdle !== undefined && isPressed && this.#idleMs(longestIdle) >= leastIdleMs)
      await this.#models.sleep(longestIdle);
  }

  /** Longest idle first. */
  #idleSlots(): readonly ModelSlot[] {
    const idle = this.#models.loaded().filter((slot) => !this.#models.isBusy(slot));
    return idle.toSorted((left, right) => this.#idleMs(right) - this.#idleMs(left));
  }

  #isAnyBusy(): boolean {
    return (['chat', 'embedding', 'reranking'] as const).some((slot) => this.#models.isBusy(slot));
  }

  #idleMs(slot: ModelSlot): number {
    return this.#clock.monotonicMs() - (this.#usedAtMs.get(slot) ?? 0);
  }

  #availableBytes(): number {
    return (this.#rules.availableMemoryBytes ?? (() => process.availableMemory()))();
  }
}

function pressureBytes(): number {
  return Math.min(mostPressureBytes, Math.max(leastPressureBytes, pressureShare * totalmem()));
}
