import { describe, expect, it } from 'vitest';
import { completeQuestion } from './complete-question.ts';

const earlier = [
  { question: 'How long is the warranty of the X200 printer?', answer: 'It is 24 months, says Anna Berger.' },
];

describe('completeQuestion', () => {
  it.each(['And when does it end?', 'What about the drum?', 'Why?', 'Und wie lange gilt sie?'])(
    'puts what was spoken of in front of %j',
    (question) => {
      const completed = completeQuestion(question, earlier);
      expect(completed).toContain('warranty');
      expect(completed).toContain('X200');
      expect(completed.endsWith(question)).toBe(true);
    },
  );

  // A question of its own that is searched with words of another finds the other's passages.
  it.each(['How many sheets does the paper tray hold?', 'Who runs the bakery in Linz since 1998?'])(
    'leaves %j as it stands',
    (question) => {
      expect(completeQuestion(question, earlier)).toBe(question);
    },
  );

  it('follows back over questions that need context themselves', () => {
    const turns = [...earlier, { question: 'And when does it end?', answer: '' }];
    expect(completeQuestion('And why?', turns)).toContain('warranty');
  });

  it('has nothing to add to the first question', () => {
    expect(completeQuestion('And why?', [])).toBe('And why?');
  });
});
