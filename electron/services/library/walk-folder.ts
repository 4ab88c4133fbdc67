import type { Stats } from 'node:fs';
import { lstat, opendir } from 'node:fs/promises';
import { join } from 'node:path';
import { isNodeError } from '../../platform/node-error.ts';
import { AppError } from '../../shared/app-error.ts';
import type { AppErrorCode, AppErrorData } from '../../shared/app-error.ts';
import { safeFileName } from '../../shared/file-name.ts';
import type { IgnoreRules } from './ignore-rules.ts';
import { comparePaths } from './path-order.ts';
import { reasonToSkip } from './readable-name.ts';

/** What lies at one place below a source. */
export type WalkedFile = {
  /** With `/` between its parts; a folder ends in one. */
  readonly path: string;
  readonly sizeBytes: number;
  /** Milliseconds since 1970. */
  readonly modifiedAt: number;
  /** Why it is not read; null when it is. */
  readonly skipped: AppErrorData | null;
  /** A folder that could not be opened: nothing is known of what lies in it. */
  readonly isClosedFolder: boolean;
};

/** How a folder is walked through. */
export type WalkOptions = {
  /** Absolute. */
  readonly root: string;
  readonly rules: IgnoreRules;
  /** Absolute paths of folders that are never entered, such as the app's own. */
  readonly excluded: ReadonlySet<string>;
  /** Told of every folder that is gone through, below the root: `''` is the root, others end in a stroke. */
  readonly onFolder: (folder: string) => void;
  readonly signal: AbortSignal;
};

type Entry = { readonly name: string; readonly sortName: string; readonly kind: 'folder' | 'file' | 'other' };

/** A folder that is being gone through; `entries` are in order, `index` is the next. */
type Level = { readonly folder: string; readonly entries: readonly Entry[]; readonly identity: string; index: number };

/** Files handed on at once, so that whoever compares them never works for long without a pause. */
const sliceLength = 500;
/** Questions to the file system at once; more would take its threads away from everyone else. */
const askedAtOnce = 16;

const skip = (code: AppErrorCode, message: string, path: string): AppErrorData =>
  new AppError(code, message, { name: safeFileName(path) }).toData();

const leftOut = (path: string, skipped: AppErrorData, isClosedFolder = false): WalkedFile => ({
  path: path.toWellFormed(),
  sizeBytes: 0,
  modifiedAt: 0,
  skipped,
  isClosedFolder,
});

/** A name that is no text: it cannot be written down in a way that finds the file again. */
const isUnnameable = (name: string): boolean => !name.isWellFormed() || name.includes('\ufffd');

async function listFolder(folder: string, options: WalkOptions): Promise<readonly Entry[]> {
  const { root, rules, excluded, onFolder } = options;
  const entries: Entry[] = [];
  onFolder(folder);
  for await (const entry of await opendir(join(root, folder), { bufferSize: 256 })) {
    const path = folder + entry.name;
    const isFolder = entry.isDirectory();
    if (rules.ignores(path, isFolder) || (isFolder && excluded.has(join(root, path)))) continue;
    const kind = isFolder ? 'folder' : entry.isFile() ? 'file' : 'other';
    // With its stroke, a folder comes where its first file comes in the order of whole paths.
    entries.push({ name: entry.name, sortName: isFolder ? `${entry.name}/` : entry.name, kind });
  }
  return entries.sort((first, second) => comparePaths(first.sortName, second.sortName));
}

/** One file as the walk of its folder finds it; null when it is gone meanwhile. Links are never followed. */
export async function lookAtFile(root: string, path: string): Promise<WalkedFile | null> {
  if (isUnnameable(path)) return leftOut(path, skip('file/unreadable', 'The name is no text.', path));
  try {
    const stats = await lstat(join(root, path));
    // A folder now: the next walk goes through it.
    if (stats.isDirectory()) return null;
    if (!stats.isFile()) return leftOut(path, skip('library/not-a-file', 'A link, a pipe or a device.', path));
    const { size: sizeBytes, mtimeMs: modifiedAt } = stats;
    return { path, sizeBytes, modifiedAt, skipped: reasonToSkip(path, sizeBytes), isClosedFolder: false };
  } catch (error) {
    if (isNodeError(error, 'ENOENT', 'ENOTDIR')) return null;
    return leftOut(path, skip('file/unreadable', 'The file cannot be looked at.', path));
  }
}

const identityOf = ({ dev, ino }: Stats): string => (ino === 0 ? '' : `${dev}:${ino}`);

/** Opens a folder below those of `levels`; what is left out instead when it cannot be entered; null when it is gone. */
async function enter(
  folder: string,
  levels: readonly Level[],
  options: WalkOptions,
): Promise<Level | WalkedFile | null> {
  const name = folder.slice(0, -1);
  const closed = (): WalkedFile =>
    leftOut(folder, skip('library/folder-unreadable', 'The folder cannot be opened.', name), true);
  if (isUnnameable(name)) return closed();
  try {
    const stats = await lstat(join(options.root, folder));
    // A folder that became something else since its parent was listed is looked at next time.
    if (!stats.isDirectory()) return null;
    const identity = identityOf(stats);
    // Mounted inside itself, a folder would go on for ever.
    if (identity !== '' && levels.some((level) => level.identity === identity)) return null;
    return { folder, identity, entries: await listFolder(folder, options), index: 0 };
  } catch (error) {
    return isNodeError(error, 'ENOENT', 'ENOTDIR') ? null : closed();
  }
}

/** The next entries that are no folders, at most as many as are asked about at once. */
function nextFiles(level: Level): readonly Entry[] {
  const files: Entry[] = [];
  for (let entry = level.entries[level.index]; entry; entry = level.entries[level.index]) {
    if (entry.kind === 'folder' || files.length === askedAtOnce) break;
    files.push(entry);
    level.index += 1;
  }
  return files;
}

/**
 * Everything below a folder that is not ignored, in the order of `comparePaths`, in slices. Links are told as left out and
 * never followed, so that nothing outside the folder is read and nothing in it twice. Throws what opening the root throws,
 * and the signal's reason.
 */
export async function* walkFolder(options: WalkOptions): AsyncGenerator<readonly WalkedFile[], void, void> {
  const { root, signal } = options;
  const rootIdentity = identityOf(await lstat(root));
  const levels: Level[] = [{ folder: '', identity: rootIdentity, entries: await listFolder('', options), index: 0 }];
  let slice: WalkedFile[] = [];
  for (let level = levels.at(-1); level; level = levels.at(-1)) {
    signal.throwIfAborted();
    const { folder } = level;
    const looks = nextFiles(level).map(({ name }) => lookAtFile(root, folder + name));
    for (const found of await Promise.all(looks)) if (found) slice.push(found);
    if (slice.length >= sliceLength) {
      yield slice;
      slice = [];
    }
    const next = level.entries[level.index];
    if (next === undefined) levels.pop();
    else if (next.kind === 'folder') {
      level.index += 1;
      const entered = await enter(`${folder}${next.name}/`, levels, options);
      if (entered === null) continue;
      if ('entries' in entered) levels.push(entered);
      else slice.push(entered);
    }
  }
  yield slice;
}
