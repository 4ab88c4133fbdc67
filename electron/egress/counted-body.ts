/** How reading a body ended. */
export type BodyEnd =
  | { readonly type: 'completed' }
  | { readonly type: 'cancelled' }
  | { readonly type: 'failed'; readonly error: unknown };

/**
 * The same bytes, counted. `settle` is called once, before the reader learns of the end, with the count so far; what it
 * returns for a failure is the error that the reader gets.
 */
export function countBody(
  body: ReadableStream<Uint8Array>,
  settle: (end: BodyEnd, bytesReceived: number) => Promise<unknown>,
): ReadableStream<Uint8Array> {
  const reader = body.getReader();
  let bytesReceived = 0;
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const step = await reader.read().catch((error: unknown) => ({ error }));
        if ('error' in step) {
          controller.error(await settle({ type: 'failed', error: step.error }, bytesReceived));
        } else if (step.done) {
          await settle({ type: 'completed' }, bytesReceived);
          controller.close();
        } else {
          bytesReceived += step.value.byteLength;
          controller.enqueue(step.value);
        }
      },
      async cancel(reason) {
        await settle({ type: 'cancelled' }, bytesReceived);
        await reader.cancel(reason);
      },
    },
    { highWaterMark: 0 },
  );
}
