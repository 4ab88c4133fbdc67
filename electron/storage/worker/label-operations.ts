import type Database from 'better-sqlite3-multiple-ciphers';
import { z } from 'zod';
import { documentIdSchema } from '../../shared/ids.ts';
import { labelledSchema } from '../label-operations.ts';
import type { Handlers, OperationsOf } from '../operations.ts';
import { readOptionalRow, readRow, readRows, requireChanged, requireFound } from './rows.ts';

const inheritedSchema = z.object({ name: z.string().nullable() });
const namedSchema = z.object({ documentId: documentIdSchema });

/** Every value under the name `documentId` in the parts of a message, however deep. */
const selectNamed = `
  SELECT DISTINCT part.value AS documentId FROM messages, json_tree(messages.parts) AS part
  WHERE conversation_id = ? AND part.key = 'documentId' AND part.type = 'text'`;

const selectLabelled = `
  SELECT iif(c.is_local_only AND c.name <> '', 'collection', 'source') AS because,
    iif(c.is_local_only AND c.name <> '', c.name, s.path) AS name
  FROM library_files f
    JOIN library_sources s ON s.id = f.source_id
    JOIN collections c ON c.id = s.collection_id
  WHERE f.document_number = (SELECT number FROM documents WHERE id = ?) AND (c.is_local_only OR s.is_local_only)
  LIMIT 1`;

/** The work behind labels that reach further than what they stand on. */
export function createLabelOperations(database: Database): Handlers<OperationsOf<'labels'>> {
  const labelled = database.prepare(selectLabelled);
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
    'labels.namedIn': (id) => readRows(namedSchema, named.all(id)).map(({ documentId }) => documentId),
    'labels.inherited': (id) => readRow(inheritedSchema, requireFound(inherited.get(id) ?? null, 'conversation')).name,
    'labels.setInherited': (id, name) => requireChanged(setInherited.run(name, id), 'conversation'),
  };
}
