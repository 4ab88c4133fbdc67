import { KindTuner } from './kind-tuner.ts';

/** Kinds of work whose best thread counts differ: one token at a time, a batch of prompt tokens, a passage to embed or to rank. */
export type WorkKind = 'decode' | 'prefill' | 'embed' | 'rerank';

export type ThreadTunerOptions = {
  /** Upper bound of threads, at least 1. */
  readonly cores: number;
  /** Milliseconds that never go back. */
  readonly nowMs: () => number;
  /** True when other programs keep the cores busy already; the first choice is then one thread instead of all cores. */
  readonly isBusy: boolean;
};

/**
 * Chooses thread counts while the work runs. The library's threads spin while they wait for each other, so on a machine
 * that is busy with other things fewer threads can be many times faster, and on an idle one the order turns round. Now and
 * then, within a small share of the time, a neighbouring count is tried for a few units of work, and kept if it won.
 */
export class ThreadTuner {
  readonly #ladder: readonly number[];
  readonly #nowMs: () => number;
  readonly #kinds = new Map<WorkKind, KindTuner>();
  /** Where a kind that has not run yet begins: what won for another one says how busy the machine is. */
  #latestRung: number;

  constructor(options: ThreadTunerOptions) {
    this.#ladder = threadLadder(options.cores);
    this.#nowMs = options.nowMs;
    this.#latestRung = options.isBusy ? 0 : this.#ladder.length - 1;
  }

  /** Threads for the next piece of work, and whether it is part of a trial: a trial of prefill wants a short batch. */
  next(kind: WorkKind): { readonly threads: number; readonly isTrial: boolean } {
    const { rung, isTrial } = this.#of(kind).next();
    return { threads: this.#ladder[rung] ?? 1, isTrial };
  }

  /** Reports how the piece of work that `next` was asked for went: its size in tokens, and its time. */
  measured(kind: WorkKind, units: number, elapsedMs: number): void {
    if (units <= 0) return;
    const tuner = this.#of(kind);
    tuner.measured(elapsedMs / units, units);
    this.#latestRung = tuner.rung;
  }

  /** The count that has won so far. */
  chosen(kind: WorkKind): number {
    return this.#ladder[this.#of(kind).rung] ?? 1;
  }

  /** Milliseconds that a token has cost lately with the chosen count; null before the first measurement. */
  unitMs(kind: WorkKind): number | null {
    return this.#of(kind).unitMs;
  }

  #of(kind: WorkKind): KindTuner {
    let tuner = this.#kinds.get(kind);
    if (tuner === undefined) {
      tuner = new KindTuner({
        rungs: this.#ladder.length,
        firstRung: this.#latestRung,
        nowMs: this.#nowMs,
        // A short batch costs more per token than a long one, so a trial of prefill measures both counts on short ones.
        isPaired: kind === 'prefill',
      });
      this.#kinds.set(kind, tuner);
    }
    return tuner;
  }
}

/** 1, 2, 4, 8 … up to and with `cores`, and three quarters of them where that lies between. */
export function threadLadder(cores: number): readonly number[] {
  const counts = new Set([Math.max(1, Math.floor(cores))]);
  for (let count = 1; count < cores; count *= 2) counts.add(count);
  if (cores >= 6) counts.add(Math.floor(cores * 0.75));
  return [...counts].sort((a, b) => a - b);
}
