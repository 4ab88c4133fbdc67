import { RPCHandler } from '@orpc/server/message-port';
import { router } from '../api/router.ts';
import type { App, AppOptions } from './app.ts';
import { createApp } from './create-app.ts';
import { claimDataFolder, type TakenFolder } from './data-folder/claim-data-folder.ts';

/**
 * Opens the app as the owner of its data folder and lets other doors join it through the folder's socket, or says who
 * owns it already. Throws AppError `disk/*` for the folder and `storage/*` for the database.
 */
export async function openApp(
  options: AppOptions,
): Promise<{ readonly status: 'opened'; readonly app: App } | TakenFolder> {
  const { folders, operatingSystem } = options.platform;
  const claim = await claimDataFolder(folders.data, operatingSystem);
  if (claim.status === 'taken') return claim;
  const app = await createApp(options).catch(async (error: unknown) => {
    await claim.release();
    throw error;
  });
  const calls = new RPCHandler(router);
  const context = app.context({ canNamePaths: true });
  claim.serve((port) => calls.upgrade(port, { context }));
  const close = async (): Promise<void> => {
    // The folder is given away last: whoever takes it next finds nobody at work in it.
    await app.close();
    await claim.release();
  };
  return { status: 'opened', app: { ...app, close } };
}
