import { headerRow, tableRow } from '../text/table-row.ts';
import { TextFlow } from './text-flow.ts';

/** Longest text of a cell in a row; a cell with more is a page that a table lays out. */
const cellLimit = 2_000;

const spanLimit = 50;

type OpenCell = { readonly flow: TextFlow; readonly isHeading: boolean; readonly span: number };

/** The cells of a table until it is known whether they are rows of data or the layout of a page. */
export class TableFlow {
  /** Rows that may be data, as text: a long table would not fit in memory as cells. */
  #rows: string[][] = [];
  #row: OpenCell[] = [];
  /** Set as soon as the table is known to be a layout. */
  #layout: TextFlow | null = null;
  #header: readonly string[] | null = null;
  #hasColumns = false;
  #hasTable = false;

  openRow(): void {
    this.#closeRow();
  }

  /** The flow that takes the text of a new cell; `span` is the number of columns that it goes over. */
  openCell(isHeading: boolean, span: number): TextFlow {
    const flow = new TextFlow();
    this.#row.push({ flow, isHeading, span: Math.min(spanLimit, Math.max(1, span)) });
    return flow;
  }

  /** A table inside a cell makes this one a layout. */
  noteTable(): void {
    this.#hasTable = true;
  }

  /** Writes it as rows where it is data, otherwise as one block after another. */
  writeTo(target: TextFlow): void {
    this.#closeRow();
    if (this.#layout || !this.#hasColumns) {
      target.addFlow(this.#becomeLayout());
      return;
    }
    const names = this.#rows[0] ?? [];
    const header = this.#header ? tableRow(this.#header).slice(0, 300) : this.#rows.length > 1 ? headerRow(names) : '';
    target.addTable(this.#rows.map(tableRow), header);
  }

  #closeRow(): void {
    const row = this.#row;
    this.#row = [];
    if (row.length === 0) return;
    const isData = !this.#hasTable && row.every(({ flow }) => flow.headings.length === 0 && flow.length <= cellLimit);
    if (this.#layout || !isData) {
      const layout = this.#becomeLayout();
      for (const { flow } of row) layout.addFlow(flow);
      return;
    }
    const texts = row.flatMap(({ flow, span }) => [flow.text, ...Array.from({ length: span - 1 }, () => '')]);
    if (texts.every((text) => text.trim() === '')) return;
    if (this.#rows.length === 0 && row.length > 1 && row.every(({ isHeading }) => isHeading)) this.#header = texts;
    if (row.length > 1) this.#hasColumns = true;
    this.#rows.push(texts);
  }

  /** The rows that were taken for data become blocks. */
  #becomeLayout(): TextFlow {
    if (this.#layout) return this.#layout;
    const layout = new TextFlow();
    for (const text of this.#rows.flat()) {
      layout.endBlock(1);
      layout.addPlainText(text);
      layout.endBlock(1);
    }
    this.#rows = [];
    this.#layout = layout;
    return layout;
  }
}
