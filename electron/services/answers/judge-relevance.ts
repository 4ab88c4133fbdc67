import { contentWords, digitsIn, namesIn } from '../../shared/content-words.ts';
import { passageStrength } from './evidence.ts';
import type { EvidencePassage } from './evidence.ts';

/** What the passages are worth for a question. */
export type Relevance = 'none' | 'some' | 'strong';

/** Strengths as `sentenceStrength` counts them, measured on development questions with and without an answer. */
const someStrength = 0.5;
const strongStrength = 0.72;

/** The names and numbers that a question asks about, which the passages must know to answer it. */
function hasForeignNames(question: string, evidence: readonly EvidencePassage[]): boolean {
  const known = evidence
    .map(({ passage }) => `${passage.documentName} ${passage.headings.join(' ')} ${passage.text}`)
    .join('\n');
  const words = contentWords(known);
  const digits = digitsIn(known);
  const isUnknown = (name: string): boolean => !words.has(name);
  return [...namesIn(question)].some(isUnknown) || [...digitsIn(question)].some((number) => !digits.has(number));
}

/**
 * Decides before a word is generated whether the passages can answer: `none` when nothing is near the question, or
 * only vaguely near while a name or number of the question is nowhere in it.
 */
export function judgeRelevance(question: string, evidence: readonly EvidencePassage[]): Relevance {
  const strength = evidence.reduce((best, passage) => Math.max(best, passageStrength(passage)), 0);
  if (strength < someStrength) return 'none';
  if (hasForeignNames(question, evidence)) return strength < strongStrength ? 'none' : 'some';
  return strength >= strongStrength ? 'strong' : 'some';
}
