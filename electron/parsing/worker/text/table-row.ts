/** Cells of one row that are read; the rest of a wider row is joined to the last. */
const cellLimit = 500;

/** Longest header that is repeated in front of passages. */
const headerLimit = 300;

/**
 * A row of a table as a line of text, `a | b | c`. Blank space inside a cell, line breaks included, becomes one space and
 * a bar becomes `¦`, so that a row is one line and its cells can be told apart. Empty when all cells are.
 */
export function tableRow(cells: readonly string[]): string {
  const tidy = cells.slice(0, cellLimit).map((cell) => cell.replaceAll(/\s+/g, ' ').replaceAll('|', '¦').trim());
  if (cells.length > cellLimit) tidy.push(cells.slice(cellLimit).join(' ').replaceAll(/\s+/g, ' '));
  while (tidy.at(-1) === '') tidy.pop();
  return tidy.join(' | ');
}

const figure = /^[\p{Sc}+\-−(]*\d[\d.,:/\s%\p{Sc})-]*$/u;

/**
 * The first row of a table as its header, in the notation of `tableRow`; empty when it does not read like one: names
 * are short, not numbers or dates, differ, and there are at least two.
 */
export function headerRow(cells: readonly string[]): string {
  const names = cells.map((cell) => cell.trim()).filter((cell) => cell !== '');
  const isHeader =
    names.length >= 2 &&
    names.length >= cells.length / 2 &&
    names.every((name) => name.length <= 80 && !figure.test(name)) &&
    new Set(names).size === names.length;
  return isHeader ? tableRow(cells).slice(0, headerLimit) : '';
}
