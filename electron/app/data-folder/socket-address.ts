import { lstat, mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AppError } from '../../shared/app-error.ts';

/** `sun_path` holds 104 bytes on macOS and 108 on Linux, its closing zero included. */
const pathLimitBytes = 103;

export type SocketPlace = {
  readonly operatingSystem: NodeJS.Platform;
  /** Folder of the announcements, inside the data folder. */
  readonly folder: string;
  /** Random, so that no address is ever used twice. */
  readonly name: string;
};

/**
 * Where a process listens: beside its announcement; in a folder of the user's own when that path is too long for a
 * socket or the disk has no sockets (`isElsewhere`); a named pipe on Windows.
 */
export async function socketAddress(place: SocketPlace, isElsewhere: boolean): Promise<string> {
  if (place.operatingSystem === 'win32') return `\\\\.\\pipe\\sotto-${place.name}`;
  const beside = join(place.folder, `${place.name}.sock`);
  if (!isElsewhere && Buffer.byteLength(beside) <= pathLimitBytes) return beside;
  return join(await runtimeFolder(), `${place.name}.sock`);
}

/** A folder that only this user can enter; anybody may create names in the system's temporary folder, so it is checked. */
async function runtimeFolder(): Promise<string> {
  const user = process.getuid?.() ?? 0;
  const folder = join(process.env['XDG_RUNTIME_DIR'] ?? tmpdir(), `sotto-${user}`);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const found = await lstat(folder);
  if (!found.isDirectory() || found.uid !== user || (found.mode & 0o077) !== 0) {
    throw new AppError('disk/not-writable', 'The folder for local sockets belongs to somebody else', { path: folder });
  }
  return folder;
}
