import { flattenBlocks } from '../archive/text-block.ts';
import type { TextBlock } from '../archive/text-block.ts';
import type { XmlElement } from '../archive/xml-element.ts';
import type { XmlReader } from '../archive/xml-reader.ts';
import { readWordParagraph } from './read-word-paragraph.ts';
import type { WordContext } from './word-context.ts';
import { isShading } from './word-look.ts';

/** Columns that one cell may span; Word's own limit is 63. */
const spanLimit = 63;

/** Cells of one row that are read. */
const cellLimit = 600;

type Row = { readonly cells: string[]; readonly blocks: TextBlock[]; isDeleted: boolean; isHidden: boolean };

/** Wrappers that say something about what is in them, but are nothing themselves. */
const isWrapper = (element: XmlElement): boolean =>
  ['w:sdt', 'w:sdtContent', 'w:customXml', 'w:smartTag', 'w:ins', 'w:moveTo', 'mc:Choice'].includes(element.name);

function readCell(reader: XmlReader, context: WordContext, isShaded: boolean, row: Row): void {
  let span = 1;
  let isCellShaded = isShaded;
  const blocks: TextBlock[] = [];
  for (const element of reader.children()) {
    if (element.name !== 'w:tcPr') {
      for (const block of readBlock(element, reader, context, isCellShaded)) blocks.push(block);
      continue;
    }
    for (const property of reader.children()) {
      if (property.name === 'w:gridSpan') span = property.integer('w:val') ?? 1;
      else if (property.name === 'w:shd') isCellShaded = isShading(property);
      else if (property.name === 'w:cellDel') row.isDeleted = true;
    }
  }
  if (row.cells.length >= cellLimit) return;
  row.cells.push(flattenBlocks(blocks));
  for (const block of blocks) row.blocks.push(block);
  // A cell over several columns leaves the others empty, so that what is below stays under its header.
  for (let extra = 1; extra < Math.min(span, spanLimit); extra += 1) row.cells.push('');
}

function readRowProperties(reader: XmlReader, row: Row): void {
  for (const property of reader.children()) {
    if (property.name === 'w:del') row.isDeleted = true;
    else if (property.name === 'w:hidden') row.isHidden = true;
    else if (property.name === 'w:gridBefore') {
      const columns = Math.min(property.integer('w:val') ?? 0, spanLimit);
      for (let column = 0; column < columns; column += 1) row.cells.push('');
    }
  }
}

function readCells(reader: XmlReader, context: WordContext, isShaded: boolean, row: Row): void {
  for (const element of reader.children()) {
    if (element.name === 'w:trPr') readRowProperties(reader, row);
    else if (element.name === 'w:tc') readCell(reader, context, isShaded, row);
    else if (isWrapper(element)) readCells(reader, context, isShaded, row);
  }
}

function* readRow(reader: XmlReader, context: WordContext, isShaded: boolean): Generator<TextBlock> {
  const row: Row = { cells: [], blocks: [], isDeleted: false, isHidden: false };
  readCells(reader, context, isShaded, row);
  if (row.isDeleted) context.writer.omit('deleted-text');
  else if (row.isHidden) context.writer.hide(row.cells.join(' '));
  // A row of one cell is a frame around text.
  else if (row.cells.length === 1) {
    yield { kind: 'end-table' };
    yield* row.blocks;
  } else yield { kind: 'row', cells: row.cells };
}

function* readTable(reader: XmlReader, context: WordContext, isShaded: boolean): Generator<TextBlock> {
  let isTableShaded = isShaded;
  for (const element of reader.children()) {
    if (element.name === 'w:tblPr') {
      for (const property of reader.children()) {
        if (property.name === 'w:shd') isTableShaded ||= isShading(property);
        if (property.name === 'w:tblStyle') isTableShaded ||= context.styles.get(property.get('w:val')).hasFill;
      }
    } else if (element.name === 'w:tr') yield* readRow(reader, context, isTableShaded);
    else if (isWrapper(element)) yield* readTable(reader, context, isTableShaded);
  }
}

function* readBlock(
  element: XmlElement,
  reader: XmlReader,
  context: WordContext,
  isShaded: boolean,
): Generator<TextBlock> {
  switch (element.name) {
    case 'w:p':
      yield* readWordParagraph(reader, context, isShaded, readWordBlocks);
      break;
    case 'w:tbl':
      yield* readTable(reader, context, isShaded);
      yield { kind: 'end-table' };
      break;
    case 'w:del':
    case 'w:moveFrom':
      context.writer.omit('deleted-text');
      break;
    case 'w:altChunk':
      context.writer.omit('attachments');
      break;
    case 'm:oMathPara':
      yield { kind: 'paragraph', text: reader.text().replaceAll(/\s+/g, ' ') };
      break;
    case 'mc:AlternateContent':
      yield* readWordBlocks(reader, context, isShaded);
      break;
    default:
      if (isWrapper(element)) yield* readWordBlocks(reader, context, isShaded);
  }
}

/** Reads the blocks inside the element that was opened last, as they are asked for. */
export function* readWordBlocks(reader: XmlReader, context: WordContext, isShaded: boolean): Generator<TextBlock> {
  for (const element of reader.children()) yield* readBlock(element, reader, context, isShaded);
}
