import { ORPCError } from '@orpc/client';
import { AppError, appErrorDataSchema } from '../../electron/shared/app-error.ts';
import type { AppErrorData } from '../../electron/shared/app-error.ts';

/** Whatever a call failed with, in the one form that the catalogue has words for. */
export function toFailure(error: unknown): AppErrorData {
  if (error instanceof ORPCError) {
    const parsed = appErrorDataSchema.safeParse(error.data);
    if (parsed.success) return parsed.data;
  }
  return AppError.from(error).toData();
}
