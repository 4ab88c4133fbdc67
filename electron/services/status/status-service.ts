import type { AppDescription, AppStatus } from '../../shared/app-status.ts';

export interface StatusService {
  readonly description: AppDescription;
  current(): Promise<AppStatus>;
  /** Yields now and on every change, at most 10 times a second. */
  watch(signal: AbortSignal): AsyncIterable<AppStatus>;
  close(): void;
}
