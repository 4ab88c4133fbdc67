/** What `sotto eval` may measure. */
export const evaluationParts = ['finding', 'answers', 'summaries'] as const;
export type EvaluationPart = (typeof evaluationParts)[number];

/** Ways of searching: by words, by meaning, or both fused and ranked again. */
export const searchModes = ['lexical', 'dense', 'hybrid'] as const;
