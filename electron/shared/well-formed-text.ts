/**
 * Text as it may be stored: a lone half of a surrogate pair and U+0000 become U+FFFD. Neither can be written by a person,
 * both come from broken programs, and databases, tokenisers and other programs each treat them in a way of their own.
 */
export function wellFormedText(text: string): string {
  return text.toWellFormed().replaceAll('\u0000', '\uFFFD');
}
