import { ORPCError, os } from '@orpc/server';
import { z } from 'zod';
import { AppError, isAbortError, type AppErrorData } from '../shared/app-error.ts';
import type { ApiContext } from './context.ts';

/**
 * Turns whatever a service threw into the one shape that crosses a transport: an ORPCError with code `APP_ERROR` and
 * AppErrorData as its data. Input that the schema refuses becomes `app/invalid-input`.
 */
export function toWireError(error: unknown): unknown {
  if (isAbortError(error)) return error;
  if (error instanceof ORPCError && error.code === 'APP_ERROR') return error;
  const appError =
    error instanceof ORPCError && error.code === 'BAD_REQUEST'
      ? new AppError('app/invalid-input', error.message)
      : AppError.from(error);
  return new ORPCError<'APP_ERROR', AppErrorData>('APP_ERROR', {
    status: 400,
    message: appError.message,
    data: appError.toData(),
    cause: error,
  });
}

/** What every procedure is built on: the context's type, and errors in one shape. */
export const procedure = os.$context<ApiContext>().use(async ({ context, next }) => {
  try {
    return await next();
  } catch (error) {
    throw toWireError(lockedUnder(error, context));
  }
});

/** What a call meets whose chats are locked while it runs is the lock, and not a database that went away. */
function lockedUnder(error: unknown, { access }: ApiContext): unknown {
  const isCutOff = AppError.isInstance(error) && (error.code === 'storage/unavailable' || error.code === 'app/closing');
  if (!isCutOff || access.state.state !== 'locked') return error;
  return new AppError('access/locked', 'The chats were locked in mid-call', {}, { cause: error });
}

/** A stream whose errors have the wire's shape too, those of its opening included; leaving it closes what `open` opened. */
export async function* streamed<T>(open: () => AsyncIterable<T>): AsyncGenerator<T, void, void> {
  try {
    yield* open();
  } catch (error) {
    if (isAbortError(error)) return;
    throw toWireError(error);
  }
}

/** One message or question; the limit is far above any context window, far below what would stall a process. */
export const messageText = z.string().max(2_000_000);

/** For calls whose transport gives no signal. */
export const neverAborted: AbortSignal = new AbortController().signal;
