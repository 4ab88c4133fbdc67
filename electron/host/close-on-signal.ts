/** Resolves with the first SIGINT or SIGTERM. A second SIGINT ends the process at once: a person who will not wait. */
export async function closeOnSignal(): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<undefined>();
  let interrupts = 0;
  process.on('SIGINT', () => {
    interrupts += 1;
    if (interrupts > 1) process.exit(130);
    resolve(undefined);
  });
  process.on('SIGTERM', () => resolve(undefined));
  await promise;
}
