import type { CitedPassage } from '../../shared/document.ts';

/** A sentence of a passage, as evidence. */
export type EvidenceSentence = {
  readonly text: string;
  /** Cosine with the question, -1 to 1; null where the embedder could not be asked. */
  readonly similarity: number | null;
  readonly vector: Float32Array | null;
  /** Share of the question's content words that the sentence has, 0 to 1. */
  readonly coverage: number;
};

/** A passage that may answer the question, best first in a list; its mark is its number in the answer. */
export type EvidencePassage = CitedPassage & {
  readonly sentences: readonly EvidenceSentence[];
  /** How likely it holds the answer, 0 to 1. */
  readonly chance: number;
};

/** Cosine of two vectors of unit length. */
export function cosine(one: Float32Array, other: Float32Array): number {
  let sum = 0;
  for (let index = 0; index < one.length; index += 1) sum += (one[index] ?? 0) * (other[index] ?? 0);
  return sum;
}

/** How strongly a sentence bears on the question, 0 to about 1.3: meaning, helped by shared words. */
export function sentenceStrength({ similarity, coverage }: Pick<EvidenceSentence, 'similarity' | 'coverage'>): number {
  return similarity === null ? coverage * 0.8 : similarity + 0.3 * coverage;
}

/** How much more the chance of the passage tells than the sentence by itself; `e2e/campaigns/train-grounds.ts` found it. */
const chanceShare = 3;

/** A sentence that may be the answer, with the mark of its passage. */
export type RankedSentence = { readonly text: string; readonly mark: number; readonly strength: number };

/** Every sentence of the evidence in its order, weighed together with the passage that it stands in. */
export function weighSentences(evidence: readonly EvidencePassage[]): readonly RankedSentence[] {
  return evidence.flatMap(({ mark, chance, sentences }) =>
    sentences.map((sentence) => ({
      mark,
      text: sentence.text,
      strength: sentenceStrength(sentence) + chanceShare * chance,
    })),
  );
}
