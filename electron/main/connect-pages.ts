import { ipcMain, MessageChannelMain } from 'electron';
import type { ApiContext } from '../api/context.ts';
import type { Logger } from '../platform/logger.ts';
import { answerPages } from './answer-pages.ts';

/**
 * Gives a page that asks its own line to the contract, and tickets for the files and folders that were dropped on it. `ready`
 * resolves with the context once the app is open; pages may ask before. Whoever is not the app's own main frame is not
 * answered. A page has one line: the one before ends with its calls when it asks anew, as after a reload, and when it is gone.
 */
export function connectPages(ready: Promise<ApiContext>, logger: Logger): void {
  const door = { ipcMain, createChannel: () => new MessageChannelMain(), nowMs: () => performance.now() };
  answerPages(door, ready, logger);
}
