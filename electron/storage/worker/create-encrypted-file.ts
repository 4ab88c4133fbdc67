import { closeSync, openSync } from 'node:fs';
import { migrate } from './migrate.ts';
import { migrations } from './migrations.ts';
import { closeWithoutLog, openEncryptedFile } from './open-encrypted-file.ts';

/** An empty database of the newest version at a new path, readable by its owner only. The caller gives it its place. */
export function createEncryptedFile(path: string, key: Uint8Array): void {
  closeSync(openSync(path, 'wx', 0o600));
  const database = openEncryptedFile(path, key);
  try {
    migrate(database, migrations);
    closeWithoutLog(database);
  } finally {
    database.close();
  }
}
