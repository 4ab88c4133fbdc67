/** UTF-16 code units that one stored stretch of a text has at most: some ten pages. */
export const stretchLength = 32_768;

/** A stretch of a document's text and where it begins. */
export type TextStretch = { readonly start: number; readonly text: string };

const isHighSurrogate = (codeUnit: number): boolean => codeUnit >= 0xd800 && codeUnit <= 0xdbff;

/**
 * Cuts a text into stretches that join to it again. Never between the halves of a surrogate pair: each half alone could
 * not be stored as UTF-8.
 */
export function cutIntoStretches(text: string): readonly TextStretch[] {
  const stretches: TextStretch[] = [];
  for (let start = 0; start < text.length;) {
    let end = Math.min(start + stretchLength, text.length);
    if (end < text.length && isHighSurrogate(text.charCodeAt(end - 1))) end -= 1;
    stretches.push({ start, text: text.slice(start, end) });
    start = end;
  }
  return stretches;
}
