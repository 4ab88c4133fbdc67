/** What the engine needs of the environment: to find libraries, the home folder and temporary space. */
const passedOn =
  /^(PATH|HOME|USERPROFILE|LANG|LC_ALL|TMPDIR|TEMP|TMP|SYSTEMROOT|WINDIR|LD_LIBRARY_PATH|DYLD_LIBRARY_PATH|CUDA_\w+|VK_\w+)$/i;

/**
 * How the C library of Linux hands memory out. Left alone it learns from the first large buffer that is freed to keep such
 * buffers in its own pools, where those of models that are gone stay resident and break into pieces.
 */
const allocator = process.platform === 'linux' ? { MALLOC_MMAP_THRESHOLD_: '131072', MALLOC_ARENA_MAX: '2' } : {};

/**
 * The part of the environment that an engine process gets. The rest stays out: secrets of other programs, and variables
 * with which the inference library could be made to load other binaries. What is added makes freed memory go back to the system.
 */
export function engineEnvironment(environment: NodeJS.ProcessEnv): Readonly<Record<string, string>> {
  const kept = Object.entries(environment).filter(
    (entry): entry is [string, string] => passedOn.test(entry[0]) && entry[1] !== undefined,
  );
  return { ...Object.fromEntries(kept), ...allocator };
}
