import type { Message } from './message.ts';

/** What is known on this machine of an answer that was computed on it. */
export type LocalAnswer = {
  /** Share of its sentences that the passages carry, 0 to 1, each by its probability where that was measured; null without checks. */
  readonly supported: number | null;
  /** Mean probability of its tokens, 0 to 1; null where it was not measured. */
  readonly tokenProbability: number | null;
  /** Calibrated probability that the passages hold the answer, 0 to 1; null where it was not measured. */
  readonly confidence: number | null;
  /** True for the word that the documents do not say. */
  readonly isWithheld: boolean;
};

/** Reads it from a message. `tokenProbability` is not kept with messages; null where nobody measured it. */
export function localAnswerOf(message: Pick<Message, 'parts'>, tokenProbability: number | null): LocalAnswer {
  const checks = message.parts.flatMap((part) => (part.type === 'text' ? (part.checks ?? []) : []));
  const carried = checks.reduce((sum, { isSupported, probability }) => sum + (probability ?? Number(isSupported)), 0);
  const grounds = message.parts.find((part) => part.type === 'grounds');
  return {
    supported: checks.length === 0 ? null : carried / checks.length,
    tokenProbability,
    confidence: grounds?.confidence ?? null,
    isWithheld: message.parts.some((part) => part.type === 'notice' && part.name === 'not-in-documents'),
  };
}
