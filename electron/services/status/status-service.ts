import type { AppDescription, AppStatus } from '../../shared/app-status.ts';

/** The line at the foot of the window, and what does not change above it. */
export interface StatusService {
  readonly description: AppDescription;
  current(): Promise<AppStatus>;
  /** Yields now and on every change, at most 10 times a second. */
  watch(signal: AbortSignal): AsyncIterable<AppStatus>;
  close(): void;
}
