/** Long enough to store a partial answer and end three processes; a part that hangs must not keep the host's ghost. */
const closeTimeoutMs = 8_000;

/**
 * Resolves with the first SIGINT, SIGTERM or SIGHUP; from then on the process has 8 seconds to end by itself. A second SIGINT ends
 * it at once: a person who will not wait.
 */
export async function closeOnSignal(): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<undefined>();
  let interrupts = 0;
  process.on('SIGINT', () => {
    interrupts += 1;
    if (interrupts > 1) process.exit(130);
    resolve(undefined);
  });
  for (const signal of ['SIGTERM', 'SIGHUP'] as const) process.on(signal, () => resolve(undefined));
  await promise;
  setTimeout(() => process.exit(1), closeTimeoutMs).unref();
}
