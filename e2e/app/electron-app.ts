import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { _electron, type ElectronApplication } from '@playwright/test';
import { enginePidBelow } from './host-app.ts';
import type { DoorName, SottoApp, StartOptions } from './sotto-app.ts';

const root = join(import.meta.dirname, '..', '..');

type ElectronDoor = Exclude<DoorName, 'host'>;

const doublePath = join(root, 'e2e/electron-double/electron');

/** Launches the built main process in Electron, or in the double that stands in for its executable; no window need come. */
export async function launchElectron(door: ElectronDoor, options: StartOptions): Promise<ElectronApplication> {
  return await _electron.launch({
    ...(door === 'double' ? { executablePath: doublePath } : {}),
    args: argumentsFor(options),
    env: environmentFor(options),
    acceptDownloads: true,
  });
}

/** How a start ended by itself, with what it wrote for a person. */
export type EndedStart = { readonly status: number | null; readonly problem: string };

/** Starts the app from a folder where it ends by itself: it runs already, or it refuses. Resolves when this process has ended. */
export async function startAgain(
  door: ElectronDoor,
  options: StartOptions,
  workingFolder: string,
): Promise<EndedStart> {
  // Electron's package exports the path of its executable.
  const executablePath = door === 'double' ? doublePath : (createRequire(import.meta.url)('electron') as string);
  const second = spawn(executablePath, argumentsFor(options), {
    cwd: workingFolder,
    env: environmentFor(options),
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const problem = text(second.stderr);
  await once(second, 'exit');
  return { status: second.exitCode, problem: await problem };
}

/** Starts the app and waits for its window. */
export async function startElectron(door: ElectronDoor, options: StartOptions): Promise<SottoApp> {
  const application = await launchElectron(door, options);
  const page = await application.firstWindow();
  // A window is there before its page is; the double shows `app://sotto/` as https.
  await page.waitForURL(/^(app|https):\/\/sotto\b/);
  return {
    page,
    application,
    pid: application.process().pid ?? -1,
    enginePid: () => enginePid(door, application),
    close: () => application.close(),
  };
}

function argumentsFor({ arguments: given = [] }: StartOptions): string[] {
  return [...(process.platform === 'linux' ? ['--no-sandbox'] : []), join(root, 'out/main/index.js'), ...given];
}

function environmentFor(options: StartOptions): Record<string, string> {
  const kept = Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return {
    ...Object.fromEntries(kept),
    ...options.environment,
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
