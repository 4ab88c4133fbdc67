import { lstat, opendir } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { isNodeError } from '../../platform/node-error.ts';
import { createId, libraryFileIdSchema } from '../../shared/ids.ts';
import type { SourceState } from '../../shared/library.ts';
import type { FoundFile, Storage, StoredFile, StoredSource } from '../../storage/storage.ts';
import { compareFiles } from './compare-files.ts';
import type { Comparison } from './compare-files.ts';
import { findRenames } from './find-renames.ts';
import type { Renames } from './find-renames.ts';
import { createIgnoreRules, readIgnoreFile } from './ignore-rules.ts';
import type { IgnoreRules } from './ignore-rules.ts';
import { lookAtFile, walkFolder } from './walk-folder.ts';
import type { WalkedFile, WalkOptions } from './walk-folder.ts';

/** What walking through a source needs. */
export type SourceWalkOptions = {
  readonly storage: Pick<Storage, 'collections' | 'libraryFiles'>;
  /** Absolute paths of folders that are never entered. */
  readonly excluded: ReadonlySet<string>;
  /** Default `collectionFileLimit`. */
  readonly fileLimit?: number | undefined;
};

type WalkStorage = SourceWalkOptions['storage'];

/** How a walk ended. */
export type WalkResult = {
  readonly state: Exclude<SourceState, 'scanning'>;
  /** The stored files are other than before. */
  readonly hasChanges: boolean;
  /** Some file is no longer what it was, so that what was read of it may be nobody's. */
  readonly hasRemovals: boolean;
  /** What tells of changes, below the source: `''` is the source, or the folder of a source that is a file. */
  readonly folders: readonly string[];
  readonly rules: IgnoreRules;
};

/** Rows that go to the database at once. */
const batchLength = 500;

const unchanged = (state: WalkResult['state'], rules: IgnoreRules): WalkResult => {
  return { state, hasChanges: false, hasRemovals: false, folders: [], rules };
};

async function* storedFiles(
  { libraryFiles }: WalkStorage,
  { id }: StoredSource,
): AsyncGenerator<readonly StoredFile[], void, void> {
  for (let after: string | null = null; ;) {
    const files: readonly StoredFile[] = await libraryFiles.ofSource(id, after, batchLength);
    const last = files.at(-1);
    if (last === undefined) return;
    yield files;
    after = last.path;
  }
}

function* batches<Item>(items: readonly Item[]): Generator<readonly Item[], void, void> {
  for (let start = 0; start < items.length; start += batchLength) yield items.slice(start, start + batchLength);
}

const toFound = ({ path, sizeBytes, modifiedAt, skipped }: WalkedFile): FoundFile => ({
  id: createId(libraryFileIdSchema),
  path,
  sizeBytes,
  modifiedAt,
  skipped,
});

/** Milliseconds since 1970 that a UUIDv7 begins with (RFC 9562, section 5.7). */
const madeAt = (id: string): number => Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16);

/** Clocks of file systems are this coarse; FAT has two seconds. */
const clockGrainMs = 2_000;

async function isEmptyFolder(path: string): Promise<boolean> {
  for await (const _entry of await opendir(path)) return false;
  return true;
}

/**
 * True where a drive was mounted and only its bare mount point is left. Taking a file out of a folder sets the folder's
 * time, so one that lost its files and is older than the first look at them is not the folder that it was.
 */
async function isBareMountPoint(folder: string, source: StoredSource, storage: WalkStorage): Promise<boolean> {
  const [known] = await storage.libraryFiles.ofSource(source.id, null, 1);
  if (known === undefined) return false;
  const { mtimeMs } = await lstat(folder);
  return mtimeMs + clockGrainMs < madeAt(known.id) && (source.kind === 'file' || (await isEmptyFolder(folder)));
}

/** Errors of a place that is not there, or whose drive does not answer. */
const absences = ['ENOENT', 'ENOTDIR', 'ENODEV', 'ENXIO', 'EIO', 'EHOSTDOWN', 'ENOTCONN', 'ESTALE'] as const;

/** The state that keeps a source from being walked through; null when nothing does. */
async function findObstacle(source: StoredSource, storage: WalkStorage): Promise<WalkResult['state'] | null> {
  const isFile = source.kind === 'file';
  const folder = isFile ? dirname(source.path) : source.path;
  try {
    // A file that is gone from a folder that is there was deleted; with its drive, it is only away.
    const isThere = (await lstat(folder)).isDirectory();
    const isOnlyAway = isFile && (await lstat(source.path).catch(() => null)) !== null ? false : isThere;
    return !isThere || (isOnlyAway && (await isBareMountPoint(folder, source, storage))) ? 'missing' : null;
  } catch (error) {
    return isNodeError(error, ...absences) ? 'missing' : 'unreadable';
  }
}

async function* singleFile({ path }: StoredSource): AsyncGenerator<readonly WalkedFile[], void, void> {
  const found = await lookAtFile(dirname(path), basename(path));
  if (found !== null) yield [found];
}

/** What is left out of a source: the defaults, its `.sottoignore`, and the user's patterns. */
export async function rulesOf(source: StoredSource): Promise<IgnoreRules> {
  return createIgnoreRules(await readIgnoreFile(source.path), source.ignorePatterns);
}

async function compare(
  source: StoredSource,
  options: SourceWalkOptions,
  walk: Pick<WalkOptions, 'rules' | 'onFolder' | 'signal'>,
): Promise<Comparison> {
  const { storage, excluded, fileLimit } = options;
  const found = source.kind === 'file' ? singleFile(source) : walkFolder({ root: source.path, excluded, ...walk });
  const { total, skipped } = await storage.collections.counts(source.collectionId);
  return await compareFiles({
    found,
    stored: storedFiles(storage, source),
    admitted: total - skipped,
    ...(fileLimit === undefined ? {} : { limit: fileLimit }),
  });
}

/** Moves first: until a renamed file has its new path, what was read of it looks as if it were nobody's. */
async function store(
  source: StoredSource,
  { libraryFiles }: WalkStorage,
  { changed, reconsidered }: Comparison,
  { moved, added, removed }: Renames,
): Promise<void> {
  for (const { file, path } of moved) await libraryFiles.move(file.id, path);
  for (const batch of batches([...added, ...changed])) {
    await libraryFiles.put(source.id, source.collectionId, batch.map(toFound));
  }
  for (const { file, skipped } of reconsidered) {
    const change = skipped === null ? { status: 'waiting' as const } : { status: 'skipped' as const, documentId: null };
    await libraryFiles.update(file.id, { ...change, error: skipped });
  }
  for (const batch of batches(removed)) await libraryFiles.remove(batch.map(({ id }) => id));
}

/**
 * Makes the stored files of a source what lies on the disk. A source that is not there keeps all of them. Throws the
 * signal's reason, and what the database throws.
 */
export async function walkSource(
  source: StoredSource,
  options: SourceWalkOptions,
  signal: AbortSignal,
): Promise<WalkResult> {
  const rules = await rulesOf(source);
  const obstacle = await findObstacle(source, options.storage);
  if (obstacle !== null) return unchanged(obstacle, rules);
  const folders = source.kind === 'file' ? [''] : [];
  let comparison: Comparison;
  try {
    comparison = await compare(source, options, { rules, signal, onFolder: (folder) => folders.push(folder) });
  } catch (error) {
    signal.throwIfAborted();
    // A drive that was pulled out in the middle takes nothing with it.
    if (isNodeError(error, ...absences)) return unchanged('missing', rules);
    if (isNodeError(error, 'EACCES', 'EPERM')) return unchanged('unreadable', rules);
    throw error;
  }
  const renames = await findRenames(comparison, source.path, signal);
  signal.throwIfAborted();
  // Pulled out while it was walked through, a drive looks as if its files had been deleted.
  if (renames.removed.length > 0 && (await findObstacle(source, options.storage)) !== null)
    return unchanged('missing', rules);
  await store(source, options.storage, comparison, renames);
  const { changed, reconsidered } = comparison;
  const counts = [changed, reconsidered, renames.moved, renames.added, renames.removed].map(({ length }) => length);
  const isGone = source.kind === 'file' && (await lstat(source.path).catch(() => null)) === null;
  return {
    state: isGone ? 'missing' : 'watching',
    hasChanges: counts.some((count) => count > 0),
    hasRemovals: renames.removed.length + reconsidered.length > 0,
    folders,
    rules,
  };
}
