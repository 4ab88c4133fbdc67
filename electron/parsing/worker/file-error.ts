import { AppError } from '../../shared/app-error.ts';

/** What the reader of a format threw, as an AppError: what is none comes from bytes that it did not expect. */
export function asFileError(error: unknown, name: string): AppError {
  if (AppError.isInstance(error)) return error;
  const message = error instanceof Error ? error.message : String(error);
  return new AppError('file/damaged', message.slice(0, 300), { name }, { cause: error });
}
