import { app, powerMonitor, shell } from 'electron';
import { chosenFolders } from '../app/door-options.ts';
import type { ProductFiles } from '../app/product-files.ts';
import { createNodePlatform, type NodePlatformOptions } from '../platform/create-node-platform.ts';
import type { Desktop } from '../platform/desktop.ts';
import type { Platform } from '../platform/platform.ts';
import { createUpdateInstaller } from './install-update.ts';
import { runWindowsInstaller } from './run-windows-installer.ts';

/**
 * The platform of the desktop window: Node's, with Electron's own word on the language, on power, and on opening links,
 * and with the native desktop around it.
 */
export function createElectronPlatform(files: ProductFiles, desktop: Desktop): Platform {
  const options: NodePlatformOptions = {
    door: 'window',
    version: files.version,
    resourcesFolder: files.resourcesFolder,
    ...chosenFolders(process.env, process.cwd()),
  };
  const platform = createNodePlatform(options);
  return {
    ...platform,
    desktop,
    updateInstaller: createUpdateInstaller({
      app,
      shell,
      operatingSystem: platform.operatingSystem,
      environment: process.env,
      resourcesPath: process.resourcesPath,
      runAfterEnd: runWindowsInstaller,
      logger: platform.logger,
    }),
    systemLanguage: app.getPreferredSystemLanguages()[0] ?? platform.systemLanguage,
    powerSource: async () => (powerMonitor.isOnBatteryPower() ? 'battery' : 'mains'),
    processorTimeMs: async () => processorTimeMs(),
    openExternal: async (url) => await shell.openExternal(url),
  };
}

/** Over all processes of the app, the window's included. */
function processorTimeMs(): number {
  return app.getAppMetrics().reduce((sum, { cpu }) => sum + (cpu.cumulativeCPUUsage ?? 0) * 1_000, 0);
}
