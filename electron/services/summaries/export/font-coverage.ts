/** Tells of a character whether a font has a letter for it. */
export type FontCoverage = (character: string) => boolean;

/** Where the tables of an OpenType font begin: https://learn.microsoft.com/typography/opentype/spec/otff */
const directoryBytes = 12;
const entryBytes = 16;
/** The table that maps every code point, in groups of first, last and first glyph. */
const segmentedCoverage = 12;

/** Reads which characters an OpenType font draws. `bytes` is a font that ships with the app; throws for one without such a table. */
export function readFontCoverage(bytes: Uint8Array): FontCoverage {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const tables = Array.from({ length: view.getUint16(4) }, (_, index) => directoryBytes + index * entryBytes);
  const map = tables.find((at) => view.getUint32(at) === tagOf('cmap'));
  if (map === undefined) throw new Error('The font has no map of characters.');
  const start = view.getUint32(map + 8);
  const offsets = Array.from({ length: view.getUint16(start + 2) }, (_, index) =>
    view.getUint32(start + 8 + index * 8),
  );
  const table = offsets.map((offset) => start + offset).find((at) => view.getUint16(at) === segmentedCoverage);
  if (table === undefined) throw new Error('The font has no map of all code points.');
  const groups = Array.from({ length: view.getUint32(table + 12) }, (_, index) => {
    const at = table + 16 + index * 12;
    return { first: view.getUint32(at), last: view.getUint32(at + 4) };
  });
  return (character) => {
    const code = character.codePointAt(0) ?? 0;
    return groups.some(({ first, last }) => code >= first && code <= last);
  };
}

const tagOf = (name: string): number => Array.from(name).reduce((tag, letter) => tag * 256 + letter.charCodeAt(0), 0);
