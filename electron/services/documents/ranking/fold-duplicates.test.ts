import { describe, expect, it } from 'vitest';
import { angled, buildCandidates, buildPassages } from '../../../testing/build-candidates.ts';
import { foldDuplicates } from './fold-duplicates.ts';

const clause = (party: string): string =>
  `${party} gives notice in writing three months before the end of the year, sent to the address of the other side.`;

const ranked = (texts: readonly string[], degrees: readonly number[]) =>
  buildCandidates(
    texts.flatMap((text) => buildPassages([{ text }])),
    degrees.map(angled),
  ).map((candidate, index) => ({ ...candidate, score: 1 - index / 10 }));

describe('foldDuplicates', () => {
  it('folds a copy into the better ranked one', () => {
    const [best, ...rest] = foldDuplicates(ranked([clause('Whoever leaves'), clause('Whoever leaves')], [0, 2]), 10);
    expect(best?.duplicates).toHaveLength(1);
    expect(rest).toEqual([]);
  });

  it('keeps apart what means nearly the same in other words, and what shares words but not the meaning', () => {
    // Catches an answer that loses its second source because both speak of the same thing.
    const other =
      'Three months ahead of December both sides may end the contract by letter; earlier is not possible at all.';
    expect(foldDuplicates(ranked([clause('A tenant'), other], [0, 5]), 10)).toHaveLength(2);
    expect(foldDuplicates(ranked([clause('A tenant'), clause('A tenant')], [0, 80]), 10)).toHaveLength(2);
  });

  it('folds short texts only when they are the same to the letter', () => {
    expect(foldDuplicates(ranked(['Page 1 of 9', 'Page 1 of 9', 'Page 2 of 9'], [0, 0, 0]), 10)).toHaveLength(2);
  });

  it('gives back no more than it looked at', () => {
    expect(foldDuplicates(ranked(['One.', 'Two.', 'Three.'], [0, 30, 60]), 2)).toHaveLength(2);
  });
});
