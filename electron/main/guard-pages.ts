import { app, session, type Session, type WebContents } from 'electron';
import { isDownloadAllowed } from '../guards/download.ts';
import type { ExternalLink } from '../guards/external-link.ts';
import { isNavigationAllowed } from '../guards/navigation.ts';
import { isPageRequestAllowed } from '../guards/page-request.ts';
import { isPermissionAllowed } from '../guards/permission.ts';
import { decideWindowOpen } from '../guards/window-open.ts';

/** What happens to a link that a page wanted to open: it is confirmed, with the host that it really leads to. */
export type ConfirmLink = (link: Extract<ExternalLink, { status: 'allowed' }>) => void;

/** Chromium's `net::ERR_FAILED`, as the answer to a certificate. */
const certificateRefused = -2;

/** Holds every page of the app, now and later, to the guards. */
export function guardPages(confirmLink: ConfirmLink): void {
  app.on('web-contents-created', (_event, contents) => guardContents(contents, confirmLink));
  // No page loads anything by https, so whoever asks to be believed, known or let in is not asked back.
  app.on('certificate-error', (event, _contents, _url, _error, _certificate, answer) => {
    event.preventDefault();
    answer(false);
  });
  app.on('select-client-certificate', (event, _contents, _url, _list, answer) => {
    event.preventDefault();
    answer();
  });
  app.on('login', (event, _contents, _details, _authInfo, answer) => {
    event.preventDefault();
    answer();
  });
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

/**
 * Refuses every permission but those of the guard, every device, every certificate, every download that the page did not
 * make, and every request that is not for the app's own page.
 */
export function guardSession(): void {
  const { defaultSession } = session;
  refusePermissions(defaultSession);
  const hasDeveloperTools = !app.isPackaged;
  defaultSession.webRequest.onBeforeRequest((request, answer) => {
    answer({ cancel: !isPageRequestAllowed(request.url, hasDeveloperTools) });
  });
  defaultSession.on('will-download', (event, item) => {
    if (!isDownloadAllowed(item.getURLChain())) event.preventDefault();
  });
  defaultSession.setCertificateVerifyProc((_request, answer) => answer(certificateRefused));
}

function refusePermissions(guarded: Session): void {
  guarded.setPermissionRequestHandler((_contents, permission, answer, details) => {
    answer(isPermissionAllowed({ permission, requestingUrl: details.requestingUrl }));
  });
  guarded.setPermissionCheckHandler((_contents, permission, requestingOrigin) =>
    isPermissionAllowed({ permission, requestingUrl: requestingOrigin }),
  );
  guarded.setDevicePermissionHandler(() => false);
  // Those that Chromium keeps from every page stay kept from it.
  guarded.setUSBProtectedClassesHandler(({ protectedClasses }) => protectedClasses);
  guarded.setBluetoothPairingHandler((_details, answer) => answer({ confirmed: false }));
  guarded.setDisplayMediaRequestHandler((_request, answer) => answer(null));
}
