/** Kinds of work whose best thread counts differ: one token at a time, a batch of prompt tokens, a passage to embed. */
export type WorkKind = 'decode' | 'prefill' | 'embed';

/** A measured stretch of work. */
export type WorkSample = { readonly units: number; readonly elapsedMs: number };

/** Smoothing of the measured cost; the last five samples weigh about two thirds. */
const smoothing = 0.2;
/** A challenger has to be this much cheaper, so that noise does not make the choice flutter. */
const winningShare = 0.93;
/** Trials may take at most this share of the time, whatever they cost. */
const trialShare = 0.04;
const shortestPauseMs = 400;
const longestPauseMs = 20_000;
/** A cost that rose this much says that the machine has changed. */
const alarmRatio = 1.7;

type Trial = { readonly rung: number; samplesLeft: number; units: number; elapsedMs: number; isWarm: boolean };

/**
 * Chooses thread counts while the work runs. The library's threads spin while they wait for each other, so on a machine
 * that is busy with other things fewer threads can be several times faster, and on an idle one the order turns round.
 * Now and then, within a fixed share of the time, a neighbouring count is tried for a few units, and kept if it won.
 */
export class ThreadTuner {
  readonly #ladder: readonly number[];
  readonly #nowMs: () => number;
  readonly #kinds = new Map<WorkKind, KindTuner>();

  /** `cores` is the upper bound of threads; `nowMs` never goes back. */
  constructor(cores: number, nowMs: () => number) {
    this.#ladder = threadLadder(cores);
    this.#nowMs = nowMs;
  }

  /** Threads for the next stretch, and whether it is a trial (which should be kept short). */
  next(kind: WorkKind): { readonly threads: number; readonly isTrial: boolean } {
    return this.#of(kind).next();
  }

  /** Milliseconds that a unit has cost lately with the chosen count; null before the first measurement. */
  unitMs(kind: WorkKind): number | null {
    return this.#of(kind).unitMs;
  }

  /** Reports how the stretch that `next` was asked for went. */
  measured(kind: WorkKind, sample: WorkSample): void {
    this.#of(kind).measured(sample);
  }

  #of(kind: WorkKind): KindTuner {
    let tuner = this.#kinds.get(kind);
    if (tuner === undefined) {
      tuner = new KindTuner(this.#ladder, this.#nowMs, kind === 'prefill' ? 1 : 3);
      this.#kinds.set(kind, tuner);
    }
    return tuner;
  }
}

/** 1, 2, 4, 8 … up to and with `cores`, and three quarters of it where that lies between. */
export function threadLadder(cores: number): readonly number[] {
  const counts = new Set([Math.max(1, Math.floor(cores))]);
  for (let count = 1; count < cores; count *= 2) counts.add(count);
  if (cores >= 6) counts.add(Math.floor(cores * 0.75));
  return [...counts].sort((a, b) => a - b);
}

class KindTuner {
  readonly #ladder: readonly number[];
  readonly #nowMs: () => number;
  readonly #trialSamples: number;
  #rung: number;
  #unitMs: number | null = null;
  #recentUnitMs: number | null = null;
  #samples = 0;
  #trial: Trial | null = null;
  #direction: 1 | -1 = -1;
  #nextTrialAtMs = 0;
  #pauseMs = shortestPauseMs;

  constructor(ladder: readonly number[], nowMs: () => number, trialSamples: number) {
    this.#ladder = ladder;
    this.#nowMs = nowMs;
    this.#trialSamples = trialSamples;
    this.#rung = ladder.length - 1;
  }

  get unitMs(): number | null {
    return this.#unitMs;
  }

  next(): { readonly threads: number; readonly isTrial: boolean } {
    if (this.#trial === null && this.#isTimeForTrial()) this.#beginTrial();
    const rung = this.#trial?.rung ?? this.#rung;
    return { threads: this.#ladder[rung] ?? 1, isTrial: this.#trial !== null };
  }

  measured({ units, elapsedMs }: WorkSample): void {
    if (units <= 0) return;
    if (this.#trial !== null) {
      this.#measuredTrial(this.#trial, units, elapsedMs);
      return;
    }
    const unitMs = elapsedMs / units;
    this.#samples += 1;
    this.#unitMs = this.#unitMs === null ? unitMs : this.#unitMs + smoothing * (unitMs - this.#unitMs);
    this.#recentUnitMs = this.#recentUnitMs === null ? unitMs : (this.#recentUnitMs + unitMs) / 2;
    if (this.#samples > 4 && this.#recentUnitMs > alarmRatio * this.#unitMs) {
      this.#pauseMs = shortestPauseMs;
      this.#nextTrialAtMs = Math.min(this.#nextTrialAtMs, this.#nowMs() + shortestPauseMs);
    }
  }

  #isTimeForTrial(): boolean {
    return this.#ladder.length > 1 && this.#samples >= 2 && this.#nowMs() >= this.#nextTrialAtMs;
  }

  #beginTrial(): void {
    const neighbour = this.#rung + this.#direction;
    const rung = neighbour < 0 || neighbour >= this.#ladder.length ? this.#rung - this.#direction : neighbour;
    this.#direction = this.#direction === 1 ? -1 : 1;
    this.#trial = { rung, samplesLeft: this.#trialSamples, units: 0, elapsedMs: 0, isWarm: this.#trialSamples === 1 };
  }

  #measuredTrial(trial: Trial, units: number, elapsedMs: number): void {
    const current = this.#unitMs ?? Infinity;
    const isHopeless = elapsedMs / units > 2 * current;
    // The first unit after a change also pays for waking or parking threads.
    if (trial.isWarm || isHopeless) {
      trial.units += units;
      trial.elapsedMs += elapsedMs;
    }
    trial.isWarm = true;
    trial.samplesLeft -= 1;
    if (trial.samplesLeft > 0 && !isHopeless) return;
    this.#trial = null;
    const unitMs = trial.elapsedMs / Math.max(1, trial.units);
    const hasWon = unitMs < winningShare * current;
    if (hasWon) {
      this.#direction = trial.rung > this.#rung ? 1 : -1;
      this.#rung = trial.rung;
      this.#unitMs = unitMs;
      this.#recentUnitMs = unitMs;
      this.#samples = 2;
    }
    this.#pauseMs = hasWon ? shortestPauseMs : Math.min(longestPauseMs, this.#pauseMs * 2);
    this.#nextTrialAtMs = this.#nowMs() + Math.max(this.#pauseMs, elapsedMs / trialShare);
  }
}
