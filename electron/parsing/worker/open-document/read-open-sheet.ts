import { flattenBlocks } from '../archive/text-block.ts';
import type { XmlElement } from '../archive/xml-element.ts';
import type { XmlReader } from '../archive/xml-reader.ts';
import type { OpenContext } from './open-context.ts';
import { readOpenBlocks } from './read-open-blocks.ts';
import { readAnnotation, readOpenParagraph } from './read-open-inline.ts';

/** One row that has content, if only a hidden one; rows count from 0. `repeat` more rows below it are the same. */
export type OpenRow = { readonly row: number; readonly repeat: number; readonly cells: readonly string[] };

/** Columns that are told apart; cells beyond follow without gaps. */
const columnLimit = 500;

const groups = new Set([
  'table:table-header-rows',
  'table:table-rows',
  'table:table-row-group',
  'table:table-header-columns',
  'table:table-columns',
  'table:table-column-group',
]);

const repeatOf = (element: XmlElement, attribute: string): number => Math.max(1, element.integer(attribute) ?? 1);

const isVisible = (element: XmlElement): boolean => (element.get('table:visibility') ?? 'visible') === 'visible';

/** What a cell shows: dates as 2024-03-01 and truth as TRUE, whatever language the file was saved in. */
function cellText(cell: XmlElement, shown: string): string {
  const date = cell.get('office:date-value');
  switch (cell.get('office:value-type')) {
    case 'date':
      return date === null ? shown : date.replace('T', ' ').replace(/(?: 00:00:00)?(?:\.0+)?$/, '');
    case 'boolean':
      return cell.get('office:boolean-value') === 'true' ? 'TRUE' : 'FALSE';
    case null:
    case 'string':
      return shown;
    default:
      return shown === '' ? (cell.get('office:value') ?? '') : shown;
  }
}

type Sheet = { readonly hiddenColumns: Set<number>; column: number; row: number };

function readColumn(column: XmlElement, sheet: Sheet): void {
  const repeat = repeatOf(column, 'table:number-columns-repeated');
  if (!isVisible(column)) {
    for (let index = sheet.column; index < Math.min(sheet.column + repeat, columnLimit); index += 1) {
      sheet.hiddenColumns.add(index);
    }
  }
  sheet.column += repeat;
}

function readCell(cell: XmlElement, reader: XmlReader, context: OpenContext): string {
  const { writer } = context;
  const look = context.styles.look('table-cell', cell.get('table:style-name'));
  const inside = { ...context, look: { ...look, isShaded: null }, isShaded: look.isShaded ?? false, isInCell: true };
  const texts: string[] = [];
  let hasHidden = false;
  // White letters are found where the text is read, so what is left can be seen.
  for (const element of reader.children()) {
    if (element.name === 'office:annotation') readAnnotation(reader, context, readOpenBlocks);
    else if (element.name === 'text:p') {
      const text = flattenBlocks(readOpenParagraph(element, reader, inside, readOpenBlocks).blocks);
      hasHidden ||= text === '';
      texts.push(text);
    } else if (element.name.startsWith('draw:')) texts.push(flattenBlocks(readOpenBlocks(reader, inside)));
  }
  const shown = texts.join(' ').trim();
  const hasValue = cell.get('office:value-type') !== null;
  if (cell.get('table:formula') !== null && !hasValue && shown === '') writer.omit('formulas');
  return hasHidden && shown === '' ? '' : cellText(cell, shown);
}

function readRow(row: XmlElement, reader: XmlReader, sheet: Sheet, context: OpenContext): OpenRow | null {
  const isHiddenRow = context.isHidden || !isVisible(row);
  const cells: string[] = [];
  let column = 0;
  let hasContent = false;
  for (const element of reader.children()) {
    const isCell = element.name === 'table:table-cell';
    if (!isCell && element.name !== 'table:covered-table-cell') continue;
    const repeat = repeatOf(element, 'table:number-columns-repeated');
    const text = readCell(element, reader, context);
    const isHidden = isHiddenRow || !isCell || sheet.hiddenColumns.has(column);
    if (text !== '') {
      hasContent = true;
      if (isHidden) context.writer.hide(text);
      else
        for (let index = 0; index < repeat && column + index < columnLimit; index += 1)
          place(cells, column + index, text);
      if (column + repeat > columnLimit && !isHidden) cells.push(text);
    }
    column += repeat;
  }
  const repeat = repeatOf(row, 'table:number-rows-repeated');
  const read = { row: sheet.row, repeat, cells };
  sheet.row += repeat;
  return hasContent ? read : null;
}

function place(cells: string[], column: number, text: string): void {
  while (cells.length < column) cells.push('');
  cells[column] = text;
}

function* readRows(reader: XmlReader, sheet: Sheet, context: OpenContext): Generator<OpenRow> {
  for (const element of reader.children()) {
    if (element.name === 'table:table-column') readColumn(element, sheet);
    else if (groups.has(element.name)) yield* readRows(reader, sheet, context);
    else if (element.name === 'table:table-row') {
      const row = readRow(element, reader, sheet, context);
      if (row) yield row;
    } else if (element.name === 'table:shapes') {
      // Shapes over the cells: their words come as rows of their own.
      for (const block of readOpenBlocks(reader, context)) {
        const text = flattenBlocks([block]);
        if (text !== '') yield { row: sheet.row, repeat: 1, cells: [text] };
      }
    }
  }
}

/** Reads the `table:table` of a spreadsheet that was opened last, a row at a time; rows without content are left out. */
export function* readOpenSheet(reader: XmlReader, context: OpenContext): Generator<OpenRow> {
  yield* readRows(reader, { hiddenColumns: new Set(), column: 0, row: 0 }, context);
}
