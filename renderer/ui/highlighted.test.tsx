import { cleanup, render } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import { Highlighted, piecesOf } from './highlighted.tsx';

afterEach(cleanup);

describe('piecesOf', () => {
  it.each([
    [[], ['abcdef']],
    [[{ start: 0, end: 2 }], ['[ab]', 'cdef']],
    [
      [
        { start: 4, end: 6 },
        { start: 0, end: 1 },
      ],
      ['[a]', 'bcd', '[ef]'],
    ],
    [
      [
        { start: 1, end: 4 },
        { start: 2, end: 5 },
      ],
      ['a', '[bcd]', '[e]', 'f'],
    ],
    [[{ start: 3, end: 99 }], ['abc', '[def]']],
    [[{ start: 7, end: 9 }], ['abcdef']],
  ])('cuts at %j without losing a letter', (ranges, pieces) => {
    expect(piecesOf('abcdef', ranges).map(({ text, isMarked }) => (isMarked ? `[${text}]` : text))).toEqual(pieces);
  });
});

describe('Highlighted', () => {
  it('shows markup in a snippet as letters', () => {
    const snippet = '<img src=x onerror=alert(1)> word';
    const { container } = render(<Highlighted text={snippet} ranges={[{ start: 29, end: 33 }]} />);
    expect(container.textContent).toBe(snippet);
    expect([...container.querySelectorAll('*')].map(({ tagName }) => tagName)).toEqual(['MARK']);
  });
});
