import { ORPCError } from '@orpc/server';
import { RPCHandler } from '@orpc/server/message-port';
import { AppError, isAbortError, type AppErrorData } from '../shared/app-error.ts';
import type { ApiContext } from './context.ts';
import { toWireError } from './procedure.ts';
import { router } from './router.ts';

/** The contract behind a port. Whatever is asked, every refusal has the one shape of an AppError. */
export function createCallHandler(): RPCHandler<ApiContext> {
  return new RPCHandler(router, {
    interceptors: [
      async ({ next }) => {
        try {
          const result = await next();
          if (result.matched) return result;
        } catch (error) {
          // The procedures shape whatever goes wrong in them, so what has another shape could not even be read.
          if (isAbortError(error) || (error instanceof ORPCError && error.code === 'APP_ERROR')) throw error;
          throw toWireError(new AppError('app/invalid-input', 'The call cannot be read', {}, { cause: error }));
        }
        throw toWireError(new AppError('app/not-found', 'There is no such call'));
      },
    ],
  });
}

/**
 * The answer to a call that never reached the contract, as the protocol of the port writes an error, so that whoever waits
 * for it is told why.
 */
export function refusedAnswer(id: string, data: AppErrorData): string {
  const error = { defined: false, code: 'APP_ERROR', status: 400, message: data.message, data };
  return JSON.stringify({ i: id, p: { s: 400, b: { json: error } } });
}
