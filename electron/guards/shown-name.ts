/** Characters as a person counts them; menus and notifications are narrow. */
const lengthLimit = 80;

/**
 * A name from outside (of a model, a document, a folder) as it may stand in a native menu or a notification: on one line, without
 * controls and direction marks, not longer than it is read. Angle brackets and ampersands become others that look alike, because
 * some systems take them for markup or for the mark of a key.
 */
export function shownName(name: string): string {
  const line = name
    .slice(0, 4 * lengthLimit)
    .replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]+/gu, ' ')
    .replaceAll('<', '‹')
    .replaceAll('>', '›')
    .replaceAll('&', '＆')
    .replaceAll(/\s+/g, ' ')
    .trim();
  const characters = [...new Intl.Segmenter().segment(line)].map(({ segment }) => segment);
  return characters.length > lengthLimit ? `${characters.slice(0, lengthLimit - 1).join('')}…` : line;
}
