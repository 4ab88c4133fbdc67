import { AppError } from '../shared/app-error.ts';

const waysOut = ['fetch', 'WebSocket', 'EventSource', 'XMLHttpRequest'] as const;

/**
 * Closes the ways out that a runtime offers to any code: each becomes a function that throws AppError
 * `egress/not-allowed`, for good. Every process calls it first; egress takes hold of `fetch` before that.
 *
 * @param globalObject `globalThis`
 */
export function denyNetwork(globalObject: object): void {
  for (const name of waysOut) {
    if (!(name in globalObject)) continue;
    // A function and not an arrow, so that `new WebSocket()` gets this error and not one about constructors.
    const denied = function (): never {
      throw new AppError('egress/not-allowed', `${name} is closed: only egress reaches the network.`);
    };
    Object.defineProperty(globalObject, name, { value: denied, writable: false, configurable: false });
  }
}
