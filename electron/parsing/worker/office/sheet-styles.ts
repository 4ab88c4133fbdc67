import type { XmlReader } from '../archive/xml-reader.ts';
import { builtInNumberFormat, parseNumberFormat } from './number-format.ts';
import type { NumberFormat } from './number-format.ts';
import type { OfficePackage } from './office-package.ts';
import { isWhite } from '../archive/text-look.ts';

/** What a cell's style says of how its content is shown. */
export type CellStyle = {
  readonly format: NumberFormat;
  /** White letters on no colour. */
  readonly isInvisible: boolean;
};

/** Styles of one workbook; Excel's own limit is 65,490. */
const styleLimit = 70_000;

const plain: CellStyle = { format: { kind: 'general' }, isInvisible: false };

/** Whether the font that was opened last is white. */
function isWhiteFont(reader: XmlReader): boolean {
  let isFound = false;
  for (const element of reader.children()) {
    if (element.name !== 'x:color') continue;
    const rgb = element.get('rgb');
    const isThemeWhite = element.get('theme') === '0' && Number(element.get('tint') ?? '0') === 0;
    isFound = isThemeWhite || element.get('indexed') === '9' || (rgb !== null && isWhite(rgb.slice(-6)));
  }
  return isFound;
}

/** Whether the fill that was opened last has a colour that is not white. */
function isColoured(reader: XmlReader): boolean {
  let isFound = false;
  for (const element of reader.children()) {
    if (element.name === 'x:gradientFill') isFound = true;
    if (element.name !== 'x:patternFill') continue;
    const pattern = element.get('patternType') ?? 'none';
    let foreground = '000000';
    for (const color of reader.children()) {
      if (color.name !== 'x:fgColor') continue;
      if (color.get('theme') === '0' || color.get('indexed') === '9') foreground = 'ffffff';
      else foreground = (color.get('rgb') ?? '000000').slice(-6);
    }
    isFound = pattern !== 'none' && !(pattern === 'solid' && isWhite(foreground));
  }
  return isFound;
}

type Parts = { readonly formats: Map<number, NumberFormat>; readonly fonts: boolean[]; readonly fills: boolean[] };

function readList<Value>(reader: XmlReader, name: string, read: (reader: XmlReader) => Value): Value[] {
  const values: Value[] = [];
  for (const element of reader.children()) {
    if (values.length >= styleLimit) break;
    if (element.name === name) values.push(read(reader));
  }
  return values;
}

function readCellStyles(reader: XmlReader, { formats, fonts, fills }: Parts): readonly CellStyle[] {
  const styles: CellStyle[] = [];
  for (const element of reader.children()) {
    if (element.name !== 'x:xf' || styles.length >= styleLimit) continue;
    const id = element.integer('numFmtId') ?? 0;
    const font = fonts[element.integer('fontId') ?? 0] ?? false;
    const fill = fills[element.integer('fillId') ?? 0] ?? false;
    styles.push({ format: formats.get(id) ?? builtInNumberFormat(id), isInvisible: font && !fill });
  }
  return styles;
}

/** Reads the part with a workbook's styles. The returned function gives the style of a cell by its number. */
export async function readSheetStyles(
  office: OfficePackage,
  path: string | null,
): Promise<(index: number) => CellStyle> {
  const reader = await office.open(path);
  const parts: Parts = { formats: new Map(), fonts: [], fills: [] };
  let styles: readonly CellStyle[] = [];
  for (const _root of reader?.children() ?? []) {
    for (const element of reader?.children() ?? []) {
      if (!reader) continue;
      if (element.name === 'x:fonts') parts.fonts.push(...readList(reader, 'x:font', isWhiteFont));
      else if (element.name === 'x:fills') parts.fills.push(...readList(reader, 'x:fill', isColoured));
      else if (element.name === 'x:cellXfs') styles = readCellStyles(reader, parts);
      else if (element.name === 'x:numFmts') {
        for (const format of reader.children()) {
          if (parts.formats.size >= styleLimit) break;
          parts.formats.set(format.integer('numFmtId') ?? -1, parseNumberFormat(format.get('formatCode') ?? ''));
        }
      }
    }
  }
  return (index) => styles[index] ?? plain;
}
