import { z } from 'zod';
import { AppError } from '../../shared/app-error.ts';

const sqliteCode = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';

/**
 * What went wrong in an operation, as an AppError: broken rules of the data are `app/invalid-input`, a damaged file
 * `storage/corrupt`, no room `disk/full`, anything else `app/unexpected`.
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
  if (code === 'SQLITE_FULL') return new AppError('disk/full', 'There is no room left for the database.');
  return AppError.from(error);
}
