import { vi } from 'vitest';

/** A machine with two busy cores takes its time; what never comes still ends before the test does. In milliseconds. */
const patienceMs = 10_000;

/** Resolves with the outcome of `check` once it neither throws nor rejects; throws its last error after ten seconds. */
export const eventually = <T>(check: () => T | Promise<T>): Promise<T> =>
  vi.waitFor(check, { timeout: patienceMs, interval: 20 });
