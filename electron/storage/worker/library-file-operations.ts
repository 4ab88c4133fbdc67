import type Database from 'better-sqlite3-multiple-ciphers';
import { z } from 'zod';
import { AppError } from '../../shared/app-error.ts';
import { libraryFileStatusSchema } from '../../shared/library.ts';
import { documentStatusSchema } from '../../shared/document.ts';
import { libraryFileIdSchema } from '../../shared/ids.ts';
import type { LibraryFileId } from '../../shared/ids.ts';
import { locatedFileSchema, storedFileSchema } from '../library-operations.ts';
import type { Handlers, OperationsOf } from '../operations.ts';
import type { FoundFile } from '../storage.ts';
import { foldCase } from './fold-case.ts';
import { flagColumn, jsonColumn, readOptionalRow, readRow, readRows, requireChanged, requireFound } from './rows.ts';

const errorColumn = jsonColumn(storedFileSchema.unwrap().shape.error.unwrap()).nullable();
const rowSchema = storedFileSchema.unwrap().extend({ error: errorColumn });
const locatedRowSchema = locatedFileSchema.unwrap().extend({ error: errorColumn });
const knownRowSchema = z.object({
  id: libraryFileIdSchema,
  sizeBytes: z.int(),
  modifiedAt: z.number(),
  status: libraryFileStatusSchema,
  error: z.string().nullable(),
});
const documentRowSchema = z.object({ number: z.int() });
const documentStateRowSchema = z.object({ status: documentStatusSchema, error: z.string().nullable() });
const flagRowSchema = z.object({ isLive: flagColumn });

const columns = `f.id, f.collection_id AS collectionId, f.source_id AS sourceId, f.path, f.size_bytes AS sizeBytes,
  f.modified_at AS modifiedAt, f.status, f.error, d.id AS documentId, f.hash`;
/** A document that was removed is as if it was not there. */
const tables = `library_files f LEFT JOIN documents d ON d.number = f.document_number AND d.deleted_at IS NULL`;
const live = 'EXISTS (SELECT 1 FROM collections c WHERE c.id = f.collection_id AND c.deleted_at IS NULL)';

const toJson = (value: unknown): string | null => (value === null ? null : JSON.stringify(value));

/** Writes what a walk found; call what it returns inside a transaction. */
function createFileWriter(database: Database): Handlers['libraryFiles.put'] {
  const selectSource = database.prepare(`
    SELECT deleted_at IS NULL AS isLive FROM library_sources s JOIN collections c ON c.id = collection_id
    WHERE s.id = ? AND c.id = ?`);
  const selectKnown = database.prepare(`
    SELECT id, size_bytes AS sizeBytes, modified_at AS modifiedAt, status, error FROM library_files
    WHERE source_id = ? AND path = ?`);
  const insert = database.prepare(`
    INSERT INTO library_files (id, collection_id, source_id, path, path_key, size_bytes, modified_at, status, error)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`);
  const update = database.prepare(
    'UPDATE library_files SET size_bytes = ?, modified_at = ?, status = ?, error = ? WHERE id = ?',
  );
  // What is left out on purpose is not found any more either.
  const letGo = database.prepare('UPDATE library_files SET document_number = NULL, hash = NULL WHERE id = ?');

  const change = (known: z.infer<typeof knownRowSchema>, { sizeBytes, modifiedAt, skipped }: FoundFile): void => {
    const isSame = known.sizeBytes === sizeBytes && known.modifiedAt === modifiedAt;
    const wasSkipped = known.status === 'skipped';
    if (skipped) {
      if (wasSkipped && isSame && known.error === toJson(skipped)) return;
      update.run(sizeBytes, modifiedAt, 'skipped', toJson(skipped), known.id);
      letGo.run(known.id);
    } else if (wasSkipped || !isSame) update.run(sizeBytes, modifiedAt, 'waiting', null, known.id);
  };

  return (sourceId, collectionId, files) => {
    readRow(flagRowSchema, requireFound(selectSource.get(sourceId, collectionId) ?? null, 'source'));
    for (const file of files) {
      const known = readOptionalRow(knownRowSchema, selectKnown.get(sourceId, file.path));
      if (known) {
        change(known, file);
        continue;
      }
      const { id, path, sizeBytes, modifiedAt, skipped } = file;
      const state = [sizeBytes, modifiedAt, skipped ? 'skipped' : 'waiting', toJson(skipped)] as const;
      insert.run(id, collectionId, sourceId, path, foldCase(path), ...state);
    }
  };
}

/** The work that looks for files. */
function createSelections(database: Database): Handlers<`libraryFiles.${'list' | 'get' | 'ofSource' | 'ofDocument'}`> {
  const matches = `
    FROM ${tables} WHERE f.collection_id = ? AND (? = '' OR instr(f.path_key, ?) > 0) AND f.status = ifnull(?, f.status)
      AND ${live}`;
  const selectPage = database.prepare(
    `SELECT ${columns} ${matches} ORDER BY f.path_key, f.path, f.number LIMIT ? OFFSET ?`,
  );
  const count = database.prepare(`SELECT count(*) ${matches}`).pluck();
  const selectOne = database.prepare(`SELECT ${columns} FROM ${tables} WHERE f.id = ?`);
  const selectOfSource = database.prepare(`
    SELECT ${columns} FROM ${tables} WHERE f.source_id = ? AND f.path > ? ORDER BY f.path LIMIT ?`);
  const selectOfDocument = database.prepare(`
    SELECT ${columns}, s.path AS sourcePath, s.kind AS sourceKind
    FROM ${tables} JOIN library_sources s ON s.id = f.source_id WHERE d.id = ? AND ${live} ORDER BY f.path, f.number`);

  return {
    'libraryFiles.list': ({ collectionId, query, status, offset, limit }) => {
      const key = foldCase(query);
      const values = [collectionId, key, key, status] as const;
      const files = readRows(rowSchema, selectPage.all(...values, limit, offset));
      return { files, total: Number(count.get(...values)) };
    },
    'libraryFiles.get': (id) => readOptionalRow(rowSchema, selectOne.get(id)),
    // No path is empty, so all of them come after it.
    'libraryFiles.ofSource': (id, afterPath, limit) =>
      readRows(rowSchema, selectOfSource.all(id, afterPath ?? '', limit)),
    'libraryFiles.ofDocument': (id) => readRows(locatedRowSchema, selectOfDocument.all(id)),
  };
}

/** The work behind the repository of files. */
export function createLibraryFileOperations(database: Database): Handlers<OperationsOf<'libraryFiles'>> {
  const selectOne = database.prepare(`SELECT ${columns} FROM ${tables} WHERE f.id = ?`);
  const selectWaiting = database.prepare(`
    SELECT ${columns} FROM ${tables}
    WHERE f.status IN ('waiting', 'reading') AND ${live} AND f.id NOT IN (SELECT value FROM json_each(?))
      AND (? IS NULL OR f.collection_id = ?) AND f.source_id NOT IN (SELECT value FROM json_each(?))
    ORDER BY f.size_bytes, f.number LIMIT ?`);
  const selectDocument = database.prepare('SELECT number FROM documents WHERE id = ? AND deleted_at IS NULL');
  const selectState = database.prepare('SELECT status, error FROM documents WHERE id = ? AND deleted_at IS NULL');
  const update = database.prepare(
    'UPDATE library_files SET status = ?, error = ?, hash = ?, document_number = ? WHERE id = ?',
  );
  const move = database.prepare('UPDATE library_files SET path = ?, path_key = ? WHERE id = ?');
  const remove = database.prepare('DELETE FROM library_files WHERE id = ?');
  const follow = database.prepare(`
    UPDATE library_files SET status = ?, error = ?
    WHERE status IN ('indexing', 'ready') AND document_number = (SELECT number FROM documents WHERE id = ?)`);
  // What the rows call 'reading' was left so by a process that ended, unless it was said since this one began.
  const reading = new Set<LibraryFileId>();

  return {
    ...createSelections(database),
    'libraryFiles.put': database.transaction(createFileWriter(database)),
    'libraryFiles.move': (id, path) => {
      try {
        requireChanged(move.run(path, foldCase(path), id), 'file');
      } catch (error) {
        if (!(error instanceof Error && 'code' in error && error.code === 'SQLITE_CONSTRAINT_UNIQUE')) throw error;
        throw new AppError('app/invalid-input', 'The source has a file at this path already.');
      }
    },
    'libraryFiles.remove': database.transaction((ids) => {
      for (const id of ids) remove.run(id);
    }),
    'libraryFiles.update': database.transaction((id, change) => {
      const next = storedFileSchema.parse({
        ...requireFound(readOptionalRow(rowSchema, selectOne.get(id)), 'file'),
        ...change,
      });
      const { status, error, hash, documentId } = next;
      const document = documentId && requireFound(selectDocument.get(documentId) ?? null, 'document');
      update.run(status, toJson(error), hash, document && readRow(documentRowSchema, document).number, id);
      if (status === 'reading') reading.add(id);
      else reading.delete(id);
    }),
    'libraryFiles.waiting': (limit, collectionId, exceptSources) => {
      const values = [collectionId, collectionId, JSON.stringify(exceptSources)] as const;
      return readRows(rowSchema, selectWaiting.all(JSON.stringify([...reading]), ...values, limit));
    },
    'libraryFiles.followDocument': (id) => {
      const { status, error } = readRow(documentStateRowSchema, requireFound(selectState.get(id) ?? null, 'document'));
      follow.run(status, error, id);
    },
  };
}
