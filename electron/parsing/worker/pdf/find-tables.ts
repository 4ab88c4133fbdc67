import type { Box } from './page-geometry.ts';
import type { Row, Segment } from './segment.ts';

/** Rows with two cells or more that make a table. */
const tableRows = 3;

/** Rows `from` to `to` of a region (`to` excluded) are a table; each line holds its cells, each cell its segments. */
export type FoundTable = {
  readonly from: number;
  readonly to: number;
  readonly lines: readonly (readonly (readonly Segment[])[])[];
};

type Column = { u0: number; u1: number };

const bullet = /^(?:[•◦▪‣∙·*–—-]|[([]?(?:\d{1,3}|[a-zA-Z]|[ivxlc]{1,6})[.)\]])$/u;
const pageReference = /(?:\.\s?){4,}\s*\S{0,6}$|^(?:\.\s?){3,}|^…/u;

/** True for a row of a contents list, whose dots lead to a page number, and for an item of a list. */
export function isListRow({ segments }: Row): boolean {
  const [first] = segments;
  return (
    segments.some(({ text }) => pageReference.test(text)) || (segments.length === 2 && bullet.test(first?.text ?? ''))
  );
}

const overlaps = (column: Column, segment: Segment): boolean => segment.u0 < column.u1 && segment.u1 > column.u0;

/** Columns of the rows so far, with one more row; null where the row does not fit. */
function fitRow(columns: readonly Column[], row: Row): readonly Column[] | null {
  const fitted = columns.map((column) => ({ ...column }));
  const fresh: Column[] = [];
  for (const segment of row.segments) {
    const touched = fitted.filter((column) => overlaps(column, segment));
    const [column] = touched;
    if (touched.length > 1) return null;
    if (column) {
      column.u0 = Math.min(column.u0, segment.u0);
      column.u1 = Math.max(column.u1, segment.u1);
    } else fresh.push({ u0: segment.u0, u1: segment.u1 });
  }
  const all = [...fitted, ...fresh].toSorted((one, other) => one.u0 - other.u0);
  const areApart = all.every((column, index) => column.u0 >= (all[index - 1]?.u1 ?? -Infinity));
  return areApart ? all : null;
}

/** The end of the longest run of rows from `from` that stand in the same columns, and those columns. */
function growTable(rows: readonly Row[], from: number): { readonly to: number; readonly columns: readonly Column[] } {
  let columns: readonly Column[] = [];
  let to = from;
  for (let at = from; at < rows.length; at += 1) {
    const row = rows[at];
    const before = rows[at - 1];
    if (!row || isListRow(row)) break;
    if (before && at > from && row.v - before.v > 3.2 * Math.max(row.size, before.size)) break;
    // A single cell below a gap is the text that follows the table.
    const isLoose = before !== undefined && row.v - before.v > 1.7 * row.size;
    if (row.segments.length === 1 && (columns.length === 0 || isLoose)) break;
    const fitted = fitRow(columns, row);
    const isFit =
      fitted !== null && (columns.length === 0 || row.segments.length > 1 || fitted.length === columns.length);
    if (!isFit) break;
    columns = fitted;
    to = at + 1;
  }
  return { to, columns };
}

function cellsOf(rows: readonly Row[], columns: readonly Column[]): readonly (readonly Segment[])[] {
  return columns.map((column) =>
    rows.flatMap(({ segments }) => segments.filter((segment) => overlaps(column, segment))),
  );
}

/** Rows that belong to one line of the table, because its cells have several lines each. */
function groupLines(
  rows: readonly Row[],
  columns: readonly Column[],
  rules: readonly Box[],
): readonly (readonly Row[])[] {
  const groupBy = (isNew: (row: Row, before: Row) => boolean): Row[][] => {
    const groups: Row[][] = [];
    for (const [index, row] of rows.entries()) {
      const before = rows[index - 1];
      const last = groups.at(-1);
      if (last && before && !isNew(row, before)) last.push(row);
      else groups.push([row]);
    }
    return groups;
  };
  const middle = ({ v, size }: Row): number => v - 0.3 * size;
  const ruled = groupBy((row, before) => rules.some(({ y0 }) => y0 > middle(before) && y0 < middle(row)));
  // A table whose only rules are below its header and around it says nothing of its rows.
  if (ruled.length >= tableRows && ruled.length * 5 >= rows.length) return ruled;
  const firstColumn = columns[0];
  return groupBy((row, before) => {
    const isContinuation =
      row.segments.length < columns.length &&
      firstColumn !== undefined &&
      !row.segments.some((segment) => overlaps(firstColumn, segment)) &&
      row.v - before.v < 1.35 * row.size;
    return !isContinuation;
  });
}

/** True where the names of the columns are bold and what follows is not; two such rows are a table already. */
function hasBoldHeader([header, next]: readonly Row[]): boolean {
  const isBold = (row: Row | undefined): boolean => row?.segments.every((segment) => segment.isBold) ?? false;
  return isBold(header) && !isBold(next) && header?.segments.length === next?.segments.length;
}

/** Finds tables among the rows of a region: cells that stand below each other in at least two columns. */
export function findTables(rows: readonly Row[], rules: readonly Box[]): readonly FoundTable[] {
  const tables: FoundTable[] = [];
  for (let from = 0; from < rows.length;) {
    const { to, columns } = growTable(rows, from);
    const body = rows.slice(from, to);
    const full = body.filter(({ segments }) => segments.length > 1).length;
    const needed = hasBoldHeader(body) ? 2 : tableRows;
    if (columns.length < 2 || full < needed || full * 3 < body.length) {
      from += 1;
      continue;
    }
    const lines = groupLines(body, columns, rules).map((group) => cellsOf(group, columns));
    tables.push({ from, to, lines });
    from = to;
  }
  return tables;
}
