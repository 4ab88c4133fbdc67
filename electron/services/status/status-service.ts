import type { AppStatus } from '../../shared/app-status.ts';

/** The line at the foot of the window. */
export interface StatusService {
  current(): Promise<AppStatus>;
  /** Yields now and on every change, at most 10 times a second. */
  watch(signal: AbortSignal): AsyncIterable<AppStatus>;
  close(): void;
}
