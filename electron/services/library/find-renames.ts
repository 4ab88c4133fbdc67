import { join } from 'node:path';
import type { DocumentHash } from '../../shared/ids.ts';
import type { StoredFile } from '../../storage/storage.ts';
import type { Comparison } from './compare-files.ts';
import { hashContent } from './hash-content.ts';
import type { WalkedFile } from './walk-folder.ts';

/** A known file that lies at another path now. */
export type Rename = { readonly file: StoredFile; readonly path: string };

/** What is left of a comparison when its renames are taken out. */
export type Renames = {
  readonly moved: readonly Rename[];
  readonly added: readonly WalkedFile[];
  readonly removed: readonly StoredFile[];
};

const keyOf = ({ sizeBytes, modifiedAt }: Pick<WalkedFile, 'sizeBytes' | 'modifiedAt'>): string =>
  `${sizeBytes}:${modifiedAt}`;

async function hashOrNull(path: string, signal: AbortSignal): Promise<DocumentHash | null> {
  try {
    return await hashContent(path, signal);
  } catch {
    signal.throwIfAborted();
    return null;
  }
}

/**
 * Files that went and came in the same walk with the same size, time and bytes: they were renamed or moved, and keep what
 * was read of them. Reads only files that came and resemble one that went.
 */
export async function findRenames(
  { added, removed }: Pick<Comparison, 'added' | 'removed'>,
  root: string,
  signal: AbortSignal,
): Promise<Renames> {
  const gone = Map.groupBy(
    removed.filter(({ hash }) => hash !== null),
    keyOf,
  );
  const moved: Rename[] = [];
  const left: WalkedFile[] = [];
  for (const found of added) {
    const candidates = found.skipped === null ? (gone.get(keyOf(found)) ?? []) : [];
    const hash = candidates.length > 0 ? await hashOrNull(join(root, found.path), signal) : null;
    const file = candidates.find((candidate) => candidate.hash === hash);
    if (hash === null || file === undefined) left.push(found);
    else {
      candidates.splice(candidates.indexOf(file), 1);
      moved.push({ file, path: found.path });
    }
  }
  const movedIds = new Set(moved.map(({ file }) => file.id));
  return { moved, added: left, removed: removed.filter(({ id }) => !movedIds.has(id)) };
}
