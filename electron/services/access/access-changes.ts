import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { accessRecordSchema, type AccessRecord } from '../../platform/access-file.ts';
import { syncFolder } from '../../platform/sync-folder.ts';

const fileName = 'access-change.json';

/**
 * A change of how chats are kept that has begun: written before its first step and removed after its last, so that the next
 * start can end what a crash cut short. Holds no secret. `to` is null for an erasure.
 */
const accessChangeSchema = z
  .object({ from: accessRecordSchema.nullable(), to: accessRecordSchema.nullable() })
  .readonly();
export type AccessChange = z.infer<typeof accessChangeSchema>;

/** The change that was under way, or null. One that cannot be read was never begun: its steps come after it is whole. */
export async function readAccessChange(dataFolder: string): Promise<AccessChange | null> {
  const text = await readFile(join(dataFolder, fileName), 'utf8').catch(() => null);
  if (text === null) return null;
  try {
    return accessChangeSchema.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}

/** On the disk when it resolves. Throws what the disk throws. */
export async function writeAccessChange(dataFolder: string, change: AccessChange): Promise<void> {
  await mkdir(dataFolder, { recursive: true, mode: 0o700 });
  const path = join(dataFolder, fileName);
  const partialPath = `${path}.partial`;
  try {
    const file = await open(partialPath, 'w', 0o600);
    try {
      await file.writeFile(`${JSON.stringify(change)}\n`);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(partialPath, path);
    await syncFolder(dataFolder);
  } catch (error) {
    await rm(partialPath, { force: true });
    throw error;
  }
}

/** Says that the change is over. */
export async function removeAccessChange(dataFolder: string): Promise<void> {
  await rm(join(dataFolder, fileName), { force: true });
  await rm(join(dataFolder, `${fileName}.partial`), { force: true });
}

/** The same way of keeping, with the same key. */
export function isSameRecord(a: AccessRecord | null, b: AccessRecord | null): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
