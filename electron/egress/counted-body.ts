/** How reading a body ended. */
export type BodyEnd =
  | { readonly type: 'completed' }
  | { readonly type: 'cancelled' }
  | { readonly type: 'failed'; readonly error: unknown };

/** Who is told of a body that is read. */
export type BodyWatcher = {
  /** Called once, before the reader learns of the end, with the count so far; what it returns for a failure is the error that the reader gets. */
  readonly settle: (end: BodyEnd, bytesReceived: number) => Promise<unknown>;
  /** Called on the way, each time that so many more bytes came. */
  readonly note: (bytesReceived: number) => Promise<void>;
  readonly noteEveryBytes: number;
};

/** The same bytes, counted. */
export function countBody(body: ReadableStream<Uint8Array>, watcher: BodyWatcher): ReadableStream<Uint8Array> {
  const { settle, note, noteEveryBytes } = watcher;
  const reader = body.getReader();
  let bytesReceived = 0;
  let notedBytes = 0;
  let isLeft = false;
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const step = await reader.read().catch((error: unknown) => ({ error }));
        // A read that was under way ends too when the reader leaves; that is no end of the body.
        if (isLeft) return;
        if ('error' in step) {
          controller.error(await settle({ type: 'failed', error: step.error }, bytesReceived));
        } else if (step.done) {
          await settle({ type: 'completed' }, bytesReceived);
          controller.close();
        } else {
          bytesReceived += step.value.byteLength;
          controller.enqueue(step.value);
          if (bytesReceived - notedBytes < noteEveryBytes) return;
          notedBytes = bytesReceived;
          await note(bytesReceived);
        }
      },
      async cancel(reason) {
        isLeft = true;
        await settle({ type: 'cancelled' }, bytesReceived);
        await reader.cancel(reason);
      },
    },
    { highWaterMark: 0 },
  );
}
