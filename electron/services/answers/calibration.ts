import { z } from 'zod';
import calibrationFile from '../../../resources/answers/calibration.json' with { type: 'json' };
import { groundNames } from './ground-features.ts';

const weightSchema = z.object({ mean: z.number(), spread: z.number().positive(), weight: z.number() }).readonly();

/** How what is measured of found passages becomes a confidence. */
const groundsModelSchema = z
  .object({
    /** How likely a passage holds the answer: weights of measurements, each of mean 0 and spread 1. */
    passage: z
      .object({ features: z.record(z.enum(groundNames), weightSchema).readonly(), intercept: z.number() })
      .readonly(),
    /** `1 / (1 + exp(-(slope * x + intercept)))` is the confidence, x the log odds that any of the passages holds it. */
    any: z.object({ slope: z.number(), intercept: z.number() }).readonly(),
    /** Answers with less confidence are withheld, 0 to 1. */
    threshold: z.number().min(0).max(1),
    /** Least confidence of each level; below is `low`. */
    levels: z.object({ high: z.number(), medium: z.number() }).readonly(),
  })
  .readonly();
export type GroundsModel = z.infer<typeof groundsModelSchema>;

/** Learned by `e2e/campaigns/train-grounds.ts`, which writes where from. */
export const calibrationSchema = z
  .object({
    /** From what data, when, how, and with what figures; for people. */
    from: z.unknown(),
    /** Where as many passages are found as are looked for. */
    many: groundsModelSchema,
    /** Where what is searched has fewer: how far a passage stands out, and how rare a word is, mean little in a short note. */
    few: groundsModelSchema,
  })
  .readonly();
export type Calibration = z.infer<typeof calibrationSchema>;

/** The calibration that comes with the app. */
export const calibration: Calibration = calibrationSchema.parse(calibrationFile);
