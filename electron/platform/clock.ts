/** Time, handed in so that tests can move it. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Milliseconds from an arbitrary start, never going back; for durations. */
  monotonicMs(): number;
  /** Resolves after `delayMs`, or rejects with the signal's reason. Does not keep the process alive. */
  delay(delayMs: number, signal?: AbortSignal): Promise<void>;
}
