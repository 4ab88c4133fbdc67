/** How a process went. */
export type ParsingExit = {
  /** It, or the operating system, ended it because it took too much memory. */
  readonly isOutOfMemory: boolean;
};

/** A started parsing process, the same under Node's child process and Electron's utility process. */
export interface ParsingProcess {
  send(message: unknown): void;
  onMessage(listener: (message: unknown) => void): void;
  /** Called once, when the process is gone; also when it could not be started. */
  onExit(listener: (exit: ParsingExit) => void): void;
  /** Ends it at once, in whatever it is doing. */
  kill(): void;
}

/** What a launcher needs to know. */
export type ParsingLaunch = {
  /** Absolute path of the built worker. */
  readonly workerPath: string;
  /** Cap of the JavaScript heap, in MiB; a process that needs more is ended by its engine. */
  readonly memoryLimitMegabytes: number;
  /** Cap of all resident memory, in MiB; a process that takes more ends itself. Default: none. */
  readonly residentLimitMegabytes?: number;
};

/** Starts parsing processes; what differs between the doors. */
export interface ParsingLauncher {
  launch(launch: ParsingLaunch): ParsingProcess;
}
