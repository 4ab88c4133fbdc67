import { statfs } from 'node:fs/promises';
import { AppError } from '../shared/app-error.ts';
import { isNodeError } from './node-error.ts';

/** What the disk says, in the app's words; anything else as it is. */
export function toDiskError(error: unknown): unknown {
  if (isNodeError(error, 'ENOSPC', 'EDQUOT', 'EFBIG')) {
    return new AppError('disk/full', 'There is no room for the model.', {}, { cause: error });
  }
  if (isNodeError(error, 'EACCES', 'EPERM', 'EROFS', 'ENOTDIR', 'EEXIST', 'ENOENT')) {
    return new AppError('disk/not-writable', 'The model folder cannot be written.', {}, { cause: error });
  }
  return error;
}

/** Throws `disk/full` with `neededBytes` and `freeBytes` when the disk of `folder` has less room than that. */
export async function checkRoom(folder: string, neededBytes: number): Promise<void> {
  const { bavail, bsize } = await statfs(folder);
  const freeBytes = bavail * bsize;
  if (freeBytes < neededBytes)
    throw new AppError('disk/full', 'There is no room for the model.', { neededBytes, freeBytes });
}
