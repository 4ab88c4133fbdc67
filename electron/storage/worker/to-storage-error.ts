import { z } from 'zod';
import { AppError } from '../../shared/app-error.ts';

const sqliteCode = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';

const notWritable = /^(SQLITE_READONLY|SQLITE_CANTOPEN|SQLITE_PERM|EACCES|EPERM|EROFS$)/;

/**
 * What went wrong in an operation, as an AppError: broken rules of the data are `app/invalid-input`, a damaged file
 * `storage/corrupt`, no room `disk/full`, no right `disk/not-writable`, a disk that fails or a file that another program
 * holds `storage/unavailable`, anything else `app/unexpected`.
 */
export function toStorageError(error: unknown): AppError {
  const code = sqliteCode(error);
  if (error instanceof z.ZodError || code.startsWith('SQLITE_CONSTRAINT')) {
    const reason = error instanceof z.ZodError ? z.prettifyError(error) : code;
    return new AppError('app/invalid-input', `The database refuses this: ${reason}`);
  }
  if (code.startsWith('SQLITE_CORRUPT') || code === 'SQLITE_NOTADB') {
    return new AppError('storage/corrupt', 'The database is damaged.', { sqliteCode: code });
  }
  if (code === 'SQLITE_FULL' || code === 'ENOSPC' || code === 'EDQUOT') {
    return new AppError('disk/full', 'There is no room left for the database.');
  }
  if (notWritable.test(code)) {
    return new AppError('disk/not-writable', 'The folder of the database cannot be written to.', { systemCode: code });
  }
  if (/^(SQLITE_IOERR|SQLITE_BUSY|SQLITE_LOCKED|EIO$)/.test(code)) {
    return new AppError('storage/unavailable', 'The disk does not do what the database asks of it.', {
      systemCode: code,
    });
  }
  return AppError.from(error);
}
