import { RPCLink } from '@orpc/client/message-port';
import { z } from 'zod';
import { AppError, appErrorDataSchema } from '../../electron/shared/app-error.ts';
import { folderTicketSchema } from '../../electron/shared/ids.ts';
import type { Door, Line } from './door.ts';
import { ticketedFileSchema } from './ticketed-file.ts';

/** What the preload script puts on the page; checked again on this side, for types do not cross that border. */
export type DesktopBridge = {
  connect(): void;
  ticketFor(file: File): Promise<unknown>;
  folderTicketFor(folder: File): Promise<unknown>;
};

declare global {
  interface Window {
    readonly sotto?: DesktopBridge;
  }
}

const refusalSchema = z.object({ error: appErrorDataSchema });

const portTimeoutMs = 10_000;

function receivePort(bridge: DesktopBridge): Promise<MessagePort> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      window.removeEventListener('message', onMessage);
      reject(new Error('The shell sent no port.'));
    }, portTimeoutMs);
    const onMessage = (event: MessageEvent): void => {
      const [port] = event.ports;
      if (event.source !== window || event.data !== 'sotto-port' || port === undefined) return;
      clearTimeout(timer);
      window.removeEventListener('message', onMessage);
      resolve(port);
    };
    window.addEventListener('message', onMessage);
    bridge.connect();
  });
}

async function openPort(bridge: DesktopBridge): Promise<Line> {
  const port = await receivePort(bridge);
  const closed = new Promise<void>((resolve) => {
    port.addEventListener('close', () => resolve(), { once: true });
  });
  const link = new RPCLink({ port });
  port.start();
  return { link, closed };
}

/** The door of the desktop window: a MessagePort from the main process. */
export function createDesktopDoor(bridge: DesktopBridge): Door {
  return {
    kind: 'desktop',
    open: () => openPort(bridge),
    ticketFor: async (file) => {
      const answer = await bridge.ticketFor(file);
      // An error loses its code on the way from the main process, so a refusal comes as a value.
      const refusal = refusalSchema.safeParse(answer);
      if (refusal.success) throw AppError.fromData(refusal.data.error);
      return ticketedFileSchema.parse(answer);
    },
    folderTicketFor: async (folder) => {
      const answer = await bridge.folderTicketFor(folder);
      const refusal = refusalSchema.safeParse(answer);
      if (refusal.success) throw AppError.fromData(refusal.data.error);
      return folderTicketSchema.parse(answer);
    },
  };
}
