import { availableParallelism, homedir } from 'node:os';
import { join } from 'node:path';
import type { Door } from '../shared/app-status.ts';
import { createLogger } from './create-logger.ts';
import type { LogLevel } from './create-logger.ts';
import { defaultDataFolder } from './default-folders.ts';
import { createLogFileWriter } from './log-file.ts';
import { externalCommand, startDetached } from './open-external.ts';
import { ownProcessorTimeMs } from './own-processor-time.ts';
import type { Platform } from './platform.ts';
import { readPowerSource } from './power-source.ts';
import { createSystemClock } from './system-clock.ts';
import { systemLanguage } from './system-language.ts';

/** What a door without Electron chooses; what is left out follows the operating system. */
export type NodePlatformOptions = {
  readonly door: Door;
  readonly version: string;
  /** Absolute path of what ships with the app. */
  readonly resourcesFolder: string;
  /** Absolute; the user's choice for this run, such as `SOTTO_DATA_DIR`. */
  readonly dataFolder?: string;
  /** Absolute; default: `models` in the data folder. */
  readonly modelFolder?: string;
  /** Where the log goes. Default: `sotto.log` in the data folder. */
  readonly log?: 'file' | 'stderr';
  /** Default `info`. */
  readonly minimumLogLevel?: LogLevel;
};

/** The platform of the host and the command line, under plain Node. Makes no folder. */
export function createNodePlatform(options: NodePlatformOptions): Platform {
  const { door, version, resourcesFolder, log = 'file', minimumLogLevel: minimumLevel = 'info' } = options;
  const operatingSystem = process.platform;
  const homeFolder = homedir();
  const clock = createSystemClock();
  const data = options.dataFolder ?? defaultDataFolder({ operatingSystem, homeFolder, environment: process.env });
  const write =
    log === 'file' ? createLogFileWriter(join(data, 'sotto.log')) : (line: string) => void process.stderr.write(line);

  return {
    door,
    operatingSystem,
    version,
    folders: {
      data,
      models: options.modelFolder ?? join(data, 'models'),
      resources: resourcesFolder,
      temporary: join(data, 'temporary'),
    },
    clock,
    logger: createLogger({ clock, homeFolder, minimumLevel, write }),
    desktop: null,
    updateInstaller: null,
    systemLanguage: systemLanguage(process.env),
    cores: availableParallelism(),
    powerSource: async () => await readPowerSource(operatingSystem),
    processorTimeMs: async () => await ownProcessorTimeMs(operatingSystem),
    openExternal: async (url) => startDetached(externalCommand(operatingSystem, url)),
  };
}
