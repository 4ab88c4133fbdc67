import { copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readAccessFile } from '../../../electron/platform/access-file.ts';
import { openSealedKey } from '../../../electron/platform/key-seal.ts';
import { openEncryptedFile } from '../../../electron/storage/worker/open-encrypted-file.ts';

/** Asks SQLite itself about a copy of the database as a kill left it, its log included: what is wrong, if anything. */
export async function checkDatabase(dataFolder: string, passphrase: string): Promise<readonly string[]> {
  const record = await readAccessFile(dataFolder);
  if (record === null || 'status' in record || record.keeping !== 'passphrase')
    return ['There is no record of the key'];
  const key = await openSealedKey(record.sealedKey, passphrase);
  if (key === null) return ['The passphrase does not open the key'];
  const folder = mkdtempSync(join(tmpdir(), 'sotto-check-'));
  try {
    for (const name of ['sotto.db', 'sotto.db-wal']) {
      if (existsSync(join(dataFolder, name))) copyFileSync(join(dataFolder, name), join(folder, name));
    }
    const database = openEncryptedFile(join(folder, 'sotto.db'), key);
    try {
      const integrity = String(database.pragma('integrity_check(1)', { simple: true }));
      const orphans = database.prepare('SELECT count(*) FROM pragma_foreign_key_check').pluck().get();
      return [
        ...(integrity === 'ok' ? [] : [`integrity_check: ${integrity}`]),
        ...(orphans === 0 ? [] : [`${String(orphans)} rows that name what is not there`]),
      ];
    } finally {
      database.close();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
