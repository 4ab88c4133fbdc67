import { describe, expect, it } from 'vitest';
import { questionPairs, questionWords, rarity } from './question-words.ts';

describe('questionWords', () => {
  it('leaves out what only asks, and keeps each stem once', () => {
    // Catches weights that count a word twice because the question says it in two forms.
    expect(
      questionWords('Who works at the working group, and how long does the work last?').map(({ stem }) => stem),
    ).toEqual(['work', 'group', 'long', 'last']);
  });

  it('tells names, numbers and identifiers from other words, but not the first word of a question', () => {
    const words = questionWords('Should version 4.6 of dpkg.conf ask Grace for "consent"?');
    expect(words.filter(({ isExact }) => isExact).map(({ word }) => word)).toEqual(
      expect.arrayContaining(['4', 'dpkg', 'conf', 'grace', 'consent']),
    );
    expect(words.find(({ word }) => word === 'version')?.isExact).toBe(false);
  });

  it('takes at most 32 words of a pasted page', () => {
    const page = Array.from({ length: 500 }, (_, index) => `wort${index}`).join(' ');
    expect(questionWords(page)).toHaveLength(32);
  });
});

describe('questionPairs', () => {
  it('pairs words that stand side by side, not those that a comma or an article parts', () => {
    expect(questionPairs('log files, the home directory')).toEqual([
      ['log', 'file'],
      ['home', 'directori'],
    ]);
  });
});

describe('rarity', () => {
  it('grows as a word gets rarer, and is never negative', () => {
    // Catches the classic formula, which punishes a passage for a word that most passages have.
    expect(rarity(100, 1)).toBeGreaterThan(rarity(100, 50));
    expect(rarity(100, 100)).toBeGreaterThan(0);
    expect(rarity(10, 500)).toBeGreaterThan(0);
  });
});
