import type Database from 'better-sqlite3-multiple-ciphers';
import { z } from 'zod';
import { AppError } from '../../shared/app-error.ts';
import { collectionIdSchema } from '../../shared/ids.ts';
import type { CollectionId } from '../../shared/ids.ts';
import { libraryFileStatusSchema } from '../../shared/library.ts';
import type { FileCounts } from '../../shared/library.ts';
import { storedCollectionSchema, storedSourceSchema } from '../library-operations.ts';
import type { Handlers, OperationsOf } from '../operations.ts';
import { foldCase } from './fold-case.ts';
import { flagColumn, jsonColumn, readOptionalRow, readRow, readRows, requireChanged, requireFound } from './rows.ts';

const sourceRowSchema = storedSourceSchema
  .unwrap()
  .extend({ ignorePatterns: jsonColumn(storedSourceSchema.unwrap().shape.ignorePatterns), isLocalOnly: flagColumn });
const collectionRowSchema = storedCollectionSchema.unwrap().extend({ isLocalOnly: flagColumn });
const removedRowSchema = z.object({ path: z.string(), holder: collectionIdSchema });
const countRowSchema = z.object({ status: libraryFileStatusSchema, count: z.int() });

const selectSources = `
  SELECT s.id, collection_id AS collectionId, kind, path, ignore_patterns AS ignorePatterns,
    s.is_local_only AS isLocalOnly
  FROM library_sources s JOIN collections c ON c.id = collection_id WHERE c.deleted_at IS NULL`;

type CollectionNames = 'list' | 'counts' | 'insert' | 'rename' | 'setLocalOnly' | 'remove' | 'restore';

/** The work behind collections as a whole. */
function createWholeOperations(database: Database): Handlers<`collections.${CollectionNames}`> {
  const select =
    'SELECT id, name, is_local_only AS isLocalOnly, created_at AS createdAt FROM collections WHERE deleted_at IS NULL';
  const selectAll = database.prepare(`${select} ORDER BY name_key, id`);
  const selectTaken = database.prepare(`${select} AND name_key = ? AND id <> ?`);
  const selectRemovedKey = database
    .prepare('SELECT name_key FROM collections WHERE id = ? AND deleted_at IS NOT 0')
    .pluck();
  const count = database.prepare(
    'SELECT status, count(*) AS count FROM library_files WHERE collection_id = ? GROUP BY status',
  );
  const insert = database.prepare(
    'INSERT INTO collections (id, name, name_key, is_local_only, created_at) VALUES (?, ?, ?, ?, ?)',
  );
  const rename = database.prepare('UPDATE collections SET name = ?, name_key = ? WHERE id = ? AND deleted_at IS NULL');
  const label = database.prepare('UPDATE collections SET is_local_only = ? WHERE id = ? AND deleted_at IS NULL');
  const remove = database.prepare('UPDATE collections SET deleted_at = ? WHERE id = ? AND deleted_at IS NULL');
  const restore = database.prepare('UPDATE collections SET deleted_at = NULL WHERE id = ? AND deleted_at IS NOT 0');
  const requireFree = (key: string, id: CollectionId): void => {
    if (selectTaken.get(key, id) !== undefined) {
      throw new AppError('library/name-taken', 'Another collection has this name.');
    }
  };

  return {
    'collections.list': () => readRows(collectionRowSchema, selectAll.all()),
    'collections.counts': (id): FileCounts => {
      const counts = new Map(readRows(countRowSchema, count.all(id)).map((row) => [row.status, row.count]));
      const of = (...statuses: readonly z.infer<typeof libraryFileStatusSchema>[]): number =>
        statuses.reduce((sum, status) => sum + (counts.get(status) ?? 0), 0);
      return {
        total: of(...libraryFileStatusSchema.options),
        ready: of('ready'),
        pending: of('waiting', 'reading', 'indexing'),
        failed: of('failed'),
        skipped: of('skipped'),
      };
    },
    'collections.insert': database.transaction(({ id, name, isLocalOnly, createdAt }) => {
      requireFree(foldCase(name), id);
      insert.run(id, name, foldCase(name), Number(isLocalOnly), createdAt);
    }),
    'collections.rename': database.transaction((id, name) => {
      requireFree(foldCase(name), id);
      requireChanged(rename.run(name, foldCase(name), id), 'collection');
    }),
    'collections.setLocalOnly': (id, isLocalOnly) => requireChanged(label.run(Number(isLocalOnly), id), 'collection'),
    'collections.remove': (id, deletedAt) => requireChanged(remove.run(deletedAt, id), 'collection'),
    'collections.restore': database.transaction((id) => {
      const key = selectRemovedKey.get(id);
      if (typeof key === 'string') requireFree(key, id);
      requireChanged(restore.run(id), 'collection');
    }),
  };
}

type RemovalNames = 'removeSource' | 'restoreSource';

/**
 * A removed source lies with its files in a removed collection of its own, which has no name: there it counts for nothing,
 * keeps what was read and the label of its collection, and is purged in time like every removed collection.
 */
function createSourceRemoval(
  database: Database,
  requireFree: (collectionId: CollectionId, path: string, id: string) => void,
): Handlers<`collections.${RemovalNames}`> {
  const selectOne = database.prepare(`${selectSources} AND s.id = ?`);
  const selectRemoved = database.prepare(`
    SELECT s.path, c.id AS holder FROM library_sources s JOIN collections c ON c.id = collection_id
    WHERE s.id = ? AND c.name = '' AND c.deleted_at IS NOT NULL AND c.deleted_at IS NOT 0`);
  const selectCollection = database.prepare('SELECT id FROM collections WHERE id = ? AND deleted_at IS NULL');
  const insertHolder = database.prepare(
    `INSERT INTO collections (id, name, name_key, is_local_only, created_at, deleted_at)
     SELECT ?, '', '', is_local_only, ?, ? FROM collections WHERE id = (SELECT collection_id FROM library_sources WHERE id = ?)`,
  );
  const removeHolder = database.prepare('DELETE FROM collections WHERE id = ?');
  const moveSource = database.prepare('UPDATE library_sources SET collection_id = ? WHERE id = ?');
  const moveFiles = database.prepare('UPDATE library_files SET collection_id = ? WHERE source_id = ?');

  return {
    'collections.removeSource': database.transaction((id, holder, deletedAt) => {
      requireFound(selectOne.get(id) ?? null, 'source');
      insertHolder.run(holder, deletedAt, deletedAt, id);
      moveSource.run(holder, id);
      moveFiles.run(holder, id);
    }),
    'collections.restoreSource': database.transaction((id, collectionId) => {
      const { path, holder } = readRow(removedRowSchema, requireFound(selectRemoved.get(id) ?? null, 'source'));
      requireFound(selectCollection.get(collectionId) ?? null, 'collection');
      requireFree(collectionId, path, id);
      moveSource.run(collectionId, id);
      moveFiles.run(collectionId, id);
      removeHolder.run(holder);
    }),
  };
}

/** The work behind the repository of collections. */
export function createCollectionOperations(database: Database): Handlers<OperationsOf<'collections'>> {
  const selectAll = database.prepare(`${selectSources} ORDER BY c.name_key, s.path`);
  const selectOne = database.prepare(`${selectSources} AND s.id = ?`);
  const selectTaken = database.prepare(
    'SELECT id FROM library_sources WHERE collection_id = ? AND path = ? AND id <> ?',
  );
  const selectCollection = database.prepare('SELECT id FROM collections WHERE id = ? AND deleted_at IS NULL');
  const insert = database.prepare(
    'INSERT INTO library_sources (id, collection_id, kind, path, ignore_patterns, is_local_only) VALUES (?, ?, ?, ?, ?, ?)',
  );
  const update = database.prepare(
    'UPDATE library_sources SET path = ?, ignore_patterns = ?, is_local_only = ? WHERE id = ?',
  );
  const requireFree = (collectionId: CollectionId, path: string, id: string): void => {
    if (selectTaken.get(collectionId, path, id) !== undefined) {
      throw new AppError('library/source-taken', 'The collection has this path already.');
    }
  };

  return {
    ...createWholeOperations(database),
    ...createSourceRemoval(database, requireFree),
    'collections.sources': () => readRows(sourceRowSchema, selectAll.all()),
    'collections.insertSource': database.transaction(
      ({ id, collectionId, kind, path, ignorePatterns, isLocalOnly }) => {
        requireFound(selectCollection.get(collectionId) ?? null, 'collection');
        requireFree(collectionId, path, id);
        insert.run(id, collectionId, kind, path, JSON.stringify(ignorePatterns), Number(isLocalOnly));
      },
    ),
    'collections.updateSource': database.transaction((id, change) => {
      const current = requireFound(readOptionalRow(sourceRowSchema, selectOne.get(id)), 'source');
      const next = storedSourceSchema.parse({ ...current, ...change });
      requireFree(next.collectionId, next.path, id);
      update.run(next.path, JSON.stringify(next.ignorePatterns), Number(next.isLocalOnly), id);
    }),
  };
}
