import { isAppUrl } from './app-origin.ts';

/** Who sent a message to the main process. `url` is undefined when the frame is already gone. */
export type IpcSender = { readonly url: string | undefined; readonly isMainFrame: boolean };

/** Only the main frame of the app's own page is listened to. */
export function isTrustedSender({ url, isMainFrame }: IpcSender): boolean {
  return isMainFrame && url !== undefined && isAppUrl(url);
}
