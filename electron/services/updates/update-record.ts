import { createHash, randomBytes } from 'node:crypto';
import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { replaceFile } from '../../platform/replace-file.ts';

const updateRecordSchema = z
  .object({
    /** Hexadecimal; by it the computer finds its place in a roll-out. It never leaves. */
    lot: z.string().regex(/^[0-9a-f]{32}$/),
    checkedAt: z.int().nonnegative().nullable(),
  })
  .readonly();

/** What is remembered of updates from one start to the next. */
export type UpdateRecord = z.infer<typeof updateRecordSchema>;

const recordName = 'record.json';
const feedName = 'feed.txt';
const recordPath = (folder: string): string => join(folder, recordName);

/** A record that is not there, or is damaged, is a new one with another lot. */
export async function readUpdateRecord(folder: string): Promise<UpdateRecord> {
  try {
    return updateRecordSchema.parse(JSON.parse(await readFile(recordPath(folder), 'utf8')));
  } catch {
    return { lot: randomBytes(16).toString('hex'), checkedAt: null };
  }
}

/** The feed of the last check, with its signature; null when there is none. */
export async function readKeptFeed(folder: string): Promise<Uint8Array | null> {
  return await readFile(join(folder, feedName)).catch(() => null);
}

/** So that a version that was found is offered after a restart too. Throws what the disk says. */
export async function writeKeptFeed(folder: string, bytes: Uint8Array): Promise<void> {
  await replaceFile(join(folder, feedName), Buffer.from(bytes).toString('utf8'));
}

/** Removes what is of no use any more: packages but the named one, and what there is of them. */
export async function clearPackages(folder: string, name: string | null): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  const kept = [recordName, feedName, ...(name === null ? [] : [name, `${name}.part`])];
  for (const other of names.filter((one) => !kept.includes(one))) {
    await rm(join(folder, other), { force: true }).catch(() => undefined);
  }
}

/** Throws what the disk says. */
export async function writeUpdateRecord(folder: string, record: UpdateRecord): Promise<void> {
  await replaceFile(recordPath(folder), JSON.stringify(record));
}

/**
 * Whether a computer with this lot is among the first so many percent of a version. The order is another one for each
 * version, so that the same computers are not always the first.
 */
export function isWithinRollout(lot: string, version: string, rolloutPercent: number): boolean {
  const digest = createHash('sha256').update(`${lot} ${version}`).digest();
  return (digest.readUInt32BE(0) / 0x1_0000_0000) * 100 < rolloutPercent;
}
