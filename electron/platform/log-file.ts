import { appendFileSync, mkdirSync, renameSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

/** Bytes after which a log file becomes `<name>.old` and a new one begins. */
export const logFileLimitBytes = 1024 * 1024;

/**
 * A writer of lines to a file that only its owner can read. A full disk or a lost folder costs lines, never the app, so
 * it does not throw.
 *
 * @param path absolute; its folder is made when it is missing
 */
export function createLogFileWriter(path: string, limitBytes = logFileLimitBytes): (line: string) => void {
  let sizeBytes: number | null = null;
  /** Only with the first line, so that a run which says nothing leaves no trace. */
  const open = (): number => {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  };
  const write = (line: string): void => {
    sizeBytes ??= open();
    if (sizeBytes > limitBytes) {
      renameSync(path, `${path}.old`);
      sizeBytes = 0;
    }
    appendFileSync(path, line, { mode: 0o600 });
    sizeBytes += Buffer.byteLength(line);
  };
  return (line) => attempt(() => write(line));
}

function attempt(work: () => void): void {
  try {
    work();
  } catch {
    // The log cannot report on itself.
  }
}
