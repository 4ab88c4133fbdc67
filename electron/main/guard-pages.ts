import { app, session, type WebContents } from 'electron';
import type { ExternalLink } from '../guards/external-link.ts';
import { isNavigationAllowed } from '../guards/navigation.ts';
import { isPermissionAllowed } from '../guards/permission.ts';
import { decideWindowOpen } from '../guards/window-open.ts';
import { isAppUrl } from '../guards/app-origin.ts';

/** What happens to a link that a page wanted to open: it is confirmed, with the host that it really leads to. */
export type ConfirmLink = (link: Extract<ExternalLink, { status: 'allowed' }>) => void;

/** Holds every page of the app, now and later, to the guards. */
export function guardPages(confirmLink: ConfirmLink): void {
  app.on('web-contents-created', (_event, contents) => guardContents(contents, confirmLink));
}

function guardContents(contents: WebContents, confirmLink: ConfirmLink): void {
  contents.setWindowOpenHandler(({ url }) => {
    const { action, confirm } = decideWindowOpen(url);
    if (confirm !== null) confirmLink(confirm);
    return { action };
  });
  contents.on('will-frame-navigate', (event) => {
    if (!isNavigationAllowed(event)) event.preventDefault();
  });
  contents.on('will-redirect', (event) => {
    if (!isNavigationAllowed(event)) event.preventDefault();
  });
  contents.on('will-attach-webview', (event) => event.preventDefault());
}

/** Refuses every permission but those of the guard, every device, and every request that is not for the app's own page. */
export function guardSession(): void {
  const { defaultSession } = session;
  defaultSession.setPermissionRequestHandler((_contents, permission, answer, details) => {
    answer(isPermissionAllowed({ permission, requestingUrl: details.requestingUrl }));
  });
  defaultSession.setPermissionCheckHandler((_contents, permission, requestingOrigin) =>
    isPermissionAllowed({ permission, requestingUrl: requestingOrigin }),
  );
  defaultSession.setDevicePermissionHandler(() => false);
  defaultSession.webRequest.onBeforeRequest((request, answer) => {
    answer({ cancel: !isPageRequest(request.url) });
  });
}

/** What the window loads by itself: its own page, pictures that it made, and the developer tools. */
function isPageRequest(url: string): boolean {
  return isAppUrl(url) || /^(blob:app:\/\/sotto\/|devtools:)/.test(url);
}
