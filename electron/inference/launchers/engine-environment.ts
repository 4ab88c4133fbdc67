/** What the engine needs of the environment: to find libraries, the home folder and temporary space. */
const passedOn =
  /^(PATH|HOME|USERPROFILE|LANG|LC_ALL|TMPDIR|TEMP|TMP|SYSTEMROOT|WINDIR|LD_LIBRARY_PATH|DYLD_LIBRARY_PATH|CUDA_\w+|VK_\w+)$/i;

/**
 * The part of the environment that an engine process gets. The rest stays out: secrets of other programs, and variables
 * with which the inference library could be made to load other binaries.
 */
export function engineEnvironment(environment: NodeJS.ProcessEnv): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(environment).filter(
      (entry): entry is [string, string] => passedOn.test(entry[0]) && entry[1] !== undefined,
    ),
  );
}
