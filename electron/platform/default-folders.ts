import { posix, win32 } from 'node:path';

/** What decides where a user's data lies. */
export type FolderSurroundings = {
  readonly operatingSystem: NodeJS.Platform;
  readonly homeFolder: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
};

/**
 * The data folder by the convention of the operating system: `%APPDATA%\Sotto`, `~/Library/Application Support/Sotto`, and
 * elsewhere `$XDG_DATA_HOME/sotto` with `~/.local/share` as its default (XDG Base Directory Specification, which has
 * relative values ignored).
 */
export function defaultDataFolder({ operatingSystem, homeFolder, environment }: FolderSurroundings): string {
  switch (operatingSystem) {
    case 'win32':
      return win32.join(environment['APPDATA'] || win32.join(homeFolder, 'AppData', 'Roaming'), 'Sotto');
    case 'darwin':
      return posix.join(homeFolder, 'Library', 'Application Support', 'Sotto');
    default: {
      const chosen = environment['XDG_DATA_HOME'] ?? '';
      return posix.join(posix.isAbsolute(chosen) ? chosen : posix.join(homeFolder, '.local', 'share'), 'sotto');
    }
  }
}
