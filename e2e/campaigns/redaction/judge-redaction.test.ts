import { describe, expect, it } from 'vitest';
import { createSeededRandom } from '../../../electron/testing/seeded-random.ts';
import { generateText } from './generated-text.ts';
import { judgeRedaction } from './judge-redaction.ts';

describe('judgeRedaction', () => {
  // The campaign in short: an identifier in a layout of its own language that nobody thought of would leave.
  it('finds nothing left of what is told, no leak, and every text brought home', () => {
    const random = createSeededRandom(11);
    for (let index = 0; index < 60; index += 1) {
      const made = generateText(random);
      const { left, leaks, wrong } = judgeRedaction(made);
      expect({ left: left.filter(({ sort }) => !sort.includes('of no list in a sentence')), leaks, wrong }).toEqual({
        left: [],
        leaks: [],
        wrong: [],
      });
    }
  });

  // A judge that sees nothing calls everything right.
  it('tells what is left of a piece that nobody could find', () => {
    const piece = { sort: 'person', original: 'zyx wvut' };
    const made = { language: 'en', layout: 'mail', text: 'It was zyx wvut.', pieces: [piece] };
    expect(judgeRedaction(made).left).toEqual([piece]);
  });
});
