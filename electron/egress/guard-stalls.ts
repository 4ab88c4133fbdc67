import type { Clock } from '../platform/clock.ts';
import { AppError } from '../shared/app-error.ts';

/** How long a body may bring nothing, in milliseconds. */
export type StallLimit = { readonly clock: Clock; readonly stallMs: number };

/** The same bytes; a body that brings none for a while is let go of and errors with `download/stalled`. */
export function guardStalls(
  body: ReadableStream<Uint8Array>,
  { clock, stallMs }: StallLimit,
): ReadableStream<Uint8Array> {
  const reader = body.getReader();
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const came = new AbortController();
        const stalled = clock.delay(stallMs, came.signal).then((): never => {
          throw new AppError('download/stalled', 'No byte came for a while.');
        });
        // After a piece came nobody waits for it any more.
        stalled.catch(() => undefined);
        try {
          const step = await Promise.race([reader.read(), stalled]);
          if (step.done) controller.close();
          else controller.enqueue(step.value);
        } catch (error) {
          controller.error(error);
          await reader.cancel(error).catch(() => undefined);
        } finally {
          came.abort();
        }
      },
      async cancel(reason) {
        await reader.cancel(reason);
      },
    },
    { highWaterMark: 0 },
  );
}
