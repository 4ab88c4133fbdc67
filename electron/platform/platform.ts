import type { Door } from '../shared/app-status.ts';
import type { Clock } from './clock.ts';
import type { Desktop } from './desktop.ts';
import type { Logger } from './logger.ts';
import type { PowerSource } from './power-source.ts';
import type { UpdateInstaller } from './update-installer.ts';

/** Folders, absolute. */
export type PlatformFolders = {
  /** The user's data: early settings, lock and socket, later the database. */
  readonly data: string;
  /** GGUF files that the user chose. */
  readonly models: string;
  /** What ships with the app: icons, prompts, the built-in embedder. Read only. */
  readonly resources: string;
  /** For files that must not outlive the app; created on demand with owner-only access. */
  readonly temporary: string;
};

/** Everything in which the doors and operating systems differ, beside process launcher and transport. */
export interface Platform {
  readonly door: Door;
  readonly operatingSystem: NodeJS.Platform;
  readonly version: string;
  readonly folders: PlatformFolders;
  readonly clock: Clock;
  readonly logger: Logger;
  /** The native desktop; null for a door that has none. */
  readonly desktop: Desktop | null;
  /** Null for a door that is not what was installed, and for a copy that runs from its sources. */
  readonly updateInstaller: UpdateInstaller | null;
  /** BCP 47 tag of the system's language, such as `de-AT`. */
  readonly systemLanguage: string;
  /** Processor cores that the app may use; at least 1. */
  readonly cores: number;
  /** What the machine runs on; `unknown` counts as mains. */
  powerSource(): Promise<PowerSource>;
  /** Milliseconds of processor time that the app's processes have used so far; null where the system does not tell. */
  processorTimeMs(): Promise<number | null>;
  /** Opens an address that the user confirmed, in the system's browser. */
  openExternal(url: string): Promise<void>;
}
