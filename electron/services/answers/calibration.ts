import { z } from 'zod';
import calibrationFile from '../../../resources/answers/calibration.json' with { type: 'json' };
import { groundNames } from './ground-features.ts';

const weightSchema = z.object({ mean: z.number(), spread: z.number().positive(), weight: z.number() }).readonly();

/** How measurements become a confidence: learned by `e2e/campaigns/train-grounds.ts`, which writes where from. */
export const calibrationSchema = z
  .object({
    /** From what data, when, how, and with what figures; for people. */
    from: z.unknown(),
    /** Weights of measurements, each of mean 0 and spread 1; one that is missing counts as its mean. */
    features: z.record(z.enum(groundNames), weightSchema).readonly(),
    intercept: z.number(),
    /** Answers with less confidence are withheld, 0 to 1. */
    threshold: z.number().min(0).max(1),
    /** Least confidence of each level; below is `low`. */
    levels: z.object({ high: z.number(), medium: z.number() }).readonly(),
    /** Which passage is cited first. */
    citing: z.object({ score: z.number(), rank: z.number(), similarity: z.number(), coverage: z.number() }).readonly(),
  })
  .readonly();
export type Calibration = z.infer<typeof calibrationSchema>;

/** The calibration that comes with the app. */
export const calibration: Calibration = calibrationSchema.parse(calibrationFile);
