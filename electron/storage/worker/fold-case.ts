/** A name or path as it is compared: without difference of case, composed and decomposed letters alike. */
export function foldCase(text: string): string {
  return text.normalize('NFC').toLowerCase();
}
