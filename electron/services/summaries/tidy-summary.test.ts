import { describe, expect, it } from 'vitest';
import { centralSentences, isLooping, tidySummary } from './tidy-summary.ts';

const source =
  'The council met on Monday. Anna Berger presented the budget of 1,200 euros for the library. The budget was accepted by all members.';

describe('tidySummary', () => {
  it.each([
    ['invented numbers', 'The budget was 1,300 euros.', ''],
    ['invented names', 'The budget was presented by Otto Huber.', ''],
    [
      'words about the task',
      'Here is a summary:\nThe budget was accepted by all members.',
      'The budget was accepted by all members.',
    ],
    [
      'list marks',
      '- The council met on Monday.\n2. The budget was accepted.',
      'The council met on Monday. The budget was accepted.',
    ],
    ['what is said twice', 'The budget was accepted. It was accepted, the budget.', 'The budget was accepted.'],
    ['a cut end', 'The budget was accepted. The council then', 'The budget was accepted.'],
    ['foreign stories', 'The dragon slept under a mountain of gold and dreamt.', ''],
  ])('takes out %s', (_what, raw, tidy) => {
    expect(tidySummary(raw, source, 5)).toBe(tidy);
  });
});

describe('isLooping', () => {
  it('sees lines and phrases that come again and again', () => {
    expect(isLooping('The same long line.\n'.repeat(3))).toBe(true);
    expect(isLooping('one two three four five six seven eight nine ten eleven twelve '.repeat(3))).toBe(true);
    expect(isLooping(source)).toBe(false);
  });
});

describe('centralSentences', () => {
  it('takes sentences word for word, in the order of the text', () => {
    const chosen = centralSentences(`${source} Birds sang.`, 2);
    expect(chosen.split(/(?<=\.) (?=The|Anna)/)).toHaveLength(2);
    for (const sentence of chosen.split(/(?<=\.) (?=The|Anna)/)) expect(source).toContain(sentence);
    expect(chosen).toContain('budget');
  });
});
