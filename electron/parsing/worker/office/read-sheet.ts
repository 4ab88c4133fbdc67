import type { XmlElement } from '../archive/xml-element.ts';
import type { XmlReader } from '../archive/xml-reader.ts';
import { formatNumber } from './format-number.ts';
import type { CellStyle } from './sheet-styles.ts';

/** What cells of all sheets need. */
export type Workbook = {
  readonly strings: readonly string[];
  readonly styleOf: (index: number) => CellStyle;
  readonly is1904: boolean;
  readonly onHidden: (text: string) => void;
  /** A formula without the value that it had when the file was saved. */
  readonly onBareFormula: () => void;
};

/** One row that has content, if only a hidden one: `row` and the columns count from 0. */
export type SheetRow = { readonly row: number; readonly cells: readonly string[] };

/** Cells of one row that keep their column; the rest follow without gaps. Excel's last column is 16,383. */
const columnLimit = 500;

/** How sheets and their readers count: `BC12` is column 54. */
export function columnOf(reference: string): number | null {
  const letters = /^\$?([a-z]{1,3})\$?\d/i.exec(reference)?.[1]?.toUpperCase();
  if (letters === undefined) return null;
  let column = 0;
  for (const letter of letters) column = column * 26 + (letter.codePointAt(0) ?? 64) - 64;
  return column - 1;
}

/** Text of an `x:si` or `x:is`: its runs, without how they are pronounced. */
export function readRichText(reader: XmlReader): string {
  let text = '';
  for (const element of reader.children()) {
    if (element.name === 'x:t') text += reader.text();
    else if (element.name === 'x:r') text += readRichText(reader);
  }
  return text;
}

type Cell = { readonly text: string; readonly isHidden: boolean };

function valueText(type: string, value: string, style: CellStyle, workbook: Workbook): string {
  switch (type) {
    case 's':
      return workbook.strings[Number(value)] ?? '';
    case 'b':
      return value.trim() === '1' ? 'TRUE' : 'FALSE';
    case 'd':
      return value.replace('T', ' ').replace(/(?: 00:00:00)?(?:\.000)?Z?$/, '');
    case 'n': {
      const number = Number(value);
      return value.trim() === '' || !Number.isFinite(number)
        ? value
        : formatNumber(number, style.format, workbook.is1904);
    }
    default:
      return value;
  }
}

function readCell(cell: XmlElement, reader: XmlReader, workbook: Workbook): Cell {
  const type = cell.get('t') ?? 'n';
  const style = workbook.styleOf(cell.integer('s') ?? 0);
  let text = '';
  let hasFormula = false;
  for (const element of reader.children()) {
    if (element.name === 'x:f') hasFormula = true;
    else if (element.name === 'x:is') text = readRichText(reader);
    else if (element.name === 'x:v') text = valueText(type, reader.text(), style, workbook);
  }
  // A formula may well come to an empty text; any other kind of value that is empty was never computed.
  if (hasFormula && text === '' && type !== 'str') workbook.onBareFormula();
  return { text, isHidden: style.isInvisible || style.format.kind === 'hidden' };
}

type Columns = readonly { readonly first: number; readonly last: number }[];

function readHiddenColumns(reader: XmlReader): Columns {
  const columns: { first: number; last: number }[] = [];
  for (const element of reader.children()) {
    const isHidden = ['1', 'true'].includes(element.get('hidden') ?? '');
    if (!isHidden || columns.length >= columnLimit) continue;
    columns.push({ first: (element.integer('min') ?? 1) - 1, last: (element.integer('max') ?? 1) - 1 });
  }
  return columns;
}

/** The cells of a row that can be seen; null for a row without content. */
function readRow(row: XmlElement, reader: XmlReader, hidden: Columns, workbook: Workbook): readonly string[] | null {
  const isHiddenRow = ['1', 'true'].includes(row.get('hidden') ?? '');
  const cells: string[] = [];
  let next = 0;
  let hasContent = false;
  for (const element of reader.children()) {
    if (element.name !== 'x:c') continue;
    const column = columnOf(element.get('r') ?? '') ?? next;
    next = column + 1;
    const cell = readCell(element, reader, workbook);
    if (cell.text === '') continue;
    hasContent = true;
    const isHidden =
      isHiddenRow || cell.isHidden || hidden.some(({ first, last }) => column >= first && column <= last);
    if (isHidden) workbook.onHidden(cell.text);
    else if (column >= columnLimit) cells.push(cell.text);
    else {
      while (cells.length < column) cells.push('');
      cells[column] = cell.text;
    }
  }
  return hasContent ? cells : null;
}

/**
 * Reads the sheet that the reader is at the beginning of, a row at a time. Rows without content are left out; cells of
 * hidden rows and columns, and white ones, are told to `onHidden`. Empty columns on the left are kept.
 */
export function* readSheet(reader: XmlReader, workbook: Workbook): Generator<SheetRow> {
  let hidden: Columns = [];
  for (const _sheet of reader.children()) {
    for (const part of reader.children()) {
      if (part.name === 'x:cols') hidden = readHiddenColumns(reader);
      if (part.name !== 'x:sheetData') continue;
      let next = 1;
      for (const row of reader.children()) {
        if (row.name !== 'x:row') continue;
        const number = row.integer('r') ?? next;
        next = number + 1;
        const cells = readRow(row, reader, hidden, workbook);
        if (cells !== null) yield { row: number - 1, cells };
      }
    }
  }
}
