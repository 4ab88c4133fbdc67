import { createORPCClient, ORPCError } from '@orpc/client';
import { RPCLink } from '@orpc/client/message-port';
import { createRouterClient, type RouterClient } from '@orpc/server';
import type { ApiContext } from '../api/context.ts';
import { router, type AppRouter } from '../api/router.ts';
import { AppError, appErrorDataSchema, isAbortError } from '../shared/app-error.ts';
import type { FramedPort } from './data-folder/framed-port.ts';

/** Every call of the contract, as a function; the same whether the app runs in this process or in another. */
export type AppClient = RouterClient<AppRouter>;

/** Calls the app of this process. */
export function createLocalClient(context: ApiContext): AppClient {
  return createRouterClient(router, { context });
}

/** Calls the app of the process that owns the data folder. */
export function createJoinedClient(port: FramedPort): AppClient {
  return createORPCClient(new RPCLink({ port }));
}

/**
 * What a call failed with, as an AppError. A call that ends because the other process went away looks like a cancel; where
 * nobody cancelled (`signal`), it is `app/closing`.
 */
export function toAppError(error: unknown, signal?: AbortSignal): AppError {
  if (error instanceof ORPCError) {
    const data = appErrorDataSchema.safeParse(error.data);
    if (data.success) return AppError.fromData(data.data);
  }
  if (isAbortError(error) && signal?.aborted !== true) {
    return new AppError('app/closing', 'The process that did the work has ended', {}, { cause: error });
  }
  return AppError.from(error);
}
