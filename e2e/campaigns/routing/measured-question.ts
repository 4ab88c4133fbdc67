import { z } from 'zod';

/** What came of one question: what the router may know of it, and how good either model's answer was. */
export const measuredQuestionSchema = z
  .object({
    /** Questions of one text stay in one fold. */
    text: z.string(),
    /** What the text is one of. */
    set: z.string(),
    task: z.enum(['chat', 'answer']),
    question: z.string(),
    /** The embedder's, of the question. */
    vector: z.array(z.number()).readonly(),
    localAnswer: z
      .object({
        supported: z.number().nullable(),
        tokenProbability: z.number().nullable(),
        confidence: z.number().nullable(),
        isWithheld: z.boolean(),
      })
      .readonly(),
    /** Quality of the local model's answer, 0 to 1. */
    localQuality: z.number(),
    /** Quality of the simulated strong model's answer, 0 to 1. */
    strongQuality: z.number(),
    /** Tokens of a call of the strong model, estimated. */
    inputTokens: z.int().positive(),
    outputTokens: z.int().positive(),
  })
  .readonly();
export type MeasuredQuestion = z.infer<typeof measuredQuestionSchema>;
