import { opendir, realpath, stat } from 'node:fs/promises';
import { basename, dirname, isAbsolute, join } from 'node:path';
import { isNodeError } from '../../platform/node-error.ts';
import { AppError } from '../../shared/app-error.ts';
import { safeFileName } from '../../shared/file-name.ts';
import type { FolderTicket } from '../../shared/ids.ts';
import type { FolderListing } from '../../shared/library.ts';
import { displayedName, displayedPath, showable } from './displayed-path.ts';
import type { FolderTickets } from './folder-tickets.ts';
import { listPlaces } from './list-places.ts';
import type { PlaceOptions } from './list-places.ts';
import { isSurelyNoDocument } from './readable-name.ts';

/** What the picker is made of. */
export type FolderPickerOptions = PlaceOptions & { readonly tickets: FolderTickets };

/** See the calls of the same names in `LibraryService`. */
export interface FolderPicker {
  openFolder(ticket: FolderTicket | null): Promise<FolderListing>;
  folderTicketForPath(path: string): Promise<FolderTicket>;
}

/** Folders of one listing; nobody scrolls further. */
const listedLimit = 5_000;

const unreadable = (path: string, cause: unknown): AppError => {
  const details = { name: safeFileName(path) };
  if (isNodeError(cause, 'ENOENT', 'ENOTDIR')) return new AppError('file/not-found', 'No such folder.', details);
  return new AppError('library/folder-unreadable', 'The folder cannot be opened.', details, { cause });
};

type Contents = { readonly folders: readonly string[]; readonly files: number };

async function listContents(folder: string): Promise<Contents> {
  const folders: string[] = [];
  let files = 0;
  try {
    for await (const entry of await opendir(folder, { bufferSize: 256 })) {
      if (entry.name.startsWith('.')) continue;
      const isFolder = entry.isSymbolicLink()
        ? ((await stat(join(folder, entry.name)).catch(() => null))?.isDirectory() ?? false)
        : entry.isDirectory();
      if (isFolder && folders.length < listedLimit) folders.push(entry.name);
      else if (entry.isFile() && !isSurelyNoDocument(entry.name)) files += 1;
    }
  } catch (error) {
    throw unreadable(folder, error);
  }
  const { compare } = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' });
  return { folders: folders.sort(compare), files };
}

/** The real path of a folder or file that a trusted process named, with the case that the file system has it in. Throws `file/not-found`, `library/folder-unreadable`. */
export async function resolvePath(path: string): Promise<{ readonly path: string; readonly isFolder: boolean }> {
  if (!isAbsolute(path) || path.includes('\0')) throw new AppError('app/invalid-input', 'The path is not absolute.');
  try {
    const real = await realpath(path);
    return { path: real, isFolder: (await stat(real)).isDirectory() };
  } catch (error) {
    throw unreadable(path, error);
  }
}

/** Makes a picker over the whole machine, as far as the user may look. */
export function createFolderPicker(options: FolderPickerOptions): FolderPicker {
  const { tickets, homeFolder } = options;
  const named = (path: string, name: string) => ({ ticket: tickets.ticketFor(path), name: showable(name) });
  return {
    async openFolder(ticket) {
      const folder = ticket === null ? homeFolder : tickets.resolve(ticket);
      const [{ folders, files }, places] = await Promise.all([listContents(folder), listPlaces(options)]);
      const parent = dirname(folder);
      return {
        ticket: tickets.ticketFor(folder),
        name: displayedName(folder),
        displayPath: displayedPath(folder, homeFolder),
        parent: parent === folder ? null : tickets.ticketFor(parent),
        folders: folders.map((name) => named(join(folder, name), name)),
        files,
        places: places.map(({ path, name }) => named(path, name)),
      };
    },
    async folderTicketForPath(path) {
      const resolved = await resolvePath(path);
      if (!resolved.isFolder) {
        throw new AppError('library/folder-unreadable', 'This is no folder.', { name: safeFileName(basename(path)) });
      }
      return tickets.ticketFor(resolved.path);
    },
  };
}
