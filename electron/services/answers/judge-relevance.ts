import { contentWords, digitsIn, namesIn, numbersIn } from '../../shared/content-words.ts';
import { passageStrength, sentenceStrength } from './evidence.ts';
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

/** Questions whose answer is a number or has one in it. */
const asksForNumber =
  /\bhow (?:many|old)\b|\b(?:what|which|in what|on what) (?:[\w-]+ ){0,3}(?:year|date|size|length|percentage|age|number)\b|\bwie ?viele?\b|\bin welchem jahr\b|\bwie alt\b/i;

/** A sentence may be where the number stands when it is at least so near to the question, compared with the nearest. */
const nearEnough = 0.75;

/** True when a number is asked for and none stands in the sentences that are near the question. */
function lacksNumber(question: string, evidence: readonly EvidencePassage[], strength: number): boolean {
  if (!asksForNumber.test(question)) return false;
  const near = evidence.flatMap(({ sentences }) =>
    sentences.filter((sentence) => sentenceStrength(sentence) >= strength * nearEnough),
  );
  return near.every(({ text }) => numbersIn(text).size === 0);
}

/**
 * Decides before a word is generated whether the passages can answer: `none` when nothing is near the question, when a
 * number is asked for and none is there, or when the passages are only vaguely near and do not know a name or number
 * of the question.
 */
export function judgeRelevance(question: string, evidence: readonly EvidencePassage[]): Relevance {
  const strength = evidence.reduce((best, passage) => Math.max(best, passageStrength(passage)), 0);
  if (strength < someStrength || lacksNumber(question, evidence, strength)) return 'none';
  if (hasForeignNames(question, evidence)) return strength < strongStrength ? 'none' : 'some';
  return strength >= strongStrength ? 'strong' : 'some';
}
