import type Database from 'better-sqlite3-multiple-ciphers';
import { z } from 'zod';
import type { StoredValue } from './record-format.ts';
import { readRows } from './rows.ts';

/** A table of the newest version, as its records are recognised. */
export type TableShape = {
  readonly name: string;
  /** False for a table whose rows lie in the tree of its primary key. */
  readonly hasRowNumbers: boolean;
  /** In the order in which a record has them. */
  readonly columns: readonly ColumnShape[];
};
type ColumnShape = {
  readonly name: string;
  readonly type: string;
  readonly isRequired: boolean;
  /** True for the column that is the row's number itself; a record has null for it. */
  readonly isNumber: boolean;
  /** True where older records may end before this column. */
  readonly mayBeMissing: boolean;
};

const tableRowSchema = z.object({
  name: z.string(),
  schema: z.string(),
  type: z.string(),
  wr: z.int(),
  strict: z.int(),
});
const columnRowSchema = z.object({
  name: z.string(),
  type: z.string(),
  notnull: z.int(),
  pk: z.int(),
  dflt_value: z.string().nullable(),
});

function columnsOf(database: Database, table: string, hasRowNumbers: boolean): readonly ColumnShape[] {
  const rows = readRows(columnRowSchema, database.prepare(`PRAGMA table_info("${table}")`).all());
  const isNumbered = hasRowNumbers && rows.filter(({ pk }) => pk > 0).length === 1;
  const columns = rows.map(({ name, type, notnull, pk, dflt_value: defaultValue }) => ({
    name,
    type,
    isRequired: notnull === 1 || (pk > 0 && !hasRowNumbers),
    isNumber: isNumbered && pk === 1 && type === 'INTEGER',
    mayBeMissing: notnull === 0 || defaultValue !== null,
    pk,
  }));
  // A record in the tree of a primary key begins with the key.
  const byKey = (column: (typeof columns)[number]): number => (column.pk === 0 ? columns.length : column.pk);
  return hasRowNumbers ? columns : columns.toSorted((one, other) => byKey(one) - byKey(other));
}

/** Tables that are counted or made anew instead of rescued. */
const derivedTables: ReadonlySet<string> = new Set(['commits', 'awaited_vectors', 'saved_states']);

/** The tables that hold what the user has. Those behind an index are not among them: an index is made anew. */
export function tableShapes(database: Database): readonly TableShape[] {
  const tables = readRows(tableRowSchema, database.prepare('PRAGMA table_list').all());
  return tables
    .filter(
      ({ schema, type, strict, name }) =>
        schema === 'main' && type === 'table' && strict === 1 && !derivedTables.has(name),
    )
    .map(({ name, wr }) => ({ name, hasRowNumbers: wr === 0, columns: columnsOf(database, name, wr === 0) }));
}

function fitsColumn(value: StoredValue, { type, isRequired, isNumber }: ColumnShape): boolean {
  if (value === null) return isNumber || !isRequired;
  switch (type) {
    case 'INTEGER':
      return typeof value === 'number' || typeof value === 'bigint';
    case 'REAL':
      // Whole numbers are stored as such.
      return typeof value === 'number' || typeof value === 'bigint';
    case 'TEXT':
      return typeof value === 'string';
    case 'BLOB':
      return value instanceof Uint8Array;
    default:
      return true;
  }
}

/** True when a record may be one of this table's: columns that were added later may be missing at its end. */
export function fitsTable(values: readonly StoredValue[], { columns }: TableShape): boolean {
  return (
    values.length > 0 &&
    values.length <= columns.length &&
    columns.slice(values.length).every(({ mayBeMissing }) => mayBeMissing) &&
    values.every((value, index) => columns[index] !== undefined && fitsColumn(value, columns[index]))
  );
}
