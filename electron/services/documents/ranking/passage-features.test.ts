import { describe, expect, it } from 'vitest';
import { angled, buildCandidates, buildPassages } from '../../../testing/build-candidates.ts';
import { contentsShare, cosineOf, coverageOf, feedbackVector, passageFeatures } from './passage-features.ts';
import type { RankedQuestion } from './passage-features.ts';
import { questionPairs, questionWords } from './question-words.ts';

const asked = (query: string, vector: Float32Array | null = null): RankedQuestion => ({
  words: questionWords(query).map((word) => ({ ...word, rarity: 1 })),
  pairs: questionPairs(query),
  lean: vector,
  full: vector,
});

describe('passageFeatures', () => {
  it('sees what stands in the passage, in one of its sentences, beside it and above it', () => {
    const candidates = buildCandidates(
      buildPassages([
        { text: 'The tenant pays.' },
        { text: 'Nothing of that kind. The landlord repairs the roof.', headings: ['Repairs'] },
      ]),
    );
    const [first, second] = passageFeatures(asked('landlord roof tenant'), candidates);
    expect(second).toMatchObject({ coverage: 2 / 3, sentenceCoverage: 2 / 3, headingCoverage: 0 });
    expect(second?.nearCoverage).toBeCloseTo(1 / 3);
    expect(first?.coverage).toBeCloseTo(1 / 3);
    const [, headed] = passageFeatures(asked('repair'), candidates);
    expect(headed?.headingCoverage).toBe(1);
  });

  it('counts the words of one sentence together, not those of the whole passage', () => {
    // Catches a passage that wins because its words are far apart.
    const [passage] = buildCandidates(buildPassages([{ text: 'Cats sleep. Dogs bark. Birds sing.' }]));
    const [features] = passageFeatures(asked('cats bark sing'), passage === undefined ? [] : [passage]);
    expect(features?.coverage).toBe(1);
    expect(features?.sentenceCoverage).toBeCloseTo(1 / 3);
  });

  it('sees words side by side in another form, and not in another order', () => {
    const candidates = buildCandidates(
      buildPassages([{ text: 'A log-file is kept.' }, { text: 'The file of a log is kept.' }]),
    );
    const features = passageFeatures(asked('log files'), candidates);
    expect(features.map(({ pairCoverage }) => pairCoverage)).toEqual([1, 0]);
  });

  it('takes the meaning of the passages beside it, and its own where there are none', () => {
    const passages = buildPassages([{ text: 'One.' }, { text: 'Two.' }, { text: 'Three.' }]);
    const [first, middle] = passageFeatures(
      asked('x', angled(0)),
      buildCandidates(passages, [angled(60), angled(90), angled(0)]),
    );
    expect(middle?.nearCosine).toBeCloseTo((0.5 + 1) / 2);
    expect(middle?.nearBestCosine).toBeCloseTo(1);
    expect(first?.cosine).toBeCloseTo(0.5);
    const alone = buildCandidates(buildPassages([{ text: 'Alone.' }]), [angled(60)]);
    expect(passageFeatures(asked('x', angled(0)), alone)[0]).toMatchObject({
      nearCosine: expect.closeTo(0.5),
      nearBestCosine: expect.closeTo(0.5),
    });
  });

  it('gives numbers for a question without a meaning and without words', () => {
    // Catches a NaN, which would leave the order to chance.
    const [features] = passageFeatures(asked('?'), buildCandidates(buildPassages([{ text: '' }])));
    for (const value of Object.values(features ?? {})) expect(Number.isFinite(value)).toBe(true);
  });
});

describe('cosineOf', () => {
  it('is 0 for vectors that do not compare, such as those of two embedders', () => {
    expect(cosineOf(angled(0), Float32Array.of(1, 0, 0))).toBe(0);
    expect(cosineOf(null, angled(0))).toBe(0);
  });
});

describe('coverageOf', () => {
  it('weighs rare words more', () => {
    const words = [
      { stem: 'rare', rarity: 3 },
      { stem: 'common', rarity: 1 },
    ];
    expect(coverageOf(words, (stem) => stem === 'rare')).toBe(0.75);
  });
});

describe('feedbackVector', () => {
  it('moves towards what the nearest passages share and stays of unit length', () => {
    const candidates = buildCandidates(buildPassages([{ text: 'a' }, { text: 'b' }]), [angled(40), angled(40)]);
    const moved = feedbackVector(angled(0), candidates);
    expect(cosineOf(moved, moved)).toBeCloseTo(1);
    expect(cosineOf(moved, angled(20))).toBeCloseTo(1);
  });

  it('is null while nothing has a vector', () => {
    expect(feedbackVector(angled(0), buildCandidates(buildPassages([{ text: 'a' }])))).toBeNull();
  });
});

describe('contentsShare', () => {
  it('knows a table of contents from prose and from a list of figures', () => {
    expect(contentsShare('5.10 Logs ........ 36\n5.11 Mail ........ 36\n5.12 Opt ........ 37')).toBeGreaterThan(0.9);
    expect(contentsShare('Log files lie in /var/log... and so on.\nThe year was not told.\nIt ended.')).toBeLessThan(
      0.2,
    );
  });
});
