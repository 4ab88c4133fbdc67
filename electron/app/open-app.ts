import { RPCHandler } from '@orpc/server/message-port';
import { router } from '../api/router.ts';
import { emptyCoreDumps } from '../platform/empty-core-dumps.ts';
import type { App, AppOptions } from './app.ts';
import { createApp } from './create-app.ts';
import { claimDataFolder, type TakenFolder } from './data-folder/claim-data-folder.ts';

/**
 * Begins to open the app as the owner of its data folder and lets other doors join it through the folder's socket, or says
 * who owns it already. What keeps the chats from opening is in the app's `access`. Throws AppError `disk/*` for the folder.
 */
export async function openApp(
  options: AppOptions,
): Promise<{ readonly status: 'opened'; readonly app: App } | TakenFolder> {
  // Before anything of the chats is in memory, and before any process is started.
  emptyCoreDumps();
  const { folders, operatingSystem } = options.platform;
  const claim = await claimDataFolder(folders.data, operatingSystem);
  if (claim.status === 'taken') return claim;
  const app = createApp(options, claim.release);
  const calls = new RPCHandler(router);
  const context = app.context({ canNamePaths: true });
  claim.serve((port) => calls.upgrade(port, { context }));
  return { status: 'opened', app };
}
