import { z } from 'zod';
import { backendSchema } from './machine.ts';

/**
 * `fits` leaves room for other programs; `tight` runs with a smaller window or little room; the others do not run, and
 * `unknown` is for what was never read.
 */
export const fitStatusSchema = z.enum(['fits', 'tight', 'too-large', 'no-room-on-disk', 'unsupported', 'unknown']);
export type FitStatus = z.infer<typeof fitStatusSchema>;

/** How a model would run, or runs, on this machine; memory in bytes. */
export const modelFitSchema = z
  .object({
    status: fitStatusSchema,
    /**
     * Peak resident memory of the engine with this one model and the usual window (8,192 tokens, or what was asked for, at
     * most `contextTokens`): the three below and the process itself.
     */
    memoryBytes: z.int().nonnegative(),
    weightsBytes: z.int().nonnegative(),
    windowBytes: z.int().nonnegative(),
    buffersBytes: z.int().nonnegative(),
    /** What is there for it now. */
    availableBytes: z.int().nonnegative(),
    /** Tokens of the largest window that fits, up to what the model was trained for. */
    contextTokens: z.int().nonnegative(),
    backend: backendSchema,
    /** Blocks of the model on the graphics processor, and in all. */
    graphicsLayers: z.int().nonnegative(),
    layers: z.int().nonnegative(),
    /** Null before this machine was probed. */
    tokensPerSecond: z.number().positive().nullable(),
    /** For a prompt of 500 tokens; null before this machine was probed. */
    timeToFirstTokenMs: z.number().nonnegative().nullable(),
    /** True when the rates were measured with this very model on this machine. */
    isMeasured: z.boolean(),
  })
  .readonly();
export type ModelFit = z.infer<typeof modelFitSchema>;

/** What a model showed when it ran here, by backend. */
export const modelMeasurementSchema = z
  .object({
    backend: backendSchema,
    contextTokens: z.int().positive(),
    /** Milliseconds since 1970 of the last one. */
    measuredAt: z.int().nonnegative(),
    /** Smoothed over the answers so far. */
    tokensPerSecond: z.number().positive(),
    prefillTokensPerSecond: z.number().positive().nullable(),
    /** Resident memory that loading it took, in bytes; null where the system does not tell. */
    memoryBytes: z.int().positive().nullable(),
  })
  .readonly();
export type ModelMeasurement = z.infer<typeof modelMeasurementSchema>;
