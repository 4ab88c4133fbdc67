import type Electron from 'electron';
import { appSchemes, type SchemeHandler } from './app-scheme.ts';
import type { DevToolsEvent, DevToolsSession } from './devtools-session.ts';
import type { PageOwner } from './page-owner.ts';
import { createPreventableEvent } from './preventable-event.ts';
import { sessionRules, type OutgoingRequest } from './session.ts';

type PausedRequest = DevToolsEvent<'Fetch.requestPaused'>;
type ErrorReason = 'Aborted' | 'BlockedByClient' | 'Failed';

/** Chromium's resource types under Electron's names; the rest are `other`. */
const resourceTypes: Readonly<Record<string, OutgoingRequest['resourceType']>> = {
  Stylesheet: 'stylesheet',
  Image: 'image',
  Media: 'media',
  Font: 'font',
  Script: 'script',
  XHR: 'xhr',
  Fetch: 'xhr',
  Ping: 'ping',
  CSPViolationReport: 'cspReport',
};

const seenByFetch = /^(https?|file|data|blob|about|javascript):/;
const withoutHash = (url: string): string => url.split('#', 1)[0] ?? url;

/** Puts every request of a page before the app: navigation listeners, request filter and protocol handlers. */
export class PageRequests {
  readonly #devTools: DevToolsSession;
  readonly #topFrameId: string;
  readonly #owner: PageOwner;
  /** Loads that the app or Playwright asked for: only a page's own navigation is put to the listeners. */
  readonly #browserLoads = new Set<string>();
  #expectedUrl: string | undefined;

  constructor(devTools: DevToolsSession, topFrameId: string, owner: PageOwner) {
    this.#devTools = devTools;
    this.#topFrameId = topFrameId;
    this.#owner = owner;
    devTools.on('Fetch.requestPaused', (event) => void this.#answer(event));
    devTools.on('Page.frameStartedNavigating', (event) => this.#noteNavigation(event));
  }

  /** Says that the app itself is loading this address into the page. */
  expectLoad(pageUrl: string): void {
    this.#expectedUrl = withoutHash(pageUrl);
  }

  async #answer(event: PausedRequest): Promise<void> {
    try {
      await this.#decide(event);
    } catch (error) {
      // The page may be gone, which is no news; otherwise the request fails and the reason is on stderr.
      process.stderr.write(`${event.request.url}: ${String(error)}\n`);
      await this.#fail(event, 'Failed').catch(() => undefined);
    }
  }

  async #decide(event: PausedRequest): Promise<void> {
    const appUrl = appSchemes.toAppUrl(event.request.url);
    if (event.resourceType === 'Document') {
      if (this.#isNavigationDenied(event, appUrl)) return this.#fail(event, 'Aborted');
      if (event.frameId === this.#topFrameId) {
        await sessionRules.settlePermissions(this.#devTools, this.#owner.contents, event.request.url);
      }
    }
    if (!(await sessionRules.isRequestAllowed(this.#describe(event, appUrl)))) {
      return this.#fail(event, 'BlockedByClient');
    }
    const handler = appSchemes.handlerFor(appUrl);
    if (handler) return this.#serve(event, appUrl, handler);
    await this.#devTools.send('Fetch.continueRequest', { requestId: event.requestId });
  }

  async #fail({ requestId }: PausedRequest, errorReason: ErrorReason): Promise<void> {
    await this.#devTools.send('Fetch.failRequest', { requestId, errorReason });
  }

  async #serve(event: PausedRequest, appUrl: string, handler: SchemeHandler): Promise<void> {
    const response = await handler(createAppRequest(event.request, appUrl));
    await this.#devTools.send('Fetch.fulfillRequest', {
      requestId: event.requestId,
      responseCode: response.status,
      responseHeaders: [...response.headers].map(([name, value]) => ({ name, value: appSchemes.toPageHeader(value) })),
      body: Buffer.from(await response.arrayBuffer()).toString('base64'),
    });
  }

  #describe({ request, resourceType, frameId }: PausedRequest, appUrl: string): OutgoingRequest {
    const isTop = frameId === this.#topFrameId;
    const documentType = isTop ? 'mainFrame' : 'subFrame';
    return {
      url: appUrl,
      method: request.method,
      webContentsId: this.#owner.contents.id,
      resourceType: resourceType === 'Document' ? documentType : (resourceTypes[resourceType] ?? 'other'),
      referrer: '',
      uploadData: [],
    };
  }

  #isNavigationDenied(event: PausedRequest, appUrl: string): boolean {
    const isMainFrame = event.frameId === this.#topFrameId;
    if (isMainFrame && withoutHash(event.request.url) === this.#expectedUrl) {
      this.#expectedUrl = undefined;
      return false;
    }
    if (event.networkId !== undefined && this.#browserLoads.delete(event.networkId)) return false;
    if (event.redirectedRequestId !== undefined) return this.#isPrevented('will-redirect', appUrl, isMainFrame);
    if (this.#isPrevented('will-frame-navigate', appUrl, isMainFrame)) return true;
    return isMainFrame && this.#isPrevented('will-navigate', appUrl, isMainFrame);
  }

  #isPrevented(
    name: 'will-navigate' | 'will-frame-navigate' | 'will-redirect',
    url: string,
    isMainFrame: boolean,
  ): boolean {
    const { mainFrame } = this.#owner.contents;
    const details: Electron.WebContentsWillNavigateEventParams = {
      url,
      isMainFrame,
      isSameDocument: false,
      frame: isMainFrame ? mainFrame : null,
      initiator: mainFrame,
    };
    const event = createPreventableEvent(details);
    this.#owner.emit(name, event, url, false, isMainFrame);
    return event.defaultPrevented;
  }

  #noteNavigation({ url, frameId, loaderId, navigationType }: DevToolsEvent<'Page.frameStartedNavigating'>): void {
    // A page that reloads itself or goes back cannot be told from Playwright or the app doing so.
    if (/^(reload|restore|history)/.test(navigationType)) this.#browserLoads.add(loaderId);
    if (navigationType === 'sameDocument' || frameId !== this.#topFrameId || seenByFetch.test(url)) return;
    // Other schemes (mailto:, and the app's own when written out) are never paused: put them to the listeners here.
    if (this.#isPrevented('will-frame-navigate', url, true) || this.#isPrevented('will-navigate', url, true)) return;
    const pageUrl = appSchemes.toPageUrl(url);
    if (pageUrl === url) return;
    this.expectLoad(pageUrl);
    void this.#devTools.send('Page.navigate', { url: pageUrl }).catch(() => undefined);
  }
}

/** The request as the app's protocol handler sees it: in terms of its own scheme. */
function createAppRequest(request: PausedRequest['request'], appUrl: string): Request {
  const headers = new Headers();
  for (const [name, value] of Object.entries(request.headers)) {
    if (/^(origin|referer)$/i.test(name))
      headers.set(name, appSchemes.toAppUrl(value).replace(/(?<=:\/\/[^/]+)\/$/, ''));
    else headers.set(name, value);
  }
  const hasBody = request.postData !== undefined && !['GET', 'HEAD'].includes(request.method);
  return new Request(appUrl, { method: request.method, headers, ...(hasBody ? { body: request.postData ?? '' } : {}) });
}
