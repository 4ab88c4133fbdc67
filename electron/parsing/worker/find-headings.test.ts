import { describe, expect, it } from 'vitest';
import { findHeadings } from './find-headings.ts';

const titles = (text: string, format: 'text' | 'markdown') =>
  findHeadings(text, format).map(({ level, title, start }) => [level, title, text.slice(start).split('\n', 1)[0]]);

describe('findHeadings', () => {
  it('finds headings of Markdown in both notations, and none in code', () => {
    const text =
      '# One #\n\n```\n# not one\n```\n\nTwo\n===\n\ntext\n\nThree\n---\n\n~~~\n```\n# nor this\n~~~\n### **Four** [x](y)\n#no';
    expect(titles(text, 'markdown')).toEqual([
      [1, 'One', '# One #'],
      [1, 'Two', 'Two'],
      [2, 'Three', 'Three'],
      [3, 'Four x', '### **Four** [x](y)'],
    ]);
  });

  it('takes no rule or list for a heading', () => {
    expect(titles('text\n\n---\n\n- item\n---\n\n> quote\n===\n', 'markdown')).toEqual([]);
  });

  it('finds chapters, numbered titles and lines of capitals in plain text', () => {
    const text =
      'PREFACE\n\nSome words.\n\nPART ONE\n\nCHAPTER I\nThe Storm\n\nIt was dark.\n\n1.2 Second Thoughts\n\nMore.\n\nTHE END OF IT\n\nLast.';
    expect(titles(text, 'text')).toEqual([
      [2, 'PREFACE', 'PREFACE'],
      [1, 'PART ONE', 'PART ONE'],
      [2, 'CHAPTER I The Storm', 'CHAPTER I'],
      [3, '1.2 Second Thoughts', '1.2 Second Thoughts'],
      [2, 'THE END OF IT', 'THE END OF IT'],
    ]);
  });

  // A conservative reading: what is not a heading must not cut the text.
  it.each([
    ['turns of a meeting', '[0] Project Manager: Okay .\n[1] Marketing: THIS IS IT\n[2] USER: 12'],
    ['a sentence that begins like a chapter', 'Chapter 3 was the longest. it went on and on.\n\nParts of it, too.'],
    ['numbered sentences', '1. Open the box.\n\n2. Take out the drum, slowly.'],
    ['capitals inside a paragraph', 'some words\nNASA AND ESA\nmore words'],
    ['a number alone', '42\n\n1984\n\n'],
  ])('finds none in %s', (_what, text) => {
    expect(titles(text, 'text')).toEqual([]);
  });
});
