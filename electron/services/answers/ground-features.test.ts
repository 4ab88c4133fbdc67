import { describe, expect, it } from 'vitest';
import { buildDocument } from '../../testing/build-records.ts';
import type { FoundPassage } from '../documents/documents-service.ts';
import { groundFeatures, rarityCoverage } from './ground-features.ts';
import type { ReadPassage } from './ground-features.ts';

const words = [
  { stem: 'printer', rarity: 0.5 },
  { stem: 'warranti', rarity: 4 },
];

const found = (texts: readonly string[]): readonly FoundPassage[] =>
  buildDocument(texts).passages.map((passage, index) => ({
    passage,
    score: 0.6 - 0.2 * index,
    cosine: 0.5,
    lexicalScore: 2,
    duplicates: [],
  }));

const reading = (passages: readonly FoundPassage[]): readonly ReadPassage[] =>
  passages.map((one) => ({
    found: one,
    sentences: [{ text: one.passage.text, vector: null, similarity: 0.4, coverage: 0.5 }],
  }));

describe('groundFeatures', () => {
  it('counts a rare word that a passage lacks for more than a common one', () => {
    const passages = found(['The printer stands there.', 'Warranties last two years.']);
    const [common, rare] = groundFeatures(words, passages, reading(passages));
    expect(common?.coverage).toBeCloseTo(0.5 / 4.5);
    expect(common?.missing).toBe(4);
    expect(rare?.coverage).toBeCloseTo(4 / 4.5);
    expect(rare?.missing).toBe(0.5);
  });

  it('tells how far each stands out from the others, and not the other way round', () => {
    const passages = found(['The printer.', 'The printer has a warranty.', 'Nothing.']);
    const [first, second, third] = groundFeatures(words, passages, reading(passages));
    expect(first?.scoreGap).toBeGreaterThan(0);
    expect(second?.scoreGap).toBeLessThan(0);
    expect(second?.strengthGap).toBeGreaterThan(0);
    expect(third?.strengthMargin).toBeLessThan(0);
  });

  // One passage, or a question of nothing but stop words: a division by nothing would make every answer withheld, or none.
  it('stays finite with one passage, without sentences and without words', () => {
    const passages = found(['The printer.']);
    const read = passages.map((one) => ({ found: one, sentences: [] }));
    for (const features of groundFeatures([], passages, read)) {
      expect(Object.values(features).every(Number.isFinite)).toBe(true);
    }
    expect(groundFeatures(words, [], [])).toEqual([]);
    expect(rarityCoverage([], () => true)).toBe(0);
  });
});
