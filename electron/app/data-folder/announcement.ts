import { mkdir, readFile, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { isNodeError } from '../../platform/node-error.ts';

/** What a process writes down about itself in the data folder: who it is and where it listens. */
const announcementSchema = z
  .object({ name: z.string().regex(/^[0-9a-f]{24}$/), pid: z.int().positive(), address: z.string().min(1) })
  .readonly();
export type Announcement = z.infer<typeof announcementSchema>;

/** Folder of the announcements inside a data folder, for its owner only. Throws what the disk says. */
export async function announcementFolder(dataFolder: string): Promise<string> {
  const folder = join(dataFolder, 'run');
  await mkdir(folder, { recursive: true, mode: 0o700 });
  return folder;
}

/** Appears at once and whole: nobody reads half an announcement. */
export async function writeAnnouncement(folder: string, announcement: Announcement): Promise<void> {
  const path = join(folder, `${announcement.name}.json`);
  await writeFile(`${path}.new`, JSON.stringify(announcement), { mode: 0o600, flag: 'wx' });
  await rename(`${path}.new`, path);
}

/** All announcements, own ones included; what is no announcement is cleared away. */
export async function readAnnouncements(folder: string): Promise<readonly Announcement[]> {
  const files = (await readdir(folder)).filter((file) => file.endsWith('.json'));
  const read = await Promise.all(files.map(async (file) => await readAnnouncement(folder, file)));
  return read.filter((announcement) => announcement !== null);
}

async function readAnnouncement(folder: string, file: string): Promise<Announcement | null> {
  const path = join(folder, file);
  try {
    const announcement = announcementSchema.parse(JSON.parse(await readFile(path, 'utf8')));
    if (`${announcement.name}.json` === file) return announcement;
  } catch (error) {
    // Withdrawn between listing and reading.
    if (isNodeError(error, 'ENOENT')) return null;
    if (!(error instanceof SyntaxError || error instanceof z.ZodError)) throw error;
  }
  await rm(path, { force: true });
  return null;
}

/** Safe at any time for a process that is gone: its name is never used again, so nobody else's can be meant. */
export async function removeAnnouncement(folder: string, { name, address }: Announcement): Promise<void> {
  await rm(join(folder, `${name}.json`), { force: true });
  if (!address.startsWith('\\\\')) await rm(address, { force: true });
}
