import type { Calibration, GroundsModel } from './calibration.ts';
import { groundNames } from './ground-features.ts';
import type { GroundFeatures } from './ground-features.ts';

/** How sure it is that the passages hold the answer, and what follows. */
export type Grounds = {
  /** 0 to 1; null where nothing was measured that could tell. */
  readonly confidence: number | null;
  readonly level: 'high' | 'medium' | 'low' | null;
  /** True when the documents are taken not to say it. */
  readonly isWithheld: boolean;
};

/** Passages that are looked for; fewer are found only where there are fewer. */
export const passagesLookedFor = 10;

/** The part of a calibration that tells of so many found passages. */
export const groundsModelOf = (foundCount: number, { few, many }: Calibration): GroundsModel =>
  foundCount < passagesLookedFor ? few : many;

const logistic = (value: number): number => 1 / (1 + Math.exp(-value));

/** How likely one passage holds the answer, 0 to 1: the logistic of weighed measurements. */
export function chanceOf(features: GroundFeatures, { features: weights, intercept }: GroundsModel['passage']): number {
  return logistic(
    groundNames.reduce((sum, name) => {
      const { mean, spread, weight } = weights[name];
      return sum + (weight * (features[name] - mean)) / spread;
    }, intercept),
  );
}

/** Log odds that at least one of the passages holds the answer, if each does by itself. */
export function logOddsOfAny(chances: readonly number[]): number {
  const none = chances.reduce((all, chance) => all * (1 - Math.min(0.9999, chance)), 1);
  return Math.log(Math.max(1e-4, 1 - none) / none);
}

/** What is known of all that was found. */
export type JudgedEvidence = {
  /** How likely each passage holds the answer; null where only words were compared. */
  readonly chances: readonly number[] | null;
  /** How many passages were found, at most as many as are looked for. */
  readonly foundCount: number;
  /** The greatest share of the question that a sentence knows, 0 to 1. */
  readonly coverage: number;
};

/** Decides by the calibration. Without any meaning measured only words tell, and the confidence is not known. */
export function judgeGrounds({ chances, foundCount, coverage }: JudgedEvidence, calibration: Calibration): Grounds {
  if (chances === null) return { confidence: null, level: null, isWithheld: coverage < 0.5 };
  if (chances.length === 0) return { confidence: 0, level: 'low', isWithheld: true };
  const { any, levels, threshold } = groundsModelOf(foundCount, calibration);
  const confidence = logistic(any.slope * logOddsOfAny(chances) + any.intercept);
  const level = confidence >= levels.high ? 'high' : confidence >= levels.medium ? 'medium' : 'low';
  return { confidence, level, isWithheld: confidence < threshold };
}
