/** Characters of one piece at most: small enough that typing after a long paste counts little again. */
const pieceLength = 16_000;

/**
 * A long text in pieces, cut behind white space where there is some near the end. The same beginning gives the same
 * pieces, however the text goes on.
 */
export function textPieces(text: string): readonly string[] {
  const pieces: string[] = [];
  for (let start = 0; start < text.length;) {
    const end = start + pieceLength >= text.length ? text.length : cutBefore(text, start + pieceLength);
    pieces.push(text.slice(start, end));
    start = end;
  }
  return pieces;
}

/** A place at or a little before `end` at which neither a word nor a surrogate pair is torn, where there is one. */
function cutBefore(text: string, end: number): number {
  for (let place = end; place > end - 200; place -= 1) if (/\s/.test(text.charAt(place - 1))) return place;
  return /[\ud800-\udbff]/.test(text.charAt(end - 1)) ? end - 1 : end;
}
