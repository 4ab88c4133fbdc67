import { describe, expect, it } from 'vitest';
import { sentenceSpans } from './sentences.ts';

const sentences = (text: string): readonly string[] =>
  [...sentenceSpans(text)].map(({ start, end }) => text.slice(start, end));

describe('sentenceSpans', () => {
  it.each([
    ['One. Two! Three?', ['One.', 'Two!', 'Three?']],
    ['Mr. Brown met Dr. Huber, e.g. on Monday. He left.', ['Mr. Brown met Dr. Huber, e.g. on Monday.', 'He left.']],
    ['It is 3.5 km. It was J. R. Tolkien.', ['It is 3.5 km.', 'It was J. R. Tolkien.']],
    ['“Stop.” She went on… and on.', ['“Stop.”', 'She went on… and on.']],
    ['A heading\n\nA sentence\nover two lines.', ['A heading', 'A sentence\nover two lines.']],
    ['Das gilt z.B. für uns bzw. euch. Ende.', ['Das gilt z.B. für uns bzw. euch.', 'Ende.']],
    ['これは文。次の文。', ['これは文。', '次の文。']],
    [' \n ', []],
  ])('cuts %j', (text, expected) => {
    expect(sentences(text)).toEqual(expected);
  });

  it('gives offsets into the whole text for a part of it', () => {
    expect([...sentenceSpans('Zero. One. Two.', 6, 15)]).toEqual([
      { start: 6, end: 10 },
      { start: 11, end: 15 },
    ]);
  });
});
