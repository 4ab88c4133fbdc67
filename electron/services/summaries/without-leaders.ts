/** Dots that lead the eye to a page number, and signs that draw a line: one sign five times or more, with or without spaces. */
const leaders = /([.·•…_\-=~*–—])(?:[^\S\n]?\1){4,}/gu;

/**
 * A text as the model reads it: rows of dots and drawn lines, of which each sign can be a token, are three signs. What is
 * quoted is taken from the text itself.
 */
export function withoutLeaders(text: string): string {
  return text.replaceAll(leaders, '$1$1$1');
}
