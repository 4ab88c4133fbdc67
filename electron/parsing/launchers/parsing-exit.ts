import type { ParsingExit } from '../parsing-launcher.ts';

/**
 * SIGABRT, SIGKILL and what a shell makes of them; on Windows 1 of a process that ended itself (the worker ends with
 * 70 when it fails in any other way), 134 of the engine's abort, and Chromium's own code for lack of memory.
 */
const memoryCodes: readonly number[] = [6, 9, 134, 137, 0xe0000008, 0xe0000008 - 2 ** 32];

/** What an exit code or a signal says, when it was not the parent that ended the process. */
export function parsingExit(code: number | null, signal: string | null, platform = process.platform): ParsingExit {
  const isOutOfMemory =
    signal === 'SIGABRT' ||
    signal === 'SIGKILL' ||
    (code !== null && (memoryCodes.includes(code) || (platform === 'win32' && code === 1)));
  return { isOutOfMemory };
}

/** What the worker is told on its command line. */
export function workerArguments(residentLimitMegabytes: number | undefined): readonly string[] {
  return residentLimitMegabytes === undefined ? [] : [`--resident-limit-mib=${residentLimitMegabytes}`];
}
