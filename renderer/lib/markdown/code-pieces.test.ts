import { describe, expect, it } from 'vitest';
import { codeFileExtension, colouredLength, isCodeClosed, splitCode } from './code-pieces.ts';

const functions = Array.from({ length: 900 }, (_, index) => `function f${index}() {\n  return ${index};\n}\n`).join(
  '\n',
);

describe('splitCode', () => {
  it.each([
    ['functions', functions],
    ['one line', 'x'.repeat(30_000)],
    ['blank lines', '\n'.repeat(30_000)],
    ['indented lines', '  a = 1\n\n'.repeat(5_000)],
    ['nothing', ''],
  ])('loses no character of %s and keeps every piece short', (_, text) => {
    const pieces = splitCode(text);
    expect(pieces.join('')).toBe(text);
    expect(Math.max(...pieces.map(({ length }) => length))).toBeLessThanOrEqual(8_000);
  });

  it('cuts between functions where it can', () => {
    expect(
      splitCode(functions)
        .slice(1)
        .every((piece) => piece.startsWith('function')),
    ).toBe(true);
  });

  it('never changes a piece that another one follows', () => {
    // Catches code that is coloured anew from its beginning with every word.
    let before: readonly string[] = [];
    for (let end = 0; end < functions.length; end += 511) {
      const pieces = splitCode(functions.slice(0, end));
      expect(pieces.slice(0, before.length - 1)).toEqual(before.slice(0, -1));
      before = pieces;
    }
  });
});

describe('colouredLength', () => {
  it('ends after a whole line and leaves at most a fifth and a line', () => {
    for (let end = 0; end < 9_000; end += 37) {
      const text = functions.slice(0, end);
      const length = colouredLength(text);
      expect(length === 0 || text[length - 1] === '\n').toBe(true);
      expect(end - length).toBeLessThanOrEqual(end / 5 + 40);
    }
  });

  it('changes seldom while the code grows by the letter', () => {
    const lengths = new Set(Array.from({ length: 8_000 }, (_, end) => colouredLength(functions.slice(0, end))));
    expect(lengths.size).toBeLessThan(80);
  });
});

describe('isCodeClosed', () => {
  it.each([
    ['```js\na\n```', true],
    ['```js\na\n```\n', true],
    ['~~~\na\n~~~', true],
    ['    indented', true],
    ['```js\na\n', false],
    ['```js', false],
  ])('of %j is %s', (raw, isClosed) => expect(isCodeClosed(raw)).toBe(isClosed));
});

describe('codeFileExtension', () => {
  it.each([
    ['Python', 'py'],
    ['c++', 'cpp'],
    ['', 'txt'],
    ['constructor', 'txt'],
    ['../../etc/passwd', 'txt'],
  ])('of %j is %s', (language, extension) => expect(codeFileExtension(language)).toBe(extension));
});
