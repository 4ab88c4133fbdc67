/** A started parsing process, the same under Node's child process and Electron's utility process. */
export interface ParsingProcess {
  send(message: unknown): void;
  onMessage(listener: (message: unknown) => void): void;
  /** Called once, when the process is gone; also when it could not be started. */
  onExit(listener: () => void): void;
  /** Ends it at once, in whatever it is doing. */
  kill(): void;
}

/** What a launcher needs to know. */
export type ParsingLaunch = {
  /** Absolute path of the built worker. */
  readonly workerPath: string;
  /** Cap of the JavaScript heap, in MiB; a process that needs more is ended by its engine. */
  readonly memoryLimitMegabytes: number;
};

/** Starts parsing processes; what differs between the doors. */
export interface ParsingLauncher {
  launch(launch: ParsingLaunch): ParsingProcess;
}
