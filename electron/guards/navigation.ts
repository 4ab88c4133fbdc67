import { isAppUrl } from './app-origin.ts';

/** Whether a frame of the window may go to `url`: only the app's own page, and only as the main frame. */
export function isNavigationAllowed({
  url,
  isMainFrame,
}: {
  readonly url: string;
  readonly isMainFrame: boolean;
}): boolean {
  return isMainFrame && isAppUrl(url);
}
