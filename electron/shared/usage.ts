import { z } from 'zod';

/** What one generation cost. Rates are null when too little was generated to measure them. */
export const usageSchema = z
  .object({
    /** Tokens of the prompt, reused ones included. */
    inputTokens: z.int().nonnegative(),
    /** Of those, how many were already in the model's state and were not evaluated again. */
    reusedTokens: z.int().nonnegative(),
    outputTokens: z.int().nonnegative(),
    /** Milliseconds from the request to the first token; null when there was none. */
    timeToFirstTokenMs: z.number().nonnegative().nullable(),
    /** Decode rate after the first token; null below two tokens. */
    tokensPerSecond: z.number().nonnegative().nullable(),
  })
  .readonly();
export type Usage = z.infer<typeof usageSchema>;

/** Usage before anything was generated. */
export const noUsage: Usage = {
  inputTokens: 0,
  reusedTokens: 0,
  outputTokens: 0,
  timeToFirstTokenMs: null,
  tokensPerSecond: null,
};
