import { constants } from 'node:fs';
import { open, statfs } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';

/** A file that is in memory only and has no name: it is gone with its handle, however the process ends. */
export type MemoryFile = {
  readonly handle: FileHandle;
  /** Under which this process alone reaches it, also by native code. */
  readonly path: string;
  /** Bytes that still fit. */
  readonly freeBytes: number;
};

const sharedMemoryFolder = '/dev/shm';
/** `f_type` of the file systems that live in memory: `TMPFS_MAGIC` and `RAMFS_MAGIC` of linux/magic.h. */
const memoryFileSystems: ReadonlySet<number> = new Set([0x01021994, 0x858458f6]);
/** `__O_TMPFILE` of asm-generic/fcntl.h, for x86-64 and arm64: with `O_DIRECTORY` it makes a file without a name. */
const withoutName = 0o20000000;

/**
 * Makes a file in memory for its owner only; null where the system has no such place. macOS and Windows offer none to a
 * program without special rights: their temporary folders and paging files are on the disk.
 */
export async function openMemoryFile(): Promise<MemoryFile | null> {
  if (process.platform !== 'linux' || !['x64', 'arm64'].includes(process.arch)) return null;
  try {
    const { type, bavail, bsize } = await statfs(sharedMemoryFolder);
    if (!memoryFileSystems.has(type)) return null;
    const flags = constants.O_RDWR | constants.O_DIRECTORY | withoutName;
    const handle = await open(sharedMemoryFolder, flags, 0o600);
    return { handle, path: `/proc/self/fd/${handle.fd}`, freeBytes: bavail * bsize };
  } catch {
    // A system that is locked down further: there is no such place here.
    return null;
  }
}
