import { describe, expect, it } from 'vitest';
import { buildCandidates, buildPassages } from '../../../testing/build-candidates.ts';
import type { FoldedCandidate } from './fold-duplicates.ts';
import { joinedPassage, joinNeighbours } from './join-neighbours.ts';

/** The candidates at these places in the document, in this order of rank. */
function inOrder(texts: Parameters<typeof buildPassages>[0], order: readonly number[]): readonly FoldedCandidate[] {
  const candidates = buildCandidates(buildPassages(texts));
  return order.flatMap((at, rank) => {
    const candidate = candidates[at];
    return candidate === undefined ? [] : [{ ...candidate, score: 1 - rank / 10, duplicates: [] }];
  });
}

const textsOf = (groups: ReturnType<typeof joinNeighbours>): readonly (readonly string[])[] =>
  groups.map((group) => group.map(({ passage }) => passage.text));

describe('joinNeighbours', () => {
  const letters = ['a', 'b', 'c', 'd', 'e', 'f'].map((text) => ({ text }));

  it('joins those that stand side by side, at the rank of the best', () => {
    expect(textsOf(joinNeighbours(inOrder(letters, [1, 5, 2])))).toEqual([['b', 'c'], ['f']]);
  });

  it('joins at most three in a row', () => {
    expect(textsOf(joinNeighbours(inOrder(letters, [2, 1, 3, 0])))).toEqual([['c', 'b', 'd'], ['a']]);
  });

  it('never joins across a page', () => {
    // Catches a citation that names one page and quotes another.
    const pages = [
      { text: 'a', page: 1 },
      { text: 'b', page: 2 },
    ];
    expect(textsOf(joinNeighbours(inOrder(pages, [0, 1])))).toEqual([['a'], ['b']]);
  });

  it('never joins over a gap', () => {
    expect(textsOf(joinNeighbours(inOrder(letters, [0, 2])))).toEqual([['a'], ['c']]);
  });
});

describe('joinedPassage', () => {
  it('reaches over all of them and has exactly the text of its place', async () => {
    // Catches a text that is glued together: a quote is found by its offsets.
    const whole = 'first\nsecond\nthird';
    const [group] = joinNeighbours(inOrder([{ text: 'first' }, { text: 'second' }, { text: 'third' }], [2, 1]));
    if (group === undefined) throw new Error('There is one group.');
    const passage = await joinedPassage(group, async (_, start, end) => await Promise.resolve(whole.slice(start, end)));
    expect(passage).toMatchObject({
      text: 'second\nthird',
      place: { start: 6, end: 18, lines: { first: 2, last: 3 } },
    });
    expect(passage.id).toBe(group[0].passage.id);
  });
});
