import { isAppUrl } from './app-origin.ts';

/** The page may write text to the clipboard (the copy button) and nothing else: no camera, microphone, place, device. */
export function isPermissionAllowed({
  permission,
  requestingUrl,
}: {
  readonly permission: string;
  readonly requestingUrl: string;
}): boolean {
  return permission === 'clipboard-sanitized-write' && isAppUrl(requestingUrl);
}
