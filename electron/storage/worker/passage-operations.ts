import type Database from 'better-sqlite3-multiple-ciphers';
import type { Handlers, OperationsOf } from '../operations.ts';
import { createPassageSearch } from './passage-search.ts';
import { passageRowSchema, selectPassages } from './passage-rows.ts';
import { readRow, readRows, requireFound } from './rows.ts';
import { createVectorOperations } from './vector-operations.ts';

/** The work behind the repository of passages. */
export function createPassageOperations(database: Database): Handlers<OperationsOf<'passages'>> {
  const selectAll = database.prepare(
    `${selectPassages} WHERE d.id = ? AND d.deleted_at IS NULL ORDER BY p.start_offset, p.number`,
  );
  const selectOne = database.prepare(`${selectPassages} WHERE p.id = ? AND d.deleted_at IS NULL`);
  // A document's passages have neighbouring numbers, in the order of the document.
  const selectAround = database.prepare(`
    ${selectPassages} JOIN passages centre ON centre.document_number = p.document_number
    WHERE centre.id = ? AND d.deleted_at IS NULL AND p.number BETWEEN centre.number - ? AND centre.number + ?
    ORDER BY p.number`);

  return {
    ...createVectorOperations(database),
    ...createPassageSearch(database),
    'passages.ofDocument': (id) => readRows(passageRowSchema, selectAll.all(id)),
    'passages.get': (ids) =>
      ids.flatMap((id) => {
        const row = selectOne.get(id);
        return row === undefined ? [] : [readRow(passageRowSchema, row)];
      }),
    'passages.neighbours': (id, reach) => {
      requireFound(selectOne.get(id) ?? null, 'passage');
      return readRows(passageRowSchema, selectAround.all(id, reach, reach)).filter((passage) => passage.id !== id);
    },
  };
}
