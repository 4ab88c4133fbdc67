/** Files, and folders, that one drop brings at most; what is beyond is counted, and told. */
export const droppedFileLimit = 1_000;

/** Files that one drop of folders brings at most. */
export const folderFileLimit = 500;

/** A folder that lies deeper than any that a person makes is one that contains itself by a link. */
const depthLimit = 64;
/** Folders that are looked into at most, empty ones included. */
const folderLimit = 5_000;

/** What is needed of a dropped file or folder; the browser's own entries have more. */
export type DroppedEntry = {
  readonly isFile: boolean;
  readonly isDirectory: boolean;
  readonly name: string;
};

/** What lies in dropped folders. */
export type WalkedFiles = {
  readonly files: readonly File[];
  /** There was more than is taken. */
  readonly isLimited: boolean;
  /** Files and folders inside that could not be opened. */
  readonly unreadable: number;
};

/** Dropped things as they come: files at once, folders to be followed or walked through. */
export type DroppedItems = {
  readonly files: readonly File[];
  readonly folders: readonly DroppedFolder[];
  /** Files and folders beyond the limit. */
  readonly leftOut: number;
};
export type DroppedFolder = {
  readonly name: string;
  /** The folder itself, as the desktop can name it; null where it cannot be had. */
  readonly file: File | null;
  readonly entry: FileSystemDirectoryEntry;
};

const isFolder = (entry: FileSystemEntry): entry is FileSystemDirectoryEntry => entry.isDirectory;
const isFile = (entry: FileSystemEntry): entry is FileSystemFileEntry => entry.isFile;

/** Sorts a drop into files and folders. Has to be called while the event is handled: afterwards it is empty. */
export function droppedItems(transfer: DataTransfer): DroppedItems {
  const files: File[] = [];
  const folders: DroppedFolder[] = [];
  let leftOut = 0;
  for (const item of transfer.items) {
    if (item.kind !== 'file') continue;
    if (files.length + folders.length >= droppedFileLimit) {
      leftOut += 1;
      continue;
    }
    const entry = item.webkitGetAsEntry();
    const file = item.getAsFile();
    if (entry !== null && isFolder(entry)) folders.push({ name: entry.name, file, entry });
    else if (file !== null) files.push(file);
  }
  return { files, folders, leftOut };
}

const fileOf = (entry: FileSystemFileEntry): Promise<File> =>
  new Promise((resolve, reject) => {
    entry.file(resolve, reject);
  });

/** All entries of a folder: the browser hands them out in batches, the last of which is empty. */
async function entriesOf(folder: FileSystemDirectoryEntry): Promise<readonly FileSystemEntry[]> {
  const reader = folder.createReader();
  const entries: FileSystemEntry[] = [];
  for (;;) {
    const batch = await new Promise<readonly FileSystemEntry[]>((resolve, reject) => {
      reader.readEntries(resolve, reject);
    });
    if (batch.length === 0) return entries;
    entries.push(...batch);
  }
}

/** What the desktop and other programs leave in folders, and nobody means to read. */
const isHidden = ({ name }: DroppedEntry): boolean => name.startsWith('.');

/**
 * Walks through folders, the nearest files first, and takes what can be opened, up to the limit. A folder that contains itself
 * ends at a depth, and counts as one that cannot be opened.
 */
export async function walkFolders(folders: readonly FileSystemDirectoryEntry[]): Promise<WalkedFiles> {
  const files: File[] = [];
  const waiting = folders.map((folder) => ({ folder, depth: 0 }));
  let unreadable = 0;
  for (const [opened, { folder, depth }] of waiting.entries()) {
    const isWithin = depth < depthLimit && opened < folderLimit;
    const entries = isWithin ? await entriesOf(folder).catch(() => null) : null;
    if (entries === null) {
      unreadable += 1;
      continue;
    }
    for (const entry of entries.filter((candidate) => !isHidden(candidate))) {
      if (isFolder(entry)) waiting.push({ folder: entry, depth: depth + 1 });
      if (!isFile(entry)) continue;
      if (files.length >= folderFileLimit) return { files, isLimited: true, unreadable };
      const file = await fileOf(entry).catch(() => null);
      if (file === null) unreadable += 1;
      else files.push(file);
    }
  }
  return { files, isLimited: false, unreadable };
}
