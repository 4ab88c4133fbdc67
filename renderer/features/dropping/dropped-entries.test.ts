import { describe, expect, it } from 'vitest';
import { folderFileLimit, walkFolders } from './dropped-entries.ts';

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
