import type Database from 'better-sqlite3-multiple-ciphers';
import type { SearchScope } from '../../shared/search-scope.ts';

/** Numbers of the live documents that a scope names; takes `scopeValues`. */
export const scopedDocuments = `
  SELECT number FROM documents WHERE deleted_at IS NULL AND id IN (SELECT value FROM json_each(?))
  UNION
  SELECT f.document_number FROM library_files f
    JOIN collections c ON c.id = f.collection_id JOIN documents d ON d.number = f.document_number
  WHERE f.collection_id IN (SELECT value FROM json_each(?)) AND f.document_number IS NOT NULL
    AND c.deleted_at IS NULL AND d.deleted_at IS NULL`;

/** A scope as the values of `scopedDocuments`. */
export const scopeValues = ({ documentIds, collectionIds }: SearchScope): readonly [string, string] => [
  JSON.stringify(documentIds),
  JSON.stringify(collectionIds),
];

/** Which passages a search may find. */
export type PassageScope = {
  readonly has: (passageNumber: number) => boolean;
  /** How many there are. */
  readonly count: number;
  /** The lowest and the highest number; 0 and -1 when there is none. */
  readonly first: number;
  readonly last: number;
};

/** Reads scopes. A document's passages have neighbouring numbers, so its row says which they are. */
export function createScopeReader(database: Database): (scope: SearchScope) => PassageScope {
  const select = database
    .prepare(
      `SELECT first_passage, passages FROM documents
      WHERE passages > 0 AND first_passage IS NOT NULL AND number IN (${scopedDocuments})`,
    )
    .raw();

  const read = (values: readonly [string, string]): PassageScope => {
    // Thousands of rows of two whole numbers each, of our own making: a schema for every one would take longer than the search.
    const ranges = select.all(...values) as readonly (readonly [number, number])[];
    let [first, last, count] = [Infinity, -1, 0];
    for (const [start, passages] of ranges) {
      first = Math.min(first, start);
      last = Math.max(last, start + passages - 1);
      count += passages;
    }
    if (count === 0) return { has: () => false, count, first: 0, last: -1 };
    const marks = new Uint8Array(last - first + 1);
    for (const [start, passages] of ranges) marks.fill(1, start - first, start - first + passages);
    return { has: (number) => marks[number - first] === 1, count, first, last };
  };

  // One search asks for its scope three times in a row. No row is changed but through this connection.
  const countChanges = database.prepare('SELECT total_changes()').pluck();
  let held: { readonly key: string; readonly scope: PassageScope } | null = null;
  return (scope) => {
    const values = scopeValues(scope);
    const key = `${String(countChanges.get())} ${values.join(' ')}`;
    if (held?.key !== key) held = { key, scope: read(values) };
    return held.scope;
  };
}
