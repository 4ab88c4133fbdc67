import { writeFileSync } from 'node:fs';

/**
 * Keeps the memory of this process, and of those that it starts from now on, out of core dumps: a crash must not write to
 * the disk what is encrypted there. Linux only (`coredump_filter` in core(5)); elsewhere the system decides.
 */
export function emptyCoreDumps(): void {
  if (process.platform !== 'linux') return;
  try {
    writeFileSync('/proc/self/coredump_filter', '0');
  } catch {
    // A kernel without core dumps has no such file.
  }
}
