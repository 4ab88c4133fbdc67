import { createStemReader } from '../../shared/text-stems.ts';
import type { TextStems } from '../../shared/text-stems.ts';
import type { AskedWord, FoundPassage } from '../documents/documents-service.ts';
import { sentenceStrength } from './evidence.ts';
import type { EvidenceSentence } from './evidence.ts';

/**
 * What is measured of a found passage, to tell whether it holds the answer: how near it and its best sentence are, how far
 * they stand out from the others that were found, and how much of the question it knows, weighed by how rare the words are
 * where the question was asked. The last four are of the question and of all that was found: they say how much the others prove.
 */
export const groundNames = [
  'score',
  'scoreGap',
  'scoreMargin',
  'cosine',
  'coverage',
  'missing',
  'sentenceCosine',
  'sentenceDeviation',
  'sentenceCoverage',
  'sentenceProduct',
  'strength',
  'strengthGap',
  'strengthMargin',
  'length',
  'words',
  'rarity',
  'rarest',
  'found',
] as const;
export type GroundName = (typeof groundNames)[number];
export type GroundFeatures = Readonly<Record<GroundName, number>>;

/** A found passage with its sentences. */
export type ReadPassage = { readonly found: FoundPassage; readonly sentences: readonly EvidenceSentence[] };

const logOdds = (probability: number): number => {
  const bounded = Math.min(0.999, Math.max(0.001, probability));
  return Math.log(bounded / (1 - bounded));
};

const sum = (values: readonly number[]): number => values.reduce((all, value) => all + value, 0);
const mean = (values: readonly number[]): number => sum(values) / Math.max(1, values.length);
const greatest = (values: readonly number[]): number => Math.max(0, ...values);

function spreadOf(values: readonly number[]): number {
  const middle = mean(values);
  return Math.sqrt(mean(values.map((value) => (value - middle) ** 2)));
}

const without = (values: readonly number[], at: number): readonly number[] => values.filter((_, index) => index !== at);

/** How far a value stands above the greatest, and above the mean, of the others; `alone` where there are none. */
function standing(values: readonly number[], at: number, alone: number) {
  const own = values[at] ?? 0;
  const others = without(values, at);
  if (others.length === 0) return { gap: alone, margin: alone };
  return { gap: own - Math.max(...others), margin: own - mean(others) };
}

/** Share of the words' rarity that a text holds, 0 to 1; 0 without words. */
export function rarityCoverage(words: readonly AskedWord[], has: (stem: string) => boolean): number {
  const all = sum(words.map(({ rarity }) => rarity));
  return all === 0 ? 0 : sum(words.filter(({ stem }) => has(stem)).map(({ rarity }) => rarity)) / all;
}

function measureSentences(words: readonly AskedWord[], { sentences }: ReadPassage, read: (text: string) => TextStems) {
  const weighed = sentences.map(({ text, similarity }) => {
    const { set } = read(text);
    return { similarity: similarity ?? 0, coverage: rarityCoverage(words, (stem) => set.has(stem)) };
  });
  return {
    similarities: weighed.map(({ similarity }) => similarity),
    coverage: greatest(weighed.map(({ coverage }) => coverage)),
    product: greatest(weighed.map(({ similarity, coverage }) => similarity * coverage)),
    strength: greatest(weighed.map(sentenceStrength)),
  };
}

/** Measures each passage that was read, in their order; `found` is all that was found, best first, and begins with them. */
export function groundFeatures(
  words: readonly AskedWord[],
  found: readonly FoundPassage[],
  read: readonly ReadPassage[],
): readonly GroundFeatures[] {
  const stemsOf = createStemReader();
  const scores = found.map(({ score }) => logOdds(score));
  const sentences = read.map((one) => measureSentences(words, one, stemsOf));
  const similarities = sentences.flatMap((one) => one.similarities);
  const [nearMean, nearSpread] = [mean(similarities), spreadOf(similarities)];
  const strengths = sentences.map(({ strength }) => strength);
  const rarities = words.map(({ rarity }) => rarity);
  const rarity = sum(rarities);
  return read.map(({ found: { passage, cosine } }, index): GroundFeatures => {
    const own = stemsOf(passage.text);
    const headings = stemsOf(passage.headings.join('\n')).set;
    const has = (stem: string): boolean => own.set.has(stem) || headings.has(stem);
    const best = sentences[index] ?? { similarities: [], coverage: 0, product: 0, strength: 0 };
    const sentenceCosine = greatest(best.similarities);
    const [score, strength] = [standing(scores, index, 1), standing(strengths, index, 0.1)];
    return {
      score: scores[index] ?? 0,
      scoreGap: score.gap,
      scoreMargin: score.margin,
      cosine: cosine ?? 0,
      coverage: rarityCoverage(words, has),
      missing: greatest(words.filter(({ stem }) => !has(stem)).map((word) => word.rarity)),
      sentenceCosine,
      sentenceDeviation: (sentenceCosine - nearMean) / (nearSpread + 0.03),
      sentenceCoverage: best.coverage,
      sentenceProduct: best.product,
      strength: best.strength,
      strengthGap: strength.gap,
      strengthMargin: strength.margin,
      length: Math.log(1 + own.sequence.length),
      words: Math.log(1 + words.length),
      rarity,
      rarest: greatest(rarities),
      found: Math.log(1 + found.length),
    };
  });
}
