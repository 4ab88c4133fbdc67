import { describe, expect, it } from 'vitest';
import { angled, buildCandidates, buildPassages } from '../../../testing/build-candidates.ts';
import { featureNames } from './passage-features.ts';
import { questionWords } from './question-words.ts';
import { rankCandidates } from './rank-candidates.ts';
import { rankingWeights } from './ranking-weights.ts';

const question = (query: string, vector: Float32Array | null) => ({
  words: questionWords(query).map((word) => ({ ...word, rarity: 1 })),
  pairs: [],
  lean: vector,
  full: vector,
});

describe('rankCandidates', () => {
  const passages = buildPassages([
    { text: 'Bread is baked in the morning, before anybody else is awake.' },
    { text: 'The library opens at nine o’clock and closes in the evening.' },
  ]);

  it('puts first what has the words and the meaning, with scores from 0 to 1', () => {
    const candidates = buildCandidates(passages, [angled(80), angled(10)]);
    const ranked = rankCandidates(question('When does the library open?', angled(0)), candidates, rankingWeights);
    expect(ranked[0]?.passage.text).toContain('library');
    for (const { score } of ranked) expect(score > 0 && score < 1).toBe(true);
    expect(ranked[0]?.score).toBeGreaterThan(ranked[1]?.score ?? 1);
  });

  it('ranks by words while nothing has a meaning', () => {
    const ranked = rankCandidates(question('bread', null), buildCandidates(passages), rankingWeights);
    expect(ranked[0]?.passage.text).toContain('Bread');
  });

  it('keeps the order of equals', () => {
    const twins = buildCandidates(buildPassages([{ text: 'Same.' }, { text: 'Same.' }]));
    const ranked = rankCandidates(question('else', null), twins, rankingWeights);
    expect(ranked.map(({ passage }) => passage.id)).toEqual(twins.map(({ passage }) => passage.id));
  });
});

describe('rankingWeights', () => {
  it('have a weight for every feature and say where they come from', () => {
    expect(Object.keys(rankingWeights.weights).sort()).toEqual([...featureNames].sort());
    expect(rankingWeights.from).toMatchObject({ data: expect.any(Array), date: expect.any(String) });
  });
});
