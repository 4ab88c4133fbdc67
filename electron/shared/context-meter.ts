import { z } from 'zod';
import { trimmingSchema } from './conversation.ts';

/**
 * What would be in the context window if the draft were sent now. All counts are tokens; `isEstimate` where the model is
 * not loaded and a token is taken for four characters. `systemTokens + summaryTokens + historyTokens + draftTokens +
 * answerTokens <= windowTokens` unless `isTooLong`.
 */
export const contextMeterSchema = z
  .object({
    windowTokens: z.int().positive(),
    systemTokens: z.int().nonnegative(),
    /** The stand-in for turns that were summarised. */
    summaryTokens: z.int().nonnegative(),
    historyTokens: z.int().nonnegative(),
    draftTokens: z.int().nonnegative(),
    /** Room left for the answer. */
    answerTokens: z.int().nonnegative(),
    /** Turns of the branch that are in whole, and those that were left out or summarised. */
    keptTurns: z.int().nonnegative(),
    trimmedTurns: z.int().nonnegative(),
    trimming: trimmingSchema,
    /** The draft alone does not fit. */
    isTooLong: z.boolean(),
    isEstimate: z.boolean(),
  })
  .readonly();
export type ContextMeter = z.infer<typeof contextMeterSchema>;
