import { sentenceSpans } from '../../../shared/sentences.ts';
import type { Candidate } from './gather-candidates.ts';
import type { QuestionWord } from './question-words.ts';
import { createStemReader } from '../../../shared/text-stems.ts';
import type { TextStems } from '../../../shared/text-stems.ts';

/**
 * What is measured of a passage for a question, in the order of the weights. All but `length` lie between -1 and 1.
 * `near…` is of the passages beside it, `exact…` of names, numbers and identifiers, `feedback…` of the middle of the
 * passages that seem best (Rocchio, in Salton: The SMART Retrieval System, 1971).
 */
export const featureNames = [
  'cosine',
  'fullCosine',
  'feedbackCosine',
  'nearCosine',
  'nearBestCosine',
  'denseRank',
  'lexicalRank',
  'lexicalShare',
  'coverage',
  'sentenceCoverage',
  'headingCoverage',
  'nearCoverage',
  'exactCoverage',
  'pairCoverage',
  'contents',
  'brevity',
  'length',
] as const;
export type FeatureName = (typeof featureNames)[number];
export type Features = Readonly<Record<FeatureName, number>>;

/** A question as ranking sees it. */
export type RankedQuestion = {
  readonly words: readonly (QuestionWord & { readonly rarity: number })[];
  readonly pairs: readonly (readonly [string, string])[];
  /** Of unit length: of the question without the words that only ask, and of the whole; null without an embedder. */
  readonly lean: Float32Array | null;
  readonly full: Float32Array | null;
};

/** Cosine of two vectors of unit length; 0 where one is missing. */
export function cosineOf(one: Float32Array | null, other: Float32Array | null): number {
  if (one === null || other === null || one.length !== other.length) return 0;
  let sum = 0;
  for (let index = 0; index < one.length; index += 1) sum += (one[index] ?? 0) * (other[index] ?? 0);
  return sum;
}

/** Share of the question's rarity that the stems hold, 0 to 1; 0 for a question without such words. */
export function coverageOf(
  words: readonly { readonly stem: string; readonly rarity: number }[],
  has: (stem: string) => boolean,
): number {
  let [held, all] = [0, 0];
  for (const { stem, rarity } of words) {
    all += rarity;
    if (has(stem)) held += rarity;
  }
  return all === 0 ? 0 : held / all;
}

/** Candidates whose middle is the feedback, and how much the question itself counts in it. */
const feedbackCount = 5;
const questionShare = 0.5;

/** The question's vector moved towards what the candidates with the highest cosines have in common; null without vectors. */
export function feedbackVector(question: Float32Array | null, candidates: readonly Candidate[]): Float32Array | null {
  if (question === null) return null;
  const nearest = candidates
    .flatMap(({ vector }) => (vector ? [{ vector, cosine: cosineOf(question, vector) }] : []))
    .sort((one, other) => other.cosine - one.cosine)
    .slice(0, feedbackCount);
  if (nearest.length === 0) return null;
  const mixed = question.map(
    (value, index) =>
      questionShare * value +
      ((1 - questionShare) / nearest.length) * nearest.reduce((sum, { vector }) => sum + (vector[index] ?? 0), 0),
  );
  const norm = Math.hypot(...mixed) || 1;
  return mixed.map((value) => value / norm);
}

function pairCoverage({ pairs }: RankedQuestion, { sequence }: TextStems): number {
  if (pairs.length === 0) return 0;
  const beside = new Set<string>();
  for (let index = 1; index < sequence.length; index += 1) beside.add(`${sequence[index - 1]} ${sequence[index]}`);
  return pairs.filter(([first, second]) => beside.has(`${first} ${second}`)).length / pairs.length;
}

/** Share of the text that is a table of contents or an index: rows of dots, and lines that end in a page number. */
export function contentsShare(text: string): number {
  const dots = text.match(/(?:\.\s?){4,}/g) ?? [];
  const dotted = dots.reduce((sum, run) => sum + run.length, 0) / Math.max(1, text.length);
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  const numbered = lines.filter((line) => /\S[ .,\t]+\d{1,4}\s*$/.test(line)).length / Math.max(1, lines.length);
  return Math.min(1, Math.max(dotted * 3, lines.length > 2 ? numbered : 0));
}

const fromRank = (rank: number | null): number => (rank === null ? 0 : 10 / (10 + rank));

type Context = {
  readonly question: RankedQuestion;
  readonly feedback: Float32Array | null;
  readonly bestLexical: number;
  readonly read: (text: string) => TextStems;
};

function wordFeatures({ passage, neighbours }: Candidate, { question, read }: Context) {
  const { words } = question;
  const own = read(passage.text);
  const headings = read(passage.headings.join('\n')).set;
  const sentences = [...sentenceSpans(passage.text)].map(({ start, end }) => read(passage.text.slice(start, end)).set);
  const near = neighbours.filter(({ distance }) => Math.abs(distance) === 1).map((one) => read(one.passage.text).set);
  const exact = words.filter(({ isExact }) => isExact);
  const coverage = coverageOf(words, (stem) => own.set.has(stem));
  return {
    coverage,
    sentenceCoverage: sentences.reduce(
      (best, set) =>
        Math.max(
          best,
          coverageOf(words, (stem) => set.has(stem)),
        ),
      0,
    ),
    headingCoverage: coverageOf(words, (stem) => headings.has(stem)),
    nearCoverage: coverageOf(words, (stem) => own.set.has(stem) || near.some((set) => set.has(stem))) - coverage,
    exactCoverage: coverageOf(exact, (stem) => own.set.has(stem) || headings.has(stem)),
    pairCoverage: pairCoverage(question, own),
    contents: contentsShare(passage.text),
    brevity: Math.max(0, 1 - own.words / 60),
    length: Math.log(1 + own.words),
  };
}

function vectorFeatures({ vector, neighbours }: Candidate, { question, feedback }: Context) {
  const cosine = cosineOf(question.lean, vector);
  const near = neighbours.map((one) => ({ ...one, cosine: cosineOf(question.lean, one.vector) }));
  const beside = near.filter(({ distance }) => Math.abs(distance) === 1);
  return {
    cosine,
    fullCosine: cosineOf(question.full, vector),
    feedbackCosine: cosineOf(feedback, vector),
    nearCosine: beside.length === 0 ? cosine : beside.reduce((sum, one) => sum + one.cosine, 0) / beside.length,
    nearBestCosine:
      near.reduce((best, one) => Math.max(best, one.cosine), -1) === -1
        ? cosine
        : Math.max(...near.map((one) => one.cosine)),
  };
}

/** Measures every candidate, in their order. */
export function passageFeatures(question: RankedQuestion, candidates: readonly Candidate[]): readonly Features[] {
  const context: Context = {
    question,
    feedback: feedbackVector(question.lean, candidates),
    bestLexical: candidates.reduce((best, { lexicalScore }) => Math.max(best, lexicalScore ?? 0), 0) || 1,
    read: createStemReader(),
  };
  return candidates.map((candidate) => ({
    ...wordFeatures(candidate, context),
    ...vectorFeatures(candidate, context),
    denseRank: fromRank(candidate.denseRank),
    lexicalRank: fromRank(candidate.lexicalRank),
    lexicalShare: (candidate.lexicalScore ?? 0) / context.bestLexical,
  }));
}
