import type { EnginePackState } from '../../shared/engine-pack.ts';

/**
 * Libraries of the engine that are too large for the app, fetched on a click from where its newer versions are. What goes
 * wrong is in the state, never thrown.
 */
export interface EnginePacksService {
  /** The state at once and after every change, at most five times a second. The first time it may wait for dry runs. */
  watch(signal: AbortSignal): AsyncIterable<EnginePackState>;
  /** Fetches what is offered, going on from what is there, and puts it in place. */
  install(): Promise<EnginePackState>;
  /** Ends the download; what was fetched stays. */
  stop(): void;
  remove(): Promise<EnginePackState>;
  /** Ends what is under way. */
  close(): Promise<void>;
}
