import { app, shell } from 'electron';
import { chosenFolders } from '../app/door-options.ts';
import type { ProductFiles } from '../app/product-files.ts';
import { createNodePlatform, type NodePlatformOptions } from '../platform/create-node-platform.ts';
import type { Platform } from '../platform/platform.ts';

/** The platform of the desktop window: Node's, with Electron's own word on the language and on opening links. */
export function createElectronPlatform(files: ProductFiles): Platform {
  const options: NodePlatformOptions = {
    door: 'window',
    version: files.version,
    resourcesFolder: files.resourcesFolder,
    ...chosenFolders(process.env, process.cwd()),
  };
  const platform = createNodePlatform(options);
  return {
    ...platform,
    systemLanguage: app.getPreferredSystemLanguages()[0] ?? platform.systemLanguage,
    openExternal: async (url) => await shell.openExternal(url),
  };
}
