/** Takes the means to reach the network out of this process: a hostile document finds nothing to call. */
export function refuseNetwork(): void {
  for (const name of ['fetch', 'WebSocket', 'EventSource', 'XMLHttpRequest']) {
    Object.defineProperty(globalThis, name, {
      configurable: false,
      get: () => {
        throw new Error(`${name} does not exist in the parsing process.`);
      },
    });
  }
}
