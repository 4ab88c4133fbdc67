/**
 * Text as it may be stored: a lone half of a surrogate pair and U+0000 become U+FFFD. Neither can be written by a person,
 * both come from broken programs, and databases, tokenisers and other programs each treat them in a way of their own.
 */
export function wellFormedText(text: string): string {
  const wellFormed = text.toWellFormed();
  if (!wellFormed.includes('\u0000')) return wellFormed;
  // A million replacements in a string take half a second, in an array a few milliseconds.
  const units = new Uint16Array(wellFormed.length);
  for (let index = 0; index < units.length; index += 1) units[index] = wellFormed.charCodeAt(index) || 0xfffd;
  return new TextDecoder('utf-16le', { ignoreBOM: true }).decode(units);
}
