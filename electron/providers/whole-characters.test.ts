import { describe, expect, it } from 'vitest';
import { createWholeCharacters } from './whole-characters.ts';

/** Every unit of the text by itself, or in pairs, or in threes. */
function throughPieces(text: string, length: number): readonly string[] {
  const characters = createWholeCharacters();
  const pieces: string[] = [];
  for (let at = 0; at < text.length; at += length) pieces.push(characters.add(text.slice(at, at + length)));
  return [...pieces, characters.end()];
}

describe('createWholeCharacters', () => {
  it.each([1, 2, 3, 7])('gives the same text in pieces of %i, each of them whole', (length) => {
    const text = 'a\u{1f600}b\u{1f1e9}\u{1f1ea} — ä\u0308\u{10ffff}\u{1f468}\u200d\u{1f469}';
    const pieces = throughPieces(text, length);
    expect(pieces.join('')).toBe(text);
    expect(pieces.every((piece) => piece.isWellFormed())).toBe(true);
  });

  it.each([1, 2, 3])('replaces halves that match nothing, in pieces of %i', (length) => {
    const text = '\ud83d\ud83d\ude00\ude00x\udc00\ud800';
    expect(throughPieces(text, length).join('')).toBe('\ufffd\u{1f600}\ufffdx\ufffd\ufffd');
  });
});
