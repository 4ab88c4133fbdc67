import type { ElectronApplication, Page } from '@playwright/test';

/** The ways in which the specs open the app. `electron` exists only where Electron's binary does. */
export type DoorName = 'host' | 'double' | 'electron';

export type StartOptions = {
  readonly dataFolder: string;
  readonly modelFolder: string;
  /** Of the command line, for doors that have one. */
  readonly arguments?: readonly string[];
  /** Added to the environment, for doors of Electron. */
  readonly environment?: Readonly<Record<string, string>>;
};

/** A running Sotto with its window (or page) open, whichever door it came through. */
export interface SottoApp {
  readonly page: Page;
  /** Where a spec reaches Electron behind the windows; null for the host. */
  readonly application: ElectronApplication | null;
  /** The process that owns the data folder. */
  readonly pid: number;
  /** Process id of the engine, or undefined while none runs. */
  enginePid(): Promise<number | undefined>;
  /** Ends the app as a person would, and resolves when its process is gone. */
  close(): Promise<void>;
}
