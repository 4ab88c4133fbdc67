import { describe, expect, it } from 'vitest';
import { embeddingText } from './embedding-text.ts';

describe('embeddingText', () => {
  it('leaves out numbers of turns and hesitations, with the marks that they had to themselves', () => {
    expect(embeddingText({ headings: [], text: '[3] Anna: Um . I , uh , agree .\n[4] Ben: Well , erm , no .' })).toBe(
      'Anna: I, agree. Ben: Well, no.',
    );
  });

  it('puts the headings in front, unless the text begins with the last of them', () => {
    expect(embeddingText({ headings: ['Lease', 'Pets'], text: 'Cats are allowed.' })).toBe(
      'Lease / Pets\nCats are allowed.',
    );
    expect(embeddingText({ headings: ['Lease', 'Pets'], text: 'Pets\nCats are allowed.' })).toBe(
      'Pets Cats are allowed.',
    );
  });

  it('keeps the nearest of very long headings', () => {
    // Catches a passage that is found by its chapter instead of its words.
    const text = embeddingText({ headings: ['x'.repeat(500), 'Pets'], text: 'Cats.' });
    expect(text.length).toBeLessThan(170);
    expect(text).toContain('Pets\nCats.');
  });
});
