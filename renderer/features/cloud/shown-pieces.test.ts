import { describe, expect, it } from 'vitest';
import { bodyPieces, selectedWords, turnPieces } from './shown-pieces.ts';

const replacement = (start: number, end: number, placeholder: string, original: string) => ({
  start,
  end,
  placeholder,
  original,
});

describe('bodyPieces', () => {
  it('loses nothing of the body when offsets overlap, lie outside or are out of order', () => {
    // Catches a preview that shows less than is sent.
    const body = 'to A_1 and A_2 at B_1';
    const pieces = bodyPieces(body, [
      replacement(18, 90, 'B_1', 'Paris'),
      replacement(3, 6, 'A_1', 'Anna'),
      replacement(5, 9, 'A_1', 'Anna'),
    ]);
    expect(pieces.map(({ text }) => text).join('')).toBe(body);
  });
});

describe('turnPieces', () => {
  it('takes the longer placeholder where a shorter one begins it', () => {
    const pieces = turnPieces('PERSON_12 met PERSON_1.', [
      replacement(0, 0, 'PERSON_1', 'Anna'),
      replacement(0, 0, 'PERSON_12', 'Bert'),
    ]);
    expect(pieces.filter(({ original }) => original !== null)).toMatchObject([
      { text: 'PERSON_12', original: 'Bert' },
      { text: 'PERSON_1', original: 'Anna' },
    ]);
  });

  it('reads brackets in a placeholder as they are', () => {
    expect(turnPieces('Dear [NAME.1]', [replacement(0, 0, '[NAME.1]', 'Anna')])).toHaveLength(2);
  });
});

describe('selectedWords', () => {
  it('gives the words that are meant when they were selected in the exact body', () => {
    expect(selectedWords(' Anna \\"Nan\\" Meyer ', true)).toBe('Anna "Nan" Meyer');
    expect(selectedWords('half an escape \\', true)).toBe('half an escape \\');
    expect(selectedWords('C:\\new', false)).toBe('C:\\new');
  });
});
