import { ipcMain, MessageChannelMain, type IpcMainEvent, type IpcMainInvokeEvent } from 'electron';
import { RPCHandler } from '@orpc/server/message-port';
import { z } from 'zod';
import type { ApiContext } from '../api/context.ts';
import { router } from '../api/router.ts';
import { isTrustedSender } from '../guards/ipc-sender.ts';
import type { Logger } from '../platform/logger.ts';
import { AppError } from '../shared/app-error.ts';

const pathSchema = z.string().min(1).max(32_768);

/**
 * Gives a page that asks its own port to the contract, and tickets for the files and folders that were dropped on it. `ready`
 * resolves with the context once the app is open; pages may ask before. Whoever is not the app's own main frame is not
 * answered.
 */
export function connectPages(ready: Promise<ApiContext>, logger: Logger): void {
  const calls = new RPCHandler(router);
  ipcMain.on('sotto-connect', (event) => {
    if (!isTrusted(event, logger)) return;
    const { port1, port2 } = new MessageChannelMain();
    ready.then(
      (context) => {
        calls.upgrade(port1, { context });
        port1.start();
        event.sender.postMessage('sotto-port', null, [port2]);
      },
      // The failure to open is reported where it happened.
      () => port1.close(),
    );
  });
  answerWithTicket('sotto-ticket', ({ files }, path) => files.ticketForPath(path));
  answerWithTicket('sotto-folder-ticket', ({ library }, path) => library.folderTicketForPath(path));

  function answerWithTicket(
    channel: string,
    ticketFor: (services: ApiContext['services'], path: string) => Promise<unknown>,
  ): void {
    ipcMain.handle(channel, async (event, path: unknown) => {
      try {
        if (!isTrusted(event, logger)) throw new AppError('app/invalid-input', 'This frame may not hand over files');
        const { services } = await ready;
        const named = pathSchema.safeParse(path);
        // What was never a file on the disk, such as a picture dragged out of another page, has no path.
        if (!named.success) throw new AppError('file/not-found', 'What was dropped is not a file on the disk');
        return await ticketFor(services, named.data);
      } catch (error) {
        // Errors lose their code on Electron's way to the page, so it travels as a value.
        return { error: AppError.from(error).toData() };
      }
    });
  }
}

function isTrusted(event: IpcMainEvent | IpcMainInvokeEvent, logger: Logger): boolean {
  const { senderFrame, sender } = event;
  const isTrusted = isTrustedSender({ url: senderFrame?.url, isMainFrame: senderFrame === sender.mainFrame });
  if (!isTrusted) logger.warn('ipc-sender-refused');
  return isTrusted;
}
