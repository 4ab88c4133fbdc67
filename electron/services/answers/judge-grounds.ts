import type { Calibration } from './calibration.ts';
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

/** The logistic of weighed measurements, 0 to 1. */
export function confidenceOf(features: GroundFeatures, { features: weights, intercept }: Calibration): number {
  const sum = groundNames.reduce((all, name) => {
    const { mean, spread, weight } = weights[name];
    const value = features[name];
    return value === null ? all : all + (weight * (value - mean)) / spread;
  }, intercept);
  return 1 / (1 + Math.exp(-sum));
}

/** Decides by the calibration. Without any meaning measured only words tell, and the confidence is not known. */
export function judgeGrounds(features: GroundFeatures, calibration: Calibration): Grounds {
  if (features.score === null) return { confidence: 0, level: 'low', isWithheld: true };
  if (features.sentenceCosine === null) {
    return { confidence: null, level: null, isWithheld: (features.sentenceCoverage ?? 0) < 0.5 };
  }
  const confidence = confidenceOf(features, calibration);
  const { high, medium } = calibration.levels;
  const level = confidence >= high ? 'high' : confidence >= medium ? 'medium' : 'low';
  return { confidence, level, isWithheld: confidence < calibration.threshold };
}
