import { execFile } from 'node:child_process';
import type { Command } from '../open-external.ts';

/** What became of the keys. `refused`: the system wants a right first, and asks for it or names it. */
export type KeysOutcome = 'sent' | 'refused' | 'failed';

/** Longest time that the program may take, in milliseconds; then it is ended. */
export const keysTimeoutMs = 2_000;

/** How a program of the system ended. */
export type KeysResult = {
  /** Null when it did not end by itself, or could not be started. */
  readonly exitCode: number | null;
  readonly isTimedOut: boolean;
  readonly errorOutput: string;
};

/**
 * Errors of macOS, which stand in brackets behind a sentence in the user's language: keystrokes not allowed (1002), Apple
 * events not authorized (-1743), no access for assistive programs (-1719 and -25211).
 */
const macRefusals = /\((1002|-1743|-1719|-25211)\)/;

/** What an end means. macOS lets a program wait while it asks the person for the right. */
export function readKeysResult(operatingSystem: NodeJS.Platform, result: KeysResult): KeysOutcome {
  if (result.exitCode === 0) return 'sent';
  if (operatingSystem !== 'darwin') return 'failed';
  return result.isTimedOut || macRefusals.test(result.errorOutput) ? 'refused' : 'failed';
}

/** Starts the program and waits for its end, at most `timeoutMs`. Never throws. */
export function sendKeys(
  command: Command,
  operatingSystem: NodeJS.Platform,
  timeoutMs: number = keysTimeoutMs,
): Promise<KeysOutcome> {
  return new Promise((resolve) => {
    const options = { timeout: timeoutMs, killSignal: 'SIGKILL', windowsHide: true, maxBuffer: 65_536 } as const;
    const child = execFile(command.file, [...command.arguments], options, (error, _output, errorOutput) => {
      const exitCode = error === null ? 0 : typeof error.code === 'number' ? error.code : null;
      resolve(readKeysResult(operatingSystem, { exitCode, isTimedOut: error?.killed === true, errorOutput }));
    });
    child.stdin?.end();
  });
}
