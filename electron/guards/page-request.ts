import { appOrigin, isAppUrl } from './app-origin.ts';

/**
 * Whether the window's session may load `url`, of whatever kind the request is: the app's own files, and what a page of the
 * app made itself (`blob:app://sotto/…`). Nothing by http, https, ws, wss, file, data, ftp or about. The developer tools
 * load their own files, where there are developer tools.
 */
export function isPageRequestAllowed(url: string, hasDeveloperTools: boolean): boolean {
  return isAppUrl(url) || isOwnBlobUrl(url) || (hasDeveloperTools && url.startsWith('devtools://'));
}

/** True for what a page of the app's own holds in memory. Chromium writes these addresses itself, always in this form. */
export function isOwnBlobUrl(url: string): boolean {
  return url.startsWith(`blob:${appOrigin}/`) && /^[A-Za-z0-9-]+$/.test(url.slice(`blob:${appOrigin}/`.length));
}
