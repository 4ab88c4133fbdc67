import type Database from 'better-sqlite3-multiple-ciphers';
import { folderSchema } from '../../shared/conversation.ts';
import type { Handlers, OperationsOf } from '../operations.ts';
import { flagColumn, readRows, requireChanged } from './rows.ts';

const rowSchema = folderSchema.unwrap().extend({ isLocalOnly: flagColumn });

/** The work behind the repository of folders. */
export function createFolderOperations(database: Database): Handlers<OperationsOf<'folders'>> {
  const selectAll = database.prepare(
    'SELECT id, name, is_local_only AS isLocalOnly, created_at AS createdAt FROM folders',
  );
  const insert = database.prepare('INSERT INTO folders (id, name, is_local_only, created_at) VALUES (?, ?, ?, ?)');
  const rename = database.prepare('UPDATE folders SET name = ? WHERE id = ?');
  const label = database.prepare('UPDATE folders SET is_local_only = ? WHERE id = ?');
  const leave = database.prepare('UPDATE conversations SET folder_id = NULL WHERE folder_id = ?');
  const remove = database.prepare('DELETE FROM folders WHERE id = ?');
  // By the alphabet of people: SQLite knows no letter beyond ASCII.
  const order = new Intl.Collator(undefined, { numeric: true });

  return {
    'folders.list': () => {
      const folders = readRows(rowSchema, selectAll.all());
      return folders.sort((a, b) => order.compare(a.name, b.name) || a.createdAt - b.createdAt);
    },
    'folders.insert': ({ id, name, isLocalOnly, createdAt }) =>
      void insert.run(id, name, Number(isLocalOnly), createdAt),
    'folders.rename': (id, name) => requireChanged(rename.run(name, id), 'folder'),
    'folders.setLocalOnly': (id, isLocalOnly) => requireChanged(label.run(Number(isLocalOnly), id), 'folder'),
    'folders.remove': database.transaction((id) => {
      leave.run(id);
      requireChanged(remove.run(id), 'folder');
    }),
  };
}
