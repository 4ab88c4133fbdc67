import type Database from 'better-sqlite3-multiple-ciphers';
import { z } from 'zod';
import { documentIdSchema } from '../../shared/ids.ts';
import { labelledSchema } from '../label-operations.ts';
import type { Handlers, OperationsOf } from '../operations.ts';
import { readOptionalRow, readRow, readRows, requireChanged, requireFound } from './rows.ts';

const inheritedSchema = z.object({ name: z.string().nullable() });
const anySchema = z.object({ isAny: z.int() });
const namedSchema = z.object({ documentId: documentIdSchema });

/** Every value under the name `documentId` in the parts of a message, however deep. */
const selectNamed = `
  SELECT DISTINCT part.value AS documentId FROM messages, json_tree(messages.parts) AS part
  WHERE conversation_id = ? AND part.key = 'documentId' AND part.type = 'text'`;

const what = `
  iif(c.is_local_only AND c.name <> '', 'collection', 'source') AS because,
  iif(c.is_local_only AND c.name <> '', c.name, s.path) AS name`;

const selectLabelled = `
  SELECT ${what}
  FROM library_files f
    JOIN library_sources s ON s.id = f.source_id
    JOIN collections c ON c.id = s.collection_id
  WHERE f.document_number = (SELECT number FROM documents WHERE id = ?) AND (c.is_local_only OR s.is_local_only)
  LIMIT 1`;

/** Whether there is any label at all: where there is none, no file need be looked at. */
const selectAny = `
  SELECT EXISTS (SELECT 1 FROM collections WHERE is_local_only)
    OR EXISTS (SELECT 1 FROM library_sources WHERE is_local_only) AS isAny`;

/** Of the collection itself and of its sources. */
const selectOwn = `
  SELECT iif(c.is_local_only, 'collection', 'source') AS because, iif(c.is_local_only, c.name, s.path) AS name
  FROM collections c LEFT JOIN library_sources s ON s.collection_id = c.id AND s.is_local_only
  WHERE c.id = ? AND c.deleted_at IS NULL AND (c.is_local_only OR s.id IS NOT NULL)
  LIMIT 1`;

/** Of another collection or source that has a document of this one, too: a search in this one finds it. */
const selectShared = `
  SELECT ${what}
  FROM library_files mine
    JOIN collections mc ON mc.id = mine.collection_id AND mc.deleted_at IS NULL
    JOIN library_files f ON f.document_number = mine.document_number
    JOIN library_sources s ON s.id = f.source_id
    JOIN collections c ON c.id = s.collection_id
  WHERE mine.collection_id = ? AND mine.document_number IS NOT NULL AND (c.is_local_only OR s.is_local_only)
  LIMIT 1`;

/** The work behind labels that reach further than what they stand on. */
export function createLabelOperations(database: Database): Handlers<OperationsOf<'labels'>> {
  const labelled = database.prepare(selectLabelled);
  const any = database.prepare(selectAny);
  const own = database.prepare(selectOwn);
  const shared = database.prepare(selectShared);
  const named = database.prepare(selectNamed);
  const inherited = database.prepare('SELECT inherited_local_only AS name FROM conversations WHERE id = ?');
  const setInherited = database.prepare('UPDATE conversations SET inherited_local_only = ? WHERE id = ?');

  return {
    'labels.ofDocuments': (ids) => {
      for (const id of ids) {
        const found = readOptionalRow(labelledSchema, labelled.get(id));
        if (found !== null) return found;
      }
      return null;
    },
    'labels.ofCollections': (ids) => {
      if (readRow(anySchema, any.get()).isAny === 0) return null;
      for (const statement of [own, shared]) {
        for (const id of ids) {
          const found = readOptionalRow(labelledSchema, statement.get(id));
          if (found !== null) return found;
        }
      }
      return null;
    },
    'labels.namedIn': (id) => readRows(namedSchema, named.all(id)).map(({ documentId }) => documentId),
    'labels.inherited': (id) => readRow(inheritedSchema, requireFound(inherited.get(id) ?? null, 'conversation')).name,
    'labels.setInherited': (id, name) => requireChanged(setInherited.run(name, id), 'conversation'),
  };
}
