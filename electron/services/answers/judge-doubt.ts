import type { SentenceSupport } from './check-sentence.ts';
import { decideYes } from './decide-yes.ts';
import type { DecideOptions } from './decide-yes.ts';
import type { EvidencePassage } from './evidence.ts';
import { findDoubt } from './find-doubt.ts';

/** Looks again at a sentence that the words of a passage carry. */
export type JudgeDoubt = (
  sentence: string,
  support: SentenceSupport,
  evidence: readonly EvidencePassage[],
) => Promise<SentenceSupport>;

/** Sentences of one answer that a model decides about. */
const decisionLimit = 3;

/** How likely a sentence holds by its words: carried without doubt, with doubt, not carried. */
const byWords = { carried: 0.9, doubtful: 0.3, missing: 0.1 } as const;

/**
 * Makes the second look of one answer. A doubtful sentence (denied there, or said of somebody else) is decided by the model,
 * at most three times; a model that cannot judge is not asked, and the doubt stands: measured, 135 million parameters
 * tell true from false statements no better than chance.
 */
export function createDoubtJudge(canJudge: boolean, options: DecideOptions, signal: AbortSignal): JudgeDoubt {
  let decisions = 0;
  return async (sentence, support, evidence) => {
    if (!support.isSupported) return { ...support, probability: byWords.missing };
    const carriers = evidence.filter(({ mark }) => support.marks.includes(mark));
    const doubtless = carriers.filter(({ passage }) => findDoubt(sentence, passage.text) === null);
    if (doubtless.length > 0) {
      return { isSupported: true, marks: doubtless.map(({ mark }) => mark), probability: byWords.carried };
    }
    const doubted = { isSupported: false, marks: [], probability: byWords.doubtful };
    const [first] = carriers;
    if (!canJudge || first === undefined || decisions >= decisionLimit) return doubted;
    decisions += 1;
    const logOdds = await decideYes(
      'answer-supported',
      { text: first.passage.text, question: sentence },
      options,
      signal,
    );
    if (logOdds === null) return doubted;
    const probability = 1 / (1 + Math.exp(-logOdds));
    return probability >= 0.5 ? { ...support, probability } : { ...doubted, probability };
  };
}
