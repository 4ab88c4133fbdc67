import type Database from 'better-sqlite3-multiple-ciphers';
import { folderSchema } from '../../shared/conversation.ts';
import type { Handlers, OperationsOf } from '../operations.ts';
import { readRows, requireChanged } from './rows.ts';

/** The work behind the repository of folders. */
export function createFolderOperations(database: Database): Handlers<OperationsOf<'folders'>> {
  const selectAll = database.prepare('SELECT id, name, created_at AS createdAt FROM folders');
  const insert = database.prepare('INSERT INTO folders (id, name, created_at) VALUES (?, ?, ?)');
  const rename = database.prepare('UPDATE folders SET name = ? WHERE id = ?');
  const leave = database.prepare('UPDATE conversations SET folder_id = NULL WHERE folder_id = ?');
  const remove = database.prepare('DELETE FROM folders WHERE id = ?');
  // By the alphabet of people: SQLite knows no letter beyond ASCII.
  const order = new Intl.Collator(undefined, { numeric: true });

  return {
    'folders.list': () => {
      const folders = readRows(folderSchema, selectAll.all());
      return folders.sort((a, b) => order.compare(a.name, b.name) || a.createdAt - b.createdAt);
    },
    'folders.insert': ({ id, name, createdAt }) => void insert.run(id, name, createdAt),
    'folders.rename': (id, name) => requireChanged(rename.run(name, id), 'folder'),
    'folders.remove': database.transaction((id) => {
      leave.run(id);
      requireChanged(remove.run(id), 'folder');
    }),
  };
}
