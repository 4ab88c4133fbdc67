import { randomUUID } from 'node:crypto';
import { mkdir, open, readFile, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { keepingSchema } from '../shared/access.ts';
import { sealedKeySchema } from './key-seal.ts';
import { isNodeError } from './node-error.ts';
import { syncFolder } from './sync-folder.ts';

/**
 * How the database's key is kept: `access.json` in the data folder, readable without a key, holding no secret. Absent
 * before the first choice.
 */
export const accessRecordSchema = z.discriminatedUnion('keeping', [
  z.object({ version: z.literal(1), keeping: keepingSchema.extract(['session-only']) }).readonly(),
  /** The key is in the keychain under `account`, as base64. */
  z.object({ version: z.literal(1), keeping: keepingSchema.extract(['keychain']), account: z.string() }).readonly(),
  z
    .object({ version: z.literal(1), keeping: keepingSchema.extract(['passphrase']), sealedKey: sealedKeySchema })
    .readonly(),
]);
export type AccessRecord = z.infer<typeof accessRecordSchema>;

const fileName = 'access.json';

/**
 * The record; null when nothing was chosen yet. `damaged` is a file that is there and cannot be read or understood, such as
 * one of a newer Sotto: a database may lie beside it, so it is no reason to begin anew. It stays as it is.
 */
export async function readAccessFile(
  dataFolder: string,
): Promise<AccessRecord | null | { readonly status: 'damaged' }> {
  try {
    const text = await readFile(join(dataFolder, fileName), 'utf8');
    return accessRecordSchema.safeParse(JSON.parse(text)).data ?? { status: 'damaged' };
  } catch (error) {
    return isNodeError(error, 'ENOENT') ? null : { status: 'damaged' };
  }
}

/**
 * Replaces the record in one step. Resolves when the disk has it; a failure throws the system's error and leaves the old
 * record. Makes the data folder when it is missing. Calls must not overlap.
 */
export async function writeAccessFile(dataFolder: string, record: AccessRecord): Promise<void> {
  await mkdir(dataFolder, { recursive: true, mode: 0o700 });
  const path = join(dataFolder, fileName);
  const before = await readFile(path).catch((error: unknown) => {
    if (isNodeError(error, 'ENOENT')) return null;
    throw error;
  });
  await replaceFile(dataFolder, path, `${JSON.stringify(record, null, 2)}\n`);
  try {
    await syncFolder(dataFolder);
  } catch (error) {
    // The caller hears that the new record is not there, so the old one has to be.
    await (before === null ? rm(path, { force: true }) : replaceFile(dataFolder, path, before)).catch(() => undefined);
    throw error;
  }
}

/** Removes the record and what an interrupted write left. Resolves when the disk has forgotten it. */
export async function removeAccessFile(dataFolder: string): Promise<void> {
  const names = await readdir(dataFolder).catch((error: unknown): string[] => {
    if (isNodeError(error, 'ENOENT')) return [];
    throw error;
  });
  const own = names.filter((name) => name === fileName || /^access\.json\.[0-9a-f-]{36}\.partial$/.test(name));
  for (const name of own) await rm(join(dataFolder, name), { force: true });
  if (own.length > 0) await syncFolder(dataFolder);
}

async function replaceFile(dataFolder: string, path: string, content: string | Uint8Array): Promise<void> {
  const temporaryPath = join(dataFolder, `${fileName}.${randomUUID()}.partial`);
  try {
    const file = await open(temporaryPath, 'wx', 0o600);
    try {
      await file.writeFile(content);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporaryPath, path);
  } catch (error) {
    await rm(temporaryPath, { force: true }).catch(() => undefined);
    throw error;
  }
}
