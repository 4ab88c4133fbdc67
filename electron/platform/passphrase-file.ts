import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { AppError } from '../shared/app-error.ts';

const limitBytes = 4_096;

/**
 * The first line of a file that only its owner can read, without the line's end. On Windows, whose modes say nothing of
 * other users, only that it is a regular file of this size is checked; its access list is the owner's business. Throws
 * AppError `access/passphrase-file` for everything else: missing, a folder, a pipe or device (not waited for), readable by
 * others, somebody else's, over 4 KiB, not UTF-8, or an empty first line.
 */
export async function readPassphraseFile(path: string): Promise<string> {
  try {
    return await readFirstLine(path);
  } catch (error) {
    // Without a cause: its message could repeat the content.
    const reason = error instanceof AppError ? error.message : 'It cannot be read.';
    throw new AppError('access/passphrase-file', reason);
  }
}

const refuse = (reason: string): never => {
  throw new AppError('access/passphrase-file', reason);
};

async function readFirstLine(path: string): Promise<string> {
  // Windows has no such flag, and no pipes among its files.
  const nonBlocking = constants.O_NONBLOCK ?? 0;
  const file = await open(path, constants.O_RDONLY | nonBlocking);
  const bytes = Buffer.alloc(limitBytes + 1);
  try {
    // Of the open file, not of the path, which could change in between.
    const { mode, uid, size } = await file.stat();
    if ((mode & constants.S_IFMT) !== constants.S_IFREG) refuse('It is not a regular file.');
    if (process.platform !== 'win32' && (mode & 0o077) !== 0) refuse('Others can read it.');
    const userId = process.getuid?.();
    if (userId !== undefined && userId !== 0 && uid !== userId) refuse('It belongs to somebody else.');
    if (size > limitBytes) refuse('It is too large.');
    const { bytesRead } = await file.read(bytes, 0, bytes.length, 0);
    if (bytesRead > limitBytes) refuse('It is too large.');
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(0, bytesRead));
    const [line = ''] = text.split(/\r?\n/, 1);
    return line === '' ? refuse('Its first line is empty.') : line;
  } finally {
    bytes.fill(0);
    await file.close();
  }
}
