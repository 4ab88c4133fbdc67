import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';

/** A folder that a person is likely to begin at. `path` is absolute. */
export type Place = { readonly name: string; readonly path: string };

/** Whose places. */
export type PlaceOptions = { readonly operatingSystem: NodeJS.Platform; readonly homeFolder: string };

const userFolderNames = ['Documents', 'Desktop', 'Downloads'] as const;

/**
 * Names of the user's folders under Linux differ by language; `user-dirs.dirs` has lines such as
 * `XDG_DOCUMENTS_DIR="$HOME/Dokumente"` (xdg-user-dirs).
 */
async function linuxUserFolders(homeFolder: string): Promise<readonly string[]> {
  const text = await readFile(join(homeFolder, '.config', 'user-dirs.dirs'), 'utf8').catch(() => '');
  return userFolderNames.map((name) => {
    const key = name === 'Downloads' ? 'DOWNLOAD' : name.toUpperCase();
    const value = new RegExp(`^XDG_${key}_DIR="\\$HOME/([^"\\n]+)"`, 'm').exec(text)?.[1];
    return join(homeFolder, value ?? name);
  });
}

async function childFolders(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  return entries.filter((entry) => entry.isDirectory()).map(({ name }) => join(folder, name));
}

async function driveFolders({ operatingSystem, homeFolder }: PlaceOptions): Promise<readonly string[]> {
  switch (operatingSystem) {
    case 'win32':
      return Array.from('CDEFGHIJKLMNOPQRSTUVWXYZ', (letter) => `${letter}:\\`);
    case 'darwin':
      return await childFolders('/Volumes');
    default: {
      const user = basename(homeFolder);
      const lists = await Promise.all([`/media/${user}`, `/run/media/${user}`, '/mnt'].map(childFolders));
      return lists.flat();
    }
  }
}

async function isFolder(path: string): Promise<boolean> {
  return (await stat(path).catch(() => null))?.isDirectory() ?? false;
}

/** The home folder, documents, desktop, downloads and drives, as far as they are there. */
export async function listPlaces(options: PlaceOptions): Promise<readonly Place[]> {
  const { operatingSystem, homeFolder } = options;
  const userFolders =
    operatingSystem === 'linux'
      ? await linuxUserFolders(homeFolder)
      : userFolderNames.map((name) => join(homeFolder, name));
  const paths = [...new Set([homeFolder, ...userFolders, ...(await driveFolders(options))])];
  const areThere = await Promise.all(paths.map(isFolder));
  return paths.filter((_, index) => areThere[index]).map((path) => ({ name: basename(path) || path, path }));
}
