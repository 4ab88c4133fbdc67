const piece = /[\p{Script=Latin}]+|\d|[^\s]/gu;

/**
 * Tokens that a WordPiece tokeniser makes of a text, estimated on the safe side without one: a Latin word of up to six
 * letters counts 1, of up to ten 2, a longer one a token for every three letters; every digit, mark and letter of another script counts 1.
 */
export function estimateTokens(text: string): number {
  let tokens = 0;
  for (const [match] of text.matchAll(piece)) {
    tokens += match.length <= 6 ? 1 : match.length <= 10 ? 2 : Math.ceil(match.length / 3);
  }
  return tokens;
}
