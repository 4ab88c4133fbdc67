import type { IpcMain, IpcMainEvent, IpcMainInvokeEvent, MessagePortMain, WebContents } from 'electron';
import type { ApiContext } from '../api/context.ts';
import { PageLine, type PagePort } from '../app/page-line.ts';
import { isTrustedSender } from '../guards/ipc-sender.ts';
import { readDroppedPath, type PageChannel } from '../guards/page-message.ts';
import { fullBucket, takeToken, type BucketRules, type TokenBucket } from '../guards/token-bucket.ts';
import type { Logger } from '../platform/logger.ts';
import { AppError } from '../shared/app-error.ts';

/** Thousands of files dropped at once pass; a page that never stops asking does not. */
const messageRules: BucketRules = { capacity: 20_000, refillPerSecond: 500 };

type PageEvent = IpcMainEvent | IpcMainInvokeEvent;

/** What is taken of Electron to hear pages and to answer them. */
export type PageDoor = {
  readonly ipcMain: Pick<IpcMain, 'on' | 'handle'>;
  /** Two ends of a channel, one for each side. */
  readonly createChannel: () => { readonly port1: PagePort; readonly port2: MessagePortMain };
  /** Milliseconds of a clock that never goes back. */
  readonly nowMs: () => number;
};

/** Answers pages through `door`, as `connectPages` describes it. */
export function answerPages(
  { ipcMain, createChannel, nowMs }: PageDoor,
  ready: Promise<ApiContext>,
  logger: Logger,
): void {
  const lines = new WeakMap<WebContents, PageLine>();
  const buckets = new WeakMap<WebContents, TokenBucket>();

  ipcMain.on('sotto-connect' satisfies PageChannel, (event) => {
    if (!isTrusted(event, logger) || !isInTime(event)) return;
    const { sender } = event;
    const { port1, port2 } = createChannel();
    ready.then(
      (context) => {
        if (sender.isDestroyed()) return port1.close();
        if (lines.has(sender)) lines.get(sender)?.close();
        else followEnd(sender);
        lines.set(sender, new PageLine({ port: port1, context, logger, nowMs }));
        sender.postMessage('sotto-port', null, [port2]);
      },
      // The failure to open is reported where it happened.
      () => port1.close(),
    );
  });
  answerWithTicket('sotto-ticket', ({ files }, path) => files.ticketForPath(path));
  answerWithTicket('sotto-folder-ticket', ({ library }, path) => library.folderTicketForPath(path));

  /** A process of a page that is gone tells nobody that its ports are. */
  function followEnd(sender: WebContents): void {
    sender.once('destroyed', () => lines.get(sender)?.close());
    sender.on('render-process-gone', () => lines.get(sender)?.close());
  }

  function answerWithTicket(
    channel: PageChannel,
    ticketFor: (services: ApiContext['services'], path: string) => Promise<unknown>,
  ): void {
    ipcMain.handle(channel, async (event, ...messages: unknown[]) => {
      try {
        if (!isTrusted(event, logger)) throw new AppError('app/invalid-input', 'This frame may not hand over files');
        if (!isInTime(event)) throw new AppError('app/too-busy', 'Too many files at once');
        const path = readDroppedPath(messages);
        // What was never a file on the disk, such as a picture dragged out of another page, has no path.
        if (path === null) throw new AppError('file/not-found', 'What was dropped is not a file on the disk');
        const { services } = await ready;
        return await ticketFor(services, path);
      } catch (error) {
        // Errors lose their code on Electron's way to the page, so it travels as a value.
        return { error: AppError.from(error).toData() };
      }
    });
  }

  function isInTime({ sender }: PageEvent): boolean {
    const before = buckets.get(sender) ?? fullBucket(messageRules, nowMs());
    const { isTaken, bucket } = takeToken(before, messageRules, nowMs());
    buckets.set(sender, bucket);
    if (!isTaken) logger.warn('ipc-too-busy');
    return isTaken;
  }
}

function isTrusted(event: PageEvent, logger: Logger): boolean {
  const { senderFrame, sender } = event;
  const isTrusted = isTrustedSender({ url: senderFrame?.url, isMainFrame: senderFrame === sender.mainFrame });
  if (!isTrusted) logger.warn('ipc-sender-refused');
  return isTrusted;
}
