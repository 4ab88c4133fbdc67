const waysOut = ['fetch', 'WebSocket', 'EventSource', 'XMLHttpRequest'] as const;

/**
 * Closes the ways out that the runtime offers to any code in this process, for good: each throws. The engine reads files
 * and talks to its parent, nothing else.
 */
export function denyNetwork(): void {
  for (const name of waysOut) {
    if (!(name in globalThis)) continue;
    // A function and not an arrow, so that `new WebSocket()` gets this error and not one about constructors.
    const denied = function (): never {
      throw new Error(`${name} is closed in the engine process`);
    };
    Object.defineProperty(globalThis, name, { value: denied, writable: false, configurable: false });
  }
}
