import { RPCHandler } from '@orpc/server/message-port';
import { AppError, type AppErrorData } from '../shared/app-error.ts';
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
          throw toWireError(error);
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
