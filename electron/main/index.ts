import { join } from 'node:path';
import { app } from 'electron';
import { findProductFiles } from '../app/product-files.ts';
import { denyNetwork } from '../platform/deny-network.ts';
import { registerAppScheme } from './app-protocol.ts';
import { noteCrashes } from './crash-reports.ts';
import { createDesktop } from './create-desktop.ts';
import { createElectronPlatform } from './electron-platform.ts';
import { allowPortalShortcuts } from './quick-ask-desktop.ts';
import { isStartRefused } from './refuse-start.ts';
import { startShell } from './start-shell.ts';

denyNetwork(globalThis);
registerAppScheme();
app.enableSandbox();
const files = findProductFiles();
const desktop = createDesktop();
const platform = createElectronPlatform(files, desktop);
// What Chromium keeps (caches, its own settings) lies apart from the user's data, and belongs to the same data folder.
app.setPath('userData', join(platform.folders.data, 'window'));
process.on('unhandledRejection', (reason) => {
  platform.logger.error('unhandled-rejection', { message: reason instanceof Error ? reason.message : String(reason) });
});
noteCrashes(platform.logger);
allowPortalShortcuts(platform.operatingSystem);
if (isStartRefused(platform)) app.exit(2);
else if (app.requestSingleInstanceLock()) void startShell({ files, platform, desktop });
else app.quit();
