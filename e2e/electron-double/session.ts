import type Electron from 'electron';
import { appSchemes, type SchemeHandler } from './app-scheme.ts';
import type { DevToolsSession } from './devtools-session.ts';
import { asElectron } from './partial-electron.ts';
import { createPreventableEvent } from './preventable-event.ts';
import { strictObject } from './strict.ts';

type PermissionRequestHandler = Parameters<Electron.Session['setPermissionRequestHandler']>[0];
type PermissionCheckHandler = Parameters<Electron.Session['setPermissionCheckHandler']>[0];
type DevicePermissionHandler = Parameters<Electron.Session['setDevicePermissionHandler']>[0];
type BeforeRequestListener = Parameters<Electron.WebRequest['onBeforeRequest']>[0];
type Permission = Parameters<NonNullable<PermissionRequestHandler>>[1];

type DownloadListener = (event: Electron.Event, item: Electron.DownloadItem, contents: Electron.WebContents) => void;

/** A request that the app may cancel, as `webRequest.onBeforeRequest` describes it. */
export type OutgoingRequest = Omit<Electron.OnBeforeRequestListenerDetails, 'id' | 'timestamp'>;

/** Electron's permissions that Chromium can be told about, with Chromium's names for them. */
const chromiumPermissions: readonly (readonly [Permission, readonly string[]])[] = [
  ['media', ['microphone', 'camera']],
  ['geolocation', ['geolocation']],
  ['notifications', ['notifications']],
  ['midi', ['midi']],
  ['clipboard-read', ['clipboard-read']],
  ['clipboard-sanitized-write', ['clipboard-write']],
  ['storage-access', ['storage-access']],
];

function matchesFilter(filter: Electron.WebRequestFilter | undefined, url: string): boolean {
  if (!filter) return true;
  return filter.urls.some((pattern) => {
    if (pattern === '<all_urls>') return true;
    const escaped = pattern.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*');
    return new RegExp(`^${escaped}$`).test(url);
  });
}

/** What the app decided for its session, and how pages are held to it. */
class SessionRules {
  permissionRequestHandler: PermissionRequestHandler = null;
  permissionCheckHandler: PermissionCheckHandler = null;
  #beforeRequest: BeforeRequestListener = null;
  #beforeRequestFilter: Electron.WebRequestFilter | undefined;
  #lastRequestId = 0;
  readonly #downloadListeners: DownloadListener[] = [];

  addDownloadListener(listener: DownloadListener): void {
    this.#downloadListeners.push(listener);
  }

  /** Puts a download that a page begins to the app; `url` is in the terms of its own scheme. */
  isDownloadAllowed(contents: Electron.WebContents, url: string, fileName: string): boolean {
    const event = createPreventableEvent({});
    const item = strictObject('DownloadItem', {
      getURL: () => url,
      // Whatever would lead further by a redirect is refused before.
      getURLChain: () => [url],
      getFilename: () => fileName,
    });
    for (const listener of this.#downloadListeners) {
      listener(event, asElectron<Electron.DownloadItem>(item), contents);
    }
    return !event.defaultPrevented;
  }

  setBeforeRequest(filter: Electron.WebRequestFilter | undefined, listener: BeforeRequestListener): void {
    this.#beforeRequestFilter = filter;
    this.#beforeRequest = listener;
  }

  async isRequestAllowed(request: OutgoingRequest): Promise<boolean> {
    const listener = this.#beforeRequest;
    if (!listener || !matchesFilter(this.#beforeRequestFilter, request.url)) return true;
    this.#lastRequestId += 1;
    const answer = Promise.withResolvers<Electron.CallbackResponse>();
    listener({ ...request, id: this.#lastRequestId, timestamp: Date.now() }, answer.resolve);
    return (await answer.promise).cancel !== true;
  }

  /** Asks the app for each permission before a page loads, and has Chromium enforce the answers. */
  async settlePermissions(devTools: DevToolsSession, contents: Electron.WebContents, pageUrl: string): Promise<void> {
    const { origin } = new URL(pageUrl);
    if (origin === 'null') return;
    const appUrl = appSchemes.toAppUrl(pageUrl);
    for (const [permission, names] of chromiumPermissions) {
      const isGranted =
        this.#check(contents, permission, appUrl) && (await this.#request(contents, permission, appUrl));
      const setting = isGranted ? 'granted' : 'denied';
      for (const name of names) await devTools.send('Browser.setPermission', { permission: { name }, setting, origin });
    }
  }

  #check(contents: Electron.WebContents, permission: Permission, appUrl: string): boolean {
    const handler = this.permissionCheckHandler;
    if (!handler) return true;
    const { protocol, host } = new URL(appUrl);
    const details = { requestingUrl: appUrl, isMainFrame: true, securityOrigin: `${protocol}//${host}/` };
    return handler(contents, permission, `${protocol}//${host}/`, details);
  }

  async #request(contents: Electron.WebContents, permission: Permission, appUrl: string): Promise<boolean> {
    const handler = this.permissionRequestHandler;
    if (!handler) return true;
    const answer = Promise.withResolvers<boolean>();
    handler(contents, permission, answer.resolve, { requestingUrl: appUrl, isMainFrame: true });
    return answer.promise;
  }
}

export const sessionRules = new SessionRules();

/** Electron's `webRequest` of a session. */
const webRequest = strictObject('WebRequest', {
  onBeforeRequest: (
    filterOrListener: Electron.WebRequestFilter | BeforeRequestListener,
    listener?: BeforeRequestListener,
  ): void => {
    if (typeof filterOrListener === 'function' || filterOrListener === null) {
      sessionRules.setBeforeRequest(undefined, filterOrListener);
    } else {
      sessionRules.setBeforeRequest(filterOrListener, listener ?? null);
    }
  },
});

/** Electron's one default session. */
export const defaultSession = strictObject('Session', {
  webRequest,
  setPermissionRequestHandler: (handler: PermissionRequestHandler): void => {
    sessionRules.permissionRequestHandler = handler;
  },
  setPermissionCheckHandler: (handler: PermissionCheckHandler): void => {
    sessionRules.permissionCheckHandler = handler;
  },
  // Headless Chromium has no devices, so nothing is ever asked of it.
  setDevicePermissionHandler: (_handler: DevicePermissionHandler): void => undefined,
  setUSBProtectedClassesHandler: (_handler: Parameters<Electron.Session['setUSBProtectedClassesHandler']>[0]): void =>
    undefined,
  setBluetoothPairingHandler: (_handler: Parameters<Electron.Session['setBluetoothPairingHandler']>[0]): void =>
    undefined,
  setDisplayMediaRequestHandler: (_handler: Parameters<Electron.Session['setDisplayMediaRequestHandler']>[0]): void =>
    undefined,
  // Headless Chromium corrects nothing.
  setSpellCheckerEnabled: (_isEnabled: boolean): void => undefined,
  setSpellCheckerLanguages: (_languages: string[]): void => undefined,
  setSpellCheckerDictionaryDownloadURL: (_url: string): void => undefined,
  // No request of a page gets as far as a certificate.
  setCertificateVerifyProc: (_proc: Parameters<Electron.Session['setCertificateVerifyProc']>[0]): void => undefined,
  on: (_event: 'will-download', listener: DownloadListener): object => {
    sessionRules.addDownloadListener(listener);
    return defaultSession;
  },
});

/** Electron's session. */
export const session = strictObject('session', { defaultSession });

/** Electron's protocol. */
export const protocol = strictObject('protocol', {
  registerSchemesAsPrivileged: (schemes: readonly Electron.CustomScheme[]): void => {
    for (const { scheme } of schemes) appSchemes.privilege(scheme);
  },
  handle: (scheme: string, handler: SchemeHandler): void => appSchemes.handle(scheme, handler),
});
