import { isOwnBlobUrl } from './page-request.ts';

/**
 * Whether the window may save a file: only what its own page made, such as an export. `urls` is the whole way of the
 * download, redirects included; a model comes by another way, through egress.
 */
export function isDownloadAllowed(urls: readonly string[]): boolean {
  return urls.length > 0 && urls.every((url) => isOwnBlobUrl(url));
}
