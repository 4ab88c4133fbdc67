import { z } from 'zod';
import routerFile from '../../../resources/routing/router.json' with { type: 'json' };
import { afterNames, beforeNames, directionCount } from './question-features.ts';
import type { Directions, Measurement } from './question-features.ts';

const weightSchema = z.object({ mean: z.number(), spread: z.number().positive(), weight: z.number() }).readonly();

/** A logistic regression: weights of named measurements, each of mean 0 and spread 1. */
const regressionSchema = z
  .object({ features: z.record(z.string(), weightSchema).readonly(), intercept: z.number() })
  .readonly();
export type Regression = z.infer<typeof regressionSchema>;

/** How measurements become the chance that a large model answers better: learned by `e2e/campaigns/train-router.ts`. */
export const routerModelSchema = z
  .object({
    /** From what data, when, how, and with what figures; for people. */
    from: z.unknown(),
    /** Directions in which questions differ most, of the embedder that ships with the app, and the mean question. */
    projection: z
      .object({
        mean: z.array(z.number()).readonly(),
        directions: z.array(z.array(z.number()).readonly()).length(directionCount).readonly(),
      })
      .readonly(),
    /**
     * The local model that it was learned with, by its parameters, and by how much the log odds of a better answer elsewhere
     * fall with each doubling of them: set by hand, as no outcomes of larger models were at hand.
     */
    strength: z.object({ parameterCount: z.int().positive(), perDoubling: z.number().nonnegative() }).readonly(),
    /** By the question alone. */
    before: regressionSchema,
    /** With the local answer. */
    after: regressionSchema,
  })
  .readonly();
export type RouterModel = z.infer<typeof routerModelSchema>;

/** The model that comes with the app. */
export const routerModel: RouterModel = routerModelSchema.parse(routerFile);

/** Where a vector lies along the directions; null for one of another embedder, as its numbers mean other things. */
export function project({ mean, directions }: RouterModel['projection'], vector: ArrayLike<number> | null): Directions {
  if (vector === null || vector.length !== mean.length) return null;
  return directions.map((direction) =>
    direction.reduce((sum, value, at) => sum + value * ((vector[at] ?? 0) - (mean[at] ?? 0)), 0),
  );
}

/** The chance, 0 to 1. What was not measured counts as the mean. */
export function chanceOf(
  { features, intercept }: Regression,
  names: readonly string[],
  measured: readonly Measurement[],
): number {
  const odds = names.reduce((sum, name, at) => {
    const { mean = 0, spread = 1, weight = 0 } = features[name] ?? {};
    return sum + (weight * ((measured[at] ?? mean) - mean)) / spread;
  }, intercept);
  return 1 / (1 + Math.exp(-odds));
}

/** A chance for a local model of another size; as it is where the size is not known. */
export function chanceWith({ strength }: RouterModel, chance: number, parameterCount: number | null): number {
  const doublings = parameterCount === null ? 0 : Math.log2(Math.max(1, parameterCount) / strength.parameterCount);
  return 1 / (1 + ((1 - chance) / chance) * Math.exp(strength.perDoubling * doublings));
}

/** Chance that a large model answers better, by the question alone. */
export const gainBefore = ({ before }: RouterModel, measured: readonly Measurement[]): number =>
  chanceOf(before, beforeNames, measured);

/** The same with the local answer. */
export const gainAfter = ({ after }: RouterModel, measured: readonly Measurement[]): number =>
  chanceOf(after, afterNames, measured);
