import { describe, expect, it } from 'vitest';
import { droppedFileLimit, droppedItems, folderFileLimit, walkFolders } from './dropped-entries.ts';

type Tree = { readonly [name: string]: Tree | 'file' | 'locked' };

/** A folder as a browser hands it out: entries in batches, the last of which is empty. */
function folderOf(name: string, tree: Tree, batchSize = 3): FileSystemDirectoryEntry {
  const entries = Object.entries(tree).map(([child, content]) =>
    typeof content === 'string'
      ? {
          name: child,
          isFile: true,
          isDirectory: false,
          file: (resolve: (file: File) => void, reject: (error: Error) => void) =>
            content === 'locked' ? reject(new Error('locked')) : resolve(new File(['text'], child)),
        }
      : folderOf(child, content, batchSize),
  );
  let at = 0;
  const reader = {
    readEntries: (resolve: (batch: readonly unknown[]) => void) => {
      resolve(entries.slice(at, at + batchSize));
      at += batchSize;
    },
  };
  // Only what the walk asks of an entry.
  return { name, isFile: false, isDirectory: true, createReader: () => reader } as unknown as FileSystemDirectoryEntry;
}

describe('walkFolders', () => {
  it('takes files of all batches and of folders inside, and leaves hidden ones', async () => {
    // Catches a single call of readEntries: Chromium hands out a hundred at a time.
    const files = Object.fromEntries(Array.from({ length: 10 }, (_, at) => [`${at}.txt`, 'file' as const]));
    const tree: Tree = { ...files, inner: { 'deep.txt': 'file', '.git': { config: 'file' } }, '.DS_Store': 'file' };
    const walked = await walkFolders([folderOf('root', tree)]);
    expect(walked.files.map(({ name }) => name)).toEqual([...Object.keys(files), 'deep.txt']);
    expect(walked).toMatchObject({ isLimited: false, unreadable: 0 });
  });

  it('counts what cannot be opened and goes on', async () => {
    const walked = await walkFolders([folderOf('root', { 'a.txt': 'locked', 'b.txt': 'file' })]);
    expect(walked.files.map(({ name }) => name)).toEqual(['b.txt']);
    expect(walked.unreadable).toBe(1);
  });

  it('stops at the limit and says so', async () => {
    const many = Object.fromEntries(Array.from({ length: folderFileLimit + 5 }, (_, at) => [`${at}`, 'file' as const]));
    const walked = await walkFolders([folderOf('root', many, 100)]);
    expect(walked.files).toHaveLength(folderFileLimit);
    expect(walked.isLimited).toBe(true);
  });
});

describe('walkFolders in a folder that contains itself', () => {
  /** One file, and itself: as a link to a folder above it looks to a page. */
  function loopOf(branches: number): FileSystemDirectoryEntry {
    const loop = { name: 'loop', isFile: false, isDirectory: true, createReader: () => readerOf() };
    const file = {
      name: 'a.txt',
      isFile: true,
      file: (resolve: (file: File) => void) => resolve(new File(['a'], 'a.txt')),
    };
    const readerOf = () => {
      const batches: (readonly object[])[] = [[...Array.from({ length: branches }, () => loop), file], []];
      return { readEntries: (resolve: (batch: readonly object[]) => void) => resolve(batches.shift() ?? []) };
    };
    // Only what the walk asks of an entry.
    return loop as unknown as FileSystemDirectoryEntry;
  }

  it('ends, and counts it', async () => {
    // Catches a walk that only the limit of files ends, which an empty loop never reaches.
    const walked = await walkFolders([loopOf(1)]);
    expect(walked).toMatchObject({ isLimited: false, unreadable: 1 });
    expect(walked.files).toHaveLength(64);
  });

  it('ends when there are more ways into it with every step', async () => {
    const walked = await walkFolders([loopOf(2)]);
    expect(walked).toMatchObject({ isLimited: true });
    expect(walked.files).toHaveLength(folderFileLimit);
  });
});

describe('droppedItems', () => {
  it('takes no more of thousands than can be handled, and counts the rest', () => {
    const item = (at: number) => ({
      kind: 'file',
      webkitGetAsEntry: () => null,
      getAsFile: () => new File(['text'], `${at}.txt`),
    });
    const items = [{ kind: 'string' }, ...Array.from({ length: 5_000 }, (_, at) => item(at))];
    // Only what is asked of a transfer.
    const dropped = droppedItems({ items } as unknown as DataTransfer);
    expect(dropped.files).toHaveLength(droppedFileLimit);
    expect(dropped.leftOut).toBe(5_000 - droppedFileLimit);
  });
});
