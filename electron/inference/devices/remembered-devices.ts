import { randomUUID } from 'node:crypto';
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { z } from 'zod';
import { backendReportSchema, backendSchema } from '../../shared/machine.ts';
import { tuningSchema } from '../protocol/engine-event.ts';

const sizeClassSchema = z.int().min(0).max(64);

/** What is known of this machine's backends; nothing in it is about the person. */
export const rememberedDevicesSchema = z
  .object({
    version: z.literal(1),
    /** Of the library, the system and its drivers: all of the rest holds for these alone. */
    fingerprint: z.string(),
    /** Milliseconds since 1970. */
    examinedAt: z.int().nonnegative(),
    reports: z.array(backendReportSchema).max(8).readonly(),
    /** Loads that ended the process, by backend and size of the model. */
    crashes: z
      .array(z.object({ backend: backendSchema, sizeClass: sizeClassSchema, count: z.int().positive() }).readonly())
      .max(200)
      .readonly(),
    tunings: z
      .array(z.object({ backend: backendSchema, sizeClass: sizeClassSchema, tuning: tuningSchema }).readonly())
      .max(200)
      .readonly(),
  })
  .readonly();
export type RememberedDevices = z.infer<typeof rememberedDevicesSchema>;

/** Models of about the same size: a class is a factor of two. */
export function sizeClassOf(sizeBytes: number): number {
  return Math.max(0, Math.round(Math.log2(Math.max(1, sizeBytes))));
}

/** A file that is missing, damaged or of another version is nothing remembered: all of it can be found out again. */
export async function readRememberedDevices(path: string): Promise<RememberedDevices | null> {
  try {
    return rememberedDevicesSchema.safeParse(JSON.parse(await readFile(path, 'utf8'))).data ?? null;
  } catch {
    return null;
  }
}

/** Replaces the file in one step. Throws what the disk throws. */
export async function writeRememberedDevices(path: string, remembered: RememberedDevices): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const temporaryPath = `${path}.${randomUUID()}.partial`;
  try {
    await using file = await open(temporaryPath, 'wx', 0o600);
    await file.writeFile(`${JSON.stringify(remembered, null, 2)}\n`);
    await file.sync();
    await rename(temporaryPath, path);
  } catch (error) {
    await rm(temporaryPath, { force: true });
    throw error;
  }
}
