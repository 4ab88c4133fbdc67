/** Smoothing of the measured cost: the last five samples weigh about two thirds. */
const smoothing = 0.2;
/** A challenger has to be this much cheaper, so that noise does not make the choice flutter. */
const winningShare = 0.93;
/** What trials may cost on top of the work itself, as a share of the time. */
const trialCostShare = 0.015;
const shortestPauseMs = 400;
const longestPauseMs = 8_000;
/** A cost that rises this much from one moment to the next says that the machine has changed. */
const alarmRatio = 1.7;
/** A winner that then costs this much more than the loser did was lucky. */
const regretRatio = 1.2;
const regretSamples = 3;
/** Samples of an unpaired trial; the first also pays for waking or parking threads and is left out. */
const trialSamples = 4;

export type KindTunerOptions = {
  readonly rungs: number;
  readonly firstRung: number;
  readonly nowMs: () => number;
  /** True: a trial is two samples, one of the present choice and one of the challenger, compared with each other. */
  readonly isPaired: boolean;
};

type Trial = { readonly rung: number; readonly samples: number[]; baselineMs: number | null; excessMs: number };

/** What was left for the present choice, as long as it is fresh enough to go back to. */
type Former = { readonly rung: number; readonly unitMs: number };

/** Chooses the rung of a ladder of thread counts for one kind of work, by trying neighbours now and then. */
export class KindTuner {
  readonly #options: KindTunerOptions;
  #rung: number;
  #unitMs: number | null = null;
  #recentUnitMs = 0;
  #samples = 0;
  #trial: Trial | null = null;
  #former: Former | null = null;
  #direction: 1 | -1 = -1;
  #nextTrialAtMs = 0;
  #pauseMs = shortestPauseMs;

  constructor(options: KindTunerOptions) {
    this.#options = options;
    this.#rung = options.firstRung;
  }

  /** The present choice. */
  get rung(): number {
    return this.#rung;
  }

  /** Milliseconds of a unit with the present choice, smoothed; null before the first sample. */
  get unitMs(): number | null {
    return this.#unitMs;
  }

  next(): { readonly rung: number; readonly isTrial: boolean } {
    if (this.#trial === null && this.#isTimeForTrial()) this.#beginTrial();
    const trial = this.#trial;
    if (trial === null) return { rung: this.#rung, isTrial: this.#unitMs === null };
    const isBaseline = this.#options.isPaired && trial.baselineMs === null;
    return { rung: isBaseline ? this.#rung : trial.rung, isTrial: true };
  }

  measured(unitMs: number, units: number): void {
    if (this.#trial === null) this.#measuredChoice(unitMs);
    else this.#measuredTrial(this.#trial, unitMs, units);
  }

  #measuredChoice(unitMs: number): void {
    this.#samples += 1;
    this.#unitMs = this.#unitMs === null ? unitMs : this.#unitMs + smoothing * (unitMs - this.#unitMs);
    this.#recentUnitMs = this.#samples === 1 ? unitMs : (this.#recentUnitMs + unitMs) / 2;
    if (this.#regrets()) return;
    if (this.#samples > 3 && this.#recentUnitMs > alarmRatio * this.#unitMs) {
      this.#pauseMs = shortestPauseMs;
      this.#nextTrialAtMs = Math.min(this.#nextTrialAtMs, this.#options.nowMs() + shortestPauseMs);
    }
  }

  /** Goes back to the former choice when the new one does not keep what its trial promised. */
  #regrets(): boolean {
    const former = this.#former;
    if (former === null || this.#samples < regretSamples) return false;
    this.#former = null;
    if (this.#recentUnitMs <= regretRatio * former.unitMs) return false;
    this.#choose(former.rung, former.unitMs);
    this.#rest(0);
    return true;
  }

  #isTimeForTrial(): boolean {
    if (this.#options.rungs < 2 || this.#unitMs === null || this.#former !== null) return false;
    return this.#options.nowMs() >= this.#nextTrialAtMs;
  }

  #beginTrial(): void {
    const ahead = this.#rung + this.#direction;
    const rung = ahead < 0 || ahead >= this.#options.rungs ? this.#rung - this.#direction : ahead;
    this.#trial = { rung, samples: [], baselineMs: this.#options.isPaired ? null : this.#unitMs, excessMs: 0 };
  }

  #measuredTrial(trial: Trial, unitMs: number, units: number): void {
    if (trial.baselineMs === null) {
      trial.baselineMs = unitMs;
      return;
    }
    trial.samples.push(unitMs);
    trial.excessMs += Math.max(0, unitMs - trial.baselineMs) * units;
    const isHopeless = unitMs > 2 * trial.baselineMs;
    const samplesWanted = this.#options.isPaired ? 1 : trialSamples;
    if (trial.samples.length < samplesWanted && !isHopeless) return;
    this.#trial = null;
    const counted = trial.samples.length > 1 ? trial.samples.slice(1) : trial.samples;
    const meanMs = counted.reduce((sum, sample) => sum + sample, 0) / counted.length;
    if (meanMs < winningShare * trial.baselineMs) this.#adopt(trial.rung, meanMs / trial.baselineMs);
    else {
      this.#direction = this.#direction === 1 ? -1 : 1;
      this.#rest(trial.excessMs);
    }
  }

  #adopt(rung: number, costRatio: number): void {
    const formerMs = this.#unitMs ?? 0;
    this.#former = { rung: this.#rung, unitMs: formerMs };
    this.#direction = rung > this.#rung ? 1 : -1;
    this.#choose(rung, formerMs * costRatio);
    this.#pauseMs = shortestPauseMs;
    this.#nextTrialAtMs = this.#options.nowMs() + shortestPauseMs;
  }

  #choose(rung: number, unitMs: number): void {
    this.#rung = rung;
    this.#unitMs = unitMs;
    this.#recentUnitMs = unitMs;
    this.#samples = 1;
  }

  /** After a lost trial: the next one waits longer, and long enough that losing stays within its share of the time. */
  #rest(excessMs: number): void {
    this.#pauseMs = Math.min(longestPauseMs, this.#pauseMs * 2);
    this.#nextTrialAtMs = this.#options.nowMs() + Math.max(this.#pauseMs, excessMs / trialCostShare);
  }
}
