import type { DocumentWriter } from './document-writer.ts';

/** A piece of a document: a paragraph, an item of a list, or a row of a table (`end-table` after its last). */
export type TextBlock =
  | { readonly kind: 'paragraph' | 'item'; readonly text: string }
  | { readonly kind: 'heading'; readonly level: number; readonly text: string }
  | { readonly kind: 'row'; readonly cells: readonly string[] }
  | { readonly kind: 'end-table' };

/** Blocks on one line, as the text of a cell or a note. */
export function flattenBlocks(blocks: Iterable<TextBlock>): string {
  const texts: string[] = [];
  for (const block of blocks) {
    if (block.kind === 'row') texts.push(`${block.cells.filter((cell) => cell.trim() !== '').join(', ')};`);
    else if (block.kind !== 'end-table') texts.push(block.text.trim());
  }
  return texts.join(' ');
}

/** Writes one block. */
export function writeBlock(writer: DocumentWriter, block: TextBlock): void {
  switch (block.kind) {
    case 'heading':
      writer.heading(block.level, block.text);
      break;
    case 'row':
      writer.row(block.cells);
      break;
    case 'end-table':
      writer.endTable();
      break;
    default:
      writer.block(block.text, block.kind);
  }
}
