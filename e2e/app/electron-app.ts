import { join } from 'node:path';
import { _electron, type ElectronApplication } from '@playwright/test';
import { enginePidBelow } from './host-app.ts';
import type { DoorName, SottoApp, StartOptions } from './sotto-app.ts';

const root = join(import.meta.dirname, '..', '..');

/** Starts the built main process in Electron, or in the double that stands in for its executable. */
export async function startElectron(door: Exclude<DoorName, 'host'>, options: StartOptions): Promise<SottoApp> {
  const application = await _electron.launch({
    ...(door === 'double' ? { executablePath: join(root, 'e2e/electron-double/electron') } : {}),
    args: [...(process.platform === 'linux' ? ['--no-sandbox'] : []), join(root, 'out/main/index.js')],
    env: environmentFor(options),
    acceptDownloads: true,
  });
  const page = await application.firstWindow();
  // A window is there before its page is; the double shows `app://sotto/` as https.
  await page.waitForURL(/^(app|https):\/\/sotto\b/);
  return {
    page,
    pid: application.process().pid ?? -1,
    enginePid: () => enginePid(door, application),
    close: () => application.close(),
  };
}

function environmentFor(options: StartOptions): Record<string, string> {
  const kept = Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return {
    ...Object.fromEntries(kept),
    SOTTO_DATA_DIR: options.dataFolder,
    SOTTO_KEYCHAIN: 'none',
    SOTTO_MODEL_DIR: options.modelFolder,
    ELECTRON_DOUBLE_NODE: process.execPath,
  };
}

/** A utility process of real Electron does not show its script on the command line; Electron knows its name. */
async function enginePid(door: DoorName, application: ElectronApplication): Promise<number | undefined> {
  if (door === 'double') return enginePidBelow(application.process().pid ?? -1);
  return application.evaluate(({ app }) => app.getAppMetrics().find((metric) => metric.name === 'sotto-engine')?.pid);
}
