import { flattenBlocks } from '../archive/text-block.ts';
import type { TextBlock } from '../archive/text-block.ts';
import type { XmlElement } from '../archive/xml-element.ts';
import type { XmlReader } from '../archive/xml-reader.ts';
import type { OpenContext } from './open-context.ts';
import type { ReadOpenBlocks } from './read-open-inline.ts';

/** Cells of one row that are read. */
const cellLimit = 600;

/** A row that is repeated stands in a text that often at most. */
const repeatLimit = 1_000;

const groups = new Set(['table:table-header-rows', 'table:table-rows', 'table:table-row-group']);

function repeatOf(element: XmlElement, attribute: string, context: OpenContext): number {
  return context.isInCell ? 1 : Math.min(repeatLimit, Math.max(1, element.integer(attribute) ?? 1));
}

type Cell = { readonly text: string; readonly blocks: readonly TextBlock[] };

function readCell(cell: XmlElement, reader: XmlReader, context: OpenContext, readBlocks: ReadOpenBlocks): Cell {
  const styled = context.styles.look('table-cell', cell.get('table:style-name'));
  const blocks = [...readBlocks(reader, { ...context, isShaded: styled.isShaded ?? context.isShaded, isInCell: true })];
  return { text: flattenBlocks(blocks), blocks };
}

function* readRow(
  row: XmlElement,
  reader: XmlReader,
  context: OpenContext,
  readBlocks: ReadOpenBlocks,
): Generator<TextBlock> {
  const cells: Cell[] = [];
  const isHidden = context.isHidden || (row.get('table:visibility') ?? 'visible') !== 'visible';
  for (const element of reader.children()) {
    const isCell = element.name === 'table:table-cell';
    if (!isCell && element.name !== 'table:covered-table-cell') continue;
    const repeat = repeatOf(element, 'table:number-columns-repeated', context);
    const cell = readCell(element, reader, { ...context, isHidden: isHidden || !isCell }, readBlocks);
    for (let count = 0; count < repeat && cells.length < cellLimit; count += 1) cells.push(cell);
  }
  const repeat = repeatOf(row, 'table:number-rows-repeated', context);
  const [only] = cells;
  for (let count = 0; count < repeat; count += 1) {
    // A row of one cell is a frame around text.
    if (cells.length === 1 && only) {
      yield { kind: 'end-table' };
      yield* only.blocks;
    } else yield { kind: 'row', cells: cells.map(({ text }) => text) };
  }
}

/** Reads the `table:table` of a text or a slide that was opened last. */
export function* readOpenTable(
  table: XmlElement,
  reader: XmlReader,
  context: OpenContext,
  readBlocks: ReadOpenBlocks,
): Generator<TextBlock> {
  const isHidden = context.isHidden || context.styles.isHidden('table', table.get('table:style-name'));
  const inside = { ...context, isHidden };
  for (const element of reader.children()) {
    if (element.name === 'table:table-row') yield* readRow(element, reader, inside, readBlocks);
    else if (groups.has(element.name)) yield* readOpenTable(element, reader, inside, readBlocks);
  }
}
