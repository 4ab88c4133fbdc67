import { headerRow, tableRow } from '../text/table-row.ts';
import { TextFlow } from './text-flow.ts';

type Cell = { readonly flow: TextFlow; readonly isHeading: boolean; readonly span: number };

/** Longest text of a cell in a row; a cell with more is a page that a table lays out. */
const cellLimit = 2_000;

const spanLimit = 50;

/** The cells of a table until it is known whether they are rows of data or the layout of a page. */
export class TableFlow {
  readonly #rows: Cell[][] = [];
  #hasTable = false;

  openRow(): void {
    this.#rows.push([]);
  }

  /** The flow that takes the text of a new cell; `span` is the number of columns that it goes over. */
  openCell(isHeading: boolean, span: number): TextFlow {
    if (this.#rows.length === 0) this.openRow();
    const flow = new TextFlow();
    this.#rows.at(-1)?.push({ flow, isHeading, span: Math.min(spanLimit, Math.max(1, span)) });
    return flow;
  }

  /** A table inside a cell makes this one a layout. */
  noteTable(): void {
    this.#hasTable = true;
  }

  /** Writes it as rows where it is data, otherwise as one block after another. */
  writeTo(target: TextFlow): void {
    const cells = this.#rows.flat();
    const isData =
      !this.#hasTable &&
      this.#rows.some((row) => row.length > 1) &&
      cells.every(({ flow }) => flow.headings.length === 0 && flow.length <= cellLimit);
    if (!isData) {
      for (const { flow } of cells) target.addFlow(flow);
      return;
    }
    const texts = this.#rows
      .map((row) => row.flatMap(({ flow, span }) => [flow.text, ...Array.from({ length: span - 1 }, () => '')]))
      .filter((row) => row.some((text) => text.trim() !== ''));
    const [first] = this.#rows;
    const isNamed = first !== undefined && first.length > 1 && first.every(({ isHeading }) => isHeading);
    const names = texts[0] ?? [];
    const header = isNamed ? tableRow(names).slice(0, 300) : texts.length > 1 ? headerRow(names) : '';
    target.addTable(texts.map(tableRow), header);
  }
}
