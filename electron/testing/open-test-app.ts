import { createLocalClient, type AppClient } from '../app/app-client.ts';
import type { App, AppOptions } from '../app/app.ts';
import { nodeDoorOptions } from '../app/door-options.ts';
import { openApp } from '../app/open-app.ts';
import { findProductFiles } from '../app/product-files.ts';
import { createAbsentSecretStore } from '../platform/absent-secret-store.ts';
import type { AccessState } from '../shared/access.ts';
import { storageWorkerPath } from './open-test-storage.ts';

/** The whole app over a folder of the test's own, as a door opens it. */
export type TestApp = {
  readonly app: App;
  readonly client: AppClient;
  /** How the first opening ended. */
  readonly state: AccessState;
};

/** What a test may choose. `dataFolder` is absolute. */
export type TestAppOptions = Partial<Omit<AppOptions, 'platform'>> & {
  readonly dataFolder: string;
  readonly platform?: Partial<AppOptions['platform']>;
};

/** Opens the app on a data folder that nobody owns, without a keychain unless `secrets` brings one. Close it. */
export async function openTestApp({ dataFolder, platform, ...change }: TestAppOptions): Promise<TestApp> {
  const usual = nodeDoorOptions('terminal', findProductFiles(), { dataFolder, modelFolder: `${dataFolder}-models` });
  const opened = await openApp({
    ...usual,
    secrets: createAbsentSecretStore(),
    storageWorkerPath,
    ...change,
    // What a test decides must not hang on the battery and the load of whoever runs it.
    platform: {
      ...usual.platform,
      powerSource: () => Promise.resolve('mains'),
      processorTimeMs: () => Promise.resolve(null),
      ...platform,
    },
  });
  if (opened.status === 'taken') throw new Error(`Process ${opened.pid} has the folder`);
  const { app } = opened;
  const state = await app.whenSettled();
  return { app, client: createLocalClient(app.context({ canNamePaths: true })), state };
}
