import { contentWords, digitsIn, namesIn } from '../../shared/content-words.ts';
import type { FoundPassage } from '../documents/documents-service.ts';
import { expectedAnswer, hasExpected } from './expected-answer.ts';
import type { EvidenceSentence } from './evidence.ts';

/**
 * What is measured of all that was found, to tell whether it holds an answer: how near the best is, how far it stands out
 * from the rest, how much of the question's words it knows, weighed by how few of the found passages have them.
 */
export const groundNames = [
  'score',
  'scoreMargin',
  'cosine',
  'cosineMargin',
  'sentenceCosine',
  'sentenceMargin',
  'sentenceCoverage',
  'passageCoverage',
  'unknownNames',
  'expectedAnswer',
  'agreement',
  'words',
] as const;
export type GroundName = (typeof groundNames)[number];

/** Null where it could not be measured: too few passages to compare, or no embedder. */
export type GroundFeatures = Readonly<Record<GroundName, number | null>>;

/** A found passage with its sentences. */
export type ReadPassage = { readonly found: FoundPassage; readonly sentences: readonly EvidenceSentence[] };

/** With fewer passages nothing can stand out. */
const fewestToCompare = 5;

const logOdds = (probability: number): number => {
  const bounded = Math.min(0.999, Math.max(0.001, probability));
  return Math.log(bounded / (1 - bounded));
};

const textOf = ({ passage: { documentName, headings, text } }: FoundPassage): string =>
  [documentName, ...headings, text].join('\n');

/** Weights of the question's words: high for what few of the passages have. */
export function wordWeights(query: string, found: readonly FoundPassage[]): ReadonlyMap<string, number> {
  const texts = found.map((one) => contentWords(textOf(one)));
  return new Map(
    [...contentWords(query)].map((word) => {
      const count = texts.filter((words) => words.has(word)).length;
      return [word, Math.log(1 + (texts.length - count + 0.5) / (count + 0.5)) + 0.1];
    }),
  );
}

/** Share of the weight that the words of a text hold, 0 to 1; 0 without any. */
export function weightedCoverage(weights: ReadonlyMap<string, number>, text: string): number {
  const words = contentWords(text);
  let [held, all] = [0, 0];
  for (const [word, weight] of weights) {
    all += weight;
    if (words.has(word)) held += weight;
  }
  return all === 0 ? 0 : held / all;
}

/** How far the first stands out from the mean of the others; null with too few. */
function margin(values: readonly number[]): number | null {
  const [first, ...others] = [...values].sort((one, other) => other - one);
  if (first === undefined || values.length < fewestToCompare) return null;
  return first - others.reduce((sum, value) => sum + value, 0) / others.length;
}

const greatest = (values: readonly number[]): number | null => (values.length === 0 ? null : Math.max(...values));

/** Share of the names and numbers of the question that no passage knows. */
function unknownNames(question: string, found: readonly FoundPassage[]): number {
  const known = found.map(textOf).join('\n');
  const [words, digits] = [contentWords(known), digitsIn(known)];
  const [names, numbers] = [[...namesIn(question)], [...digitsIn(question)]];
  if (names.length + numbers.length === 0) return 0;
  const unknown = names.filter((name) => !words.has(name)).length + numbers.filter((one) => !digits.has(one)).length;
  return unknown / (names.length + numbers.length);
}

/** -1 when what the question asks for stands in none of the sentences near it, 1 when it does, 0 where that cannot be told. */
function meetsExpected(question: string, sentences: readonly EvidenceSentence[]): number {
  const expected = expectedAnswer(question);
  if (expected === null || sentences.length === 0) return 0;
  const best = Math.max(...sentences.map(({ similarity, coverage }) => similarity ?? coverage));
  const near = sentences.filter(({ similarity, coverage }) => (similarity ?? coverage) >= best * 0.85);
  return near.some(({ text }) => hasExpected(expected, text)) ? 1 : -1;
}

/** Measures what was found, best first, for a question; `read` are the first of them, with their sentences. */
export function groundFeatures(
  question: string,
  found: readonly FoundPassage[],
  read: readonly ReadPassage[],
): GroundFeatures {
  const sentences = read.flatMap((one) => one.sentences);
  const scores = found.map(({ score }) => logOdds(score));
  const cosines = found.flatMap(({ cosine }) => cosine ?? []);
  const weights = wordWeights(question, found);
  const bestOf = ({ sentences: own }: ReadPassage): number | null =>
    greatest(own.flatMap(({ similarity }) => similarity ?? []));
  const nearest = read.flatMap((one) => bestOf(one) ?? []);
  const isBySense = nearest.length > 0 && nearest[0] === Math.max(...nearest);
  return {
    score: scores[0] ?? null,
    scoreMargin: margin(scores),
    cosine: greatest(cosines),
    cosineMargin: margin(cosines),
    sentenceCosine: greatest(nearest),
    sentenceMargin: margin(nearest),
    sentenceCoverage: greatest(sentences.map(({ text }) => weightedCoverage(weights, text))),
    passageCoverage: greatest(read.map(({ found: one }) => weightedCoverage(weights, textOf(one)))),
    unknownNames: unknownNames(question, found),
    expectedAnswer: meetsExpected(question, sentences),
    agreement: nearest.length === 0 ? null : isBySense ? 1 : 0,
    words: Math.log(1 + weights.size),
  };
}
