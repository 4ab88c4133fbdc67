import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import createIgnore from 'ignore';

/** Name of the file in a folder that says what is left out of it, in gitignore syntax. */
export const ignoreFileName = '.sottoignore';

/** Left out of every folder unless a later pattern takes it in again: what is hidden, made by programs, or in between. */
const defaultPatterns: readonly string[] = [
  '.*',
  'node_modules/',
  '__pycache__/',
  'lost+found/',
  '$RECYCLE.BIN/',
  'System Volume Information/',
  'Thumbs.db',
  'desktop.ini',
  '~$*',
  '*~',
];

const ignoreFileLimitBytes = 64 * 1024;
const lineLimit = 1_000;
const lengthLimit = 500;

/** More than this many stars in one pattern can take minutes to compare with one long name. */
const starLimit = 4;

/** Tells what is left out of a source. */
export interface IgnoreRules {
  /** `path` is below the source, with `/` between its parts. */
  ignores(path: string, isFolder: boolean): boolean;
}

/** True for a pattern that is compared in reasonable time whatever the name. */
export function isModestPattern(pattern: string): boolean {
  return pattern.length <= lengthLimit && (pattern.match(/\*+/g) ?? []).length <= starLimit;
}

/** Rules of the defaults, then of the lines of a `.sottoignore`, then of the user's own patterns: the last that fits decides. */
export function createIgnoreRules(lines: readonly string[], patterns: readonly string[]): IgnoreRules {
  const rules = createIgnore()
    .add(defaultPatterns)
    .add([...lines, ...patterns].filter(isModestPattern));
  return {
    ignores: (path, isFolder) => {
      const asked = isFolder ? `${path}/` : path;
      return createIgnore.isPathValid(asked) && rules.ignores(asked);
    },
  };
}

/** The lines of a folder's `.sottoignore`; none where there is none that can be read. At most 64 KiB and 1,000 lines count. */
export async function readIgnoreFile(folder: string): Promise<readonly string[]> {
  try {
    // A named pipe of that name must not be waited for.
    const handle = await open(join(folder, ignoreFileName), constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    try {
      if (!(await handle.stat()).isFile()) return [];
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(ignoreFileLimitBytes), 0, ignoreFileLimitBytes, 0);
      return buffer.toString('utf8', 0, bytesRead).split(/\r?\n/).slice(0, lineLimit);
    } finally {
      await handle.close();
    }
  } catch {
    return [];
  }
}
