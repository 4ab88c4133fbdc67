import type { DocumentWriter } from './document-writer.ts';

/** Cells of one document that are written; more are left out with the omission `character-limit`. */
const cellLimit = 1_000_000;

/**
 * Writes the rows of spreadsheets. An empty row ends a table, so what is below it gets a header of its own; rows of a
 * single cell above a table are its title and not its header.
 */
export class SheetWriter {
  readonly #writer: DocumentWriter;
  #cells = 0;
  #lastRow = -1;
  #isInTable = false;
  /** Columns on the left that the table does not use. */
  #firstColumn = 0;

  constructor(writer: DocumentWriter) {
    this.#writer = writer;
  }

  /** Begins a sheet. */
  begin(): void {
    this.#lastRow = -1;
    this.#endTable();
  }

  /** Writes one row; rows come in order, and `cells` begin with the first column. Returns false when no more are taken. */
  write(row: number, cells: readonly string[]): boolean {
    const filled = cells.filter((cell) => cell.trim() !== '').length;
    this.#cells += filled;
    if (this.#cells > cellLimit) this.#writer.omit('character-limit');
    if (this.#cells > cellLimit || this.#writer.isFull) return false;
    if (row > this.#lastRow + 1) this.#endTable();
    this.#lastRow = row;
    const first = cells.findIndex((cell) => cell.trim() !== '');
    if (filled === 0) return true;
    if (!this.#isInTable) {
      if (filled === 1) {
        this.#writer.block(cells[first] ?? '', 'item');
        return true;
      }
      this.#isInTable = true;
      this.#firstColumn = first;
    }
    this.#writer.row(cells.slice(Math.min(first, this.#firstColumn)));
    return true;
  }

  #endTable(): void {
    this.#isInTable = false;
    this.#writer.endTable();
  }
}
