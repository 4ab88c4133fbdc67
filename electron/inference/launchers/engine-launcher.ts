/** How an engine process ended. Both are null where the system does not tell. */
export type EngineExit = { readonly code: number | null; readonly signal: string | null };

/** A started engine process. Messages keep their order; typed arrays cross as typed arrays. */
export interface EngineProcess {
  /** Process id; null before it has started or when it could not start. */
  readonly processId: number | null;
  /** Sends a message. Does nothing once the process has ended. */
  send(message: unknown): void;
  /** Calls back for every message. At most one listener. */
  onMessage(listener: (message: unknown) => void): void;
  /** Calls back once, when the process is gone or could not be started. At most one listener. */
  onExit(listener: (exit: EngineExit) => void): void;
  /** Ends the process at once, whatever it is computing. Safe to call twice. */
  kill(): void;
}

/** Starts engine processes: a forked Node process, or an Electron utility process. */
export interface EngineLauncher {
  launch(): EngineProcess;
}
