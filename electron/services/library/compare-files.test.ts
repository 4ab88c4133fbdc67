import { describe, expect, it } from 'vitest';
import { AppError } from '../../shared/app-error.ts';
import {
  collectionIdSchema,
  createId,
  documentHashSchema,
  documentIdSchema,
  libraryFileIdSchema,
  sourceIdSchema,
} from '../../shared/ids.ts';
import type { StoredFile } from '../../storage/storage.ts';
import { compareFiles } from './compare-files.ts';
import type { WalkedFile } from './walk-folder.ts';

const collectionId = createId(collectionIdSchema);
const sourceId = createId(sourceIdSchema);
const hash = documentHashSchema.parse('a'.repeat(64));
const errorOf = (code: 'library/file-limit' | 'file/binary' | 'file/empty') => new AppError(code, 'It is so.').toData();

const stored = (path: string, change: Partial<StoredFile> = {}): StoredFile => ({
  id: createId(libraryFileIdSchema),
  documentId: change.status === undefined ? createId(documentIdSchema) : null,
  status: 'ready',
  error: null,
  modifiedAt: 1,
  sizeBytes: 1,
  hash,
  collectionId,
  sourceId,
  path,
  ...change,
});

const found = (path: string, change: Partial<WalkedFile> = {}): WalkedFile => {
  return { path, sizeBytes: 1, modifiedAt: 1, skipped: null, isClosedFolder: false, ...change };
};

async function* slicesOf<Item>(items: readonly Item[], length = 2): AsyncGenerator<readonly Item[]> {
  for (let start = 0; start < items.length; start += length)
    yield await Promise.resolve(items.slice(start, start + length));
}

const compare = async (
  files: readonly WalkedFile[],
  known: readonly StoredFile[],
  limits: { readonly admitted?: number; readonly limit?: number } = {},
) => {
  const comparison = await compareFiles({
    found: slicesOf(files),
    stored: slicesOf(known, 3),
    admitted: limits.admitted ?? known.filter(({ status }) => status !== 'skipped').length,
    ...(limits.limit === undefined ? {} : { limit: limits.limit }),
  });
  const paths = (list: readonly { readonly path: string }[]) => list.map(({ path }) => path);
  return {
    added: paths(comparison.added),
    changed: paths(comparison.changed),
    removed: paths(comparison.removed),
    reconsidered: comparison.reconsidered.map(({ file, skipped }) => `${file.path} ${skipped?.code ?? 'waiting'}`),
    skipped: comparison.added.flatMap(({ skipped }) => skipped?.code ?? []),
  };
};

const nothing = { added: [], changed: [], removed: [], reconsidered: [], skipped: [] };

describe('compareFiles', () => {
  it('finds what came, changed and went, over slices that do not match', async () => {
    const files = [found('a'), found('b', { sizeBytes: 2 }), found('d'), found('e', { modifiedAt: 2 }), found('f')];
    const known = [stored('a'), stored('b'), stored('c'), stored('e'), stored('g')];
    expect(await compare(files, known)).toEqual({
      ...nothing,
      added: ['d', 'f'],
      changed: ['b', 'e'],
      removed: ['c', 'g'],
    });
    expect(await compare([], known)).toMatchObject({ removed: ['a', 'b', 'c', 'e', 'g'] });
    expect(await compare(files, [])).toMatchObject({ added: ['a', 'b', 'd', 'e', 'f'] });
  });

  it('takes nothing for deleted in a folder that does not open', async () => {
    const closed = found('b/', { skipped: errorOf('file/empty'), isClosedFolder: true });
    const known = [stored('a'), stored('b/one'), stored('b/two/three'), stored('c')];
    expect(await compare([found('a'), closed], known)).toMatchObject({ removed: ['c'] });
  });

  it('leaves alone what was left out for its bytes, and takes up what was left out for less', async () => {
    // Catches a file of unknown format that is read again at every walk.
    const readOnce = stored('a', { status: 'skipped', error: errorOf('file/binary') });
    const neverRead = stored('b', { status: 'skipped', error: errorOf('file/empty'), hash: null });
    const failed = stored('c', { status: 'failed', error: errorOf('file/binary') });
    expect(await compare([found('a'), found('b'), found('c')], [readOnce, neverRead, failed])).toEqual({
      ...nothing,
      reconsidered: ['b waiting'],
    });
    const skipped = errorOf('file/empty');
    expect(await compare([found('a', { skipped })], [stored('a')])).toMatchObject({ reconsidered: ['a file/empty'] });
    expect(await compare([found('b', { skipped })], [neverRead])).toEqual(nothing);
  });

  it('reads a file again whose document is gone', async () => {
    expect(await compare([found('a')], [stored('a', { documentId: null })])).toMatchObject({
      reconsidered: ['a waiting'],
    });
  });

  it('keeps to the limit of files, first come first served', async () => {
    const overLimit = stored('b', { status: 'skipped', error: errorOf('library/file-limit'), hash: null });
    const files = [found('a'), found('b'), found('c')];
    expect(await compare(files, [stored('a'), overLimit], { limit: 1 })).toEqual({
      ...nothing,
      added: ['c'],
      skipped: ['library/file-limit'],
    });
    expect(await compare(files, [stored('a'), overLimit], { limit: 2 })).toEqual({
      ...nothing,
      added: ['c'],
      skipped: ['library/file-limit'],
      reconsidered: ['b waiting'],
    });
    // Files of another source count too.
    expect(await compare([found('a')], [], { admitted: 5, limit: 5 })).toMatchObject({
      skipped: ['library/file-limit'],
    });
  });
});
