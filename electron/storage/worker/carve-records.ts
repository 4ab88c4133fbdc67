import type { ReadablePages } from './readable-pages.ts';
import { childPages, pageKinds, readPageRows, treeHeaderAt } from './record-format.ts';
import type { PageRows, StoredValue } from './record-format.ts';
import { fitsTable } from './table-shapes.ts';
import type { TableShape } from './table-shapes.ts';

/** Takes what was found: rows of a table, and entries of an index, which tell of rows that should be there. */
export type CarvedSink = {
  readonly row: (table: TableShape, rowid: bigint | null, values: readonly StoredValue[]) => void;
  readonly indexEntry: (values: readonly StoredValue[]) => void;
};

const schemaTypes = new Set<StoredValue>(['table', 'index', 'trigger', 'view']);

/** What the tree of a page belongs to, as far as the pages above it can be read. */
type Owners = {
  readonly rootOf: (number: number) => number;
  /** Names by the number of the first page of their tree. */
  readonly names: Map<number, string>;
};

function findOwners({ count, read }: ReadablePages): Owners {
  const parents = new Map<number, number>();
  const names = new Map<number, string>();
  for (let number = 1; number <= count; number += 1) {
    const page = read(number);
    const kind = page?.[treeHeaderAt(number)];
    if (page && kind === pageKinds.tableInterior) {
      for (const child of childPages(page, number)) parents.set(child, number);
    } else if (page && kind === pageKinds.tableLeaf) {
      for (const { values } of readPageRows(page, number, read)?.rows ?? []) {
        const [type, , name, root] = values;
        if (values.length !== 5 || !schemaTypes.has(type ?? null)) continue;
        if (type === 'table' && typeof name === 'string' && typeof root === 'number') names.set(root, name);
      }
    }
  }
  const rootOf = (number: number): number => {
    let root = number;
    // Damage cannot make a circle, since a page is as it was written or not read at all; the bound costs nothing.
    for (let depth = 0; depth < 32 && parents.has(root); depth += 1) root = parents.get(root) ?? root;
    return root;
  };
  return { rootOf, names };
}

/** The one table that all rows of a page fit, by its name where that is known. */
function tableOf({ rows, kind }: PageRows, name: string | undefined, shapes: readonly TableShape[]): TableShape | null {
  const fitting = shapes.filter(
    (shape) => shape.hasRowNumbers === (kind === 'table') && rows.every(({ values }) => fitsTable(values, shape)),
  );
  const named = fitting.find((shape) => shape.name === name);
  if (named) return named;
  // A table that is known and not ours, such as one behind an index, may look like one of ours.
  const isOurs = name === undefined || shapes.some((shape) => shape.name === name);
  return fitting.length === 1 && isOurs ? (fitting[0] ?? null) : null;
}

/**
 * Reads every row from the pages themselves, whatever became of the pages that lead to them. Returns how many rows broke
 * off, because a page that they go on in cannot be read.
 */
export function carveRecords(pages: ReadablePages, shapes: readonly TableShape[], sink: CarvedSink): number {
  const { rootOf, names } = findOwners(pages);
  let broken = 0;
  for (let number = 1; number <= pages.count; number += 1) {
    const page = pages.read(number);
    const found = page && readPageRows(page, number, pages.read);
    if (!found) continue;
    const table = tableOf(found, found.kind === 'table' ? names.get(rootOf(number)) : undefined, shapes);
    if (table) broken += found.broken;
    for (const { rowid, values } of found.rows) {
      if (table) sink.row(table, rowid, values);
      else if (found.kind === 'index') sink.indexEntry(values);
    }
  }
  return broken;
}
