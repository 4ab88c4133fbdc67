import type { UpdateState } from '../../shared/update.ts';

/**
 * Newer versions of the app. Nobody is asked before a person agreed, nothing is fetched or installed without a click, and
 * nothing of it happens while the app works. What goes wrong is in the state, never thrown.
 */
export interface UpdatesService {
  /** The state at once and after every change, at most five times a second. */
  watch(signal: AbortSignal): AsyncIterable<UpdateState>;
  /** Asks whether there is a newer version, now. */
  check(): Promise<UpdateState>;
  /** Fetches what is offered, going on from what is there; resolves when it is here, or why not. */
  download(): Promise<UpdateState>;
  /** Ends the download; what was fetched stays. */
  stop(): void;
  /** Puts the version that is ready in place of this one, after another look at its digest. */
  install(): Promise<UpdateState>;
  /** Ends what is under way. */
  close(): Promise<void>;
}
