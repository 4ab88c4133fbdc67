import { randomUUID } from 'node:crypto';
import { appSchemes } from './app-scheme.ts';
import { chromiumHost } from './chromium-host.ts';
import type { DevToolsSession } from './devtools-session.ts';
import { answerFilePathQuestions } from './file-path-answers.ts';
import type { PageOwner } from './page-owner.ts';
import { PageRequests } from './page-requests.ts';
import { mainWorldScript, preloadScript } from './page-script.ts';
import { PreloadLink, preloadWorldName } from './preload-link.ts';
import { sessionRules } from './session.ts';

/** Size of a window's content, in CSS pixels. */
export type PageSize = { readonly width: number; readonly height: number };

type OpenPage = { readonly devTools: DevToolsSession; readonly targetId: string; readonly requests: PageRequests };
type Load = { readonly pageUrl: string; readonly done: PromiseWithResolvers<void> };

/** The page of a window: one DevTools target with a preload and the app's rules. */
export class PageTarget {
  readonly link: PreloadLink;
  readonly #owner: PageOwner;
  readonly #page: Promise<OpenPage>;
  #appUrl = '';
  #targetId: string | undefined;
  #load: Load | undefined;
  #isClosed = false;

  constructor(owner: PageOwner, preloadPath: string | undefined, size: PageSize) {
    this.#owner = owner;
    this.link = new PreloadLink((message) => {
      // As in Electron, nobody hears a page whose window has closed.
      if (!this.#isClosed) owner.onMessage(message);
    });
    this.#page = this.#open(preloadPath, size);
    // A window may be closed before its page is there; any other failure must not pass unseen.
    this.#page.catch((error: unknown) => {
      if (this.#isClosed) return;
      process.stderr.write(`The page of a window did not open: ${String(error)}\n`);
      process.exit(1);
    });
  }

  /** The address of the document, in the app's own scheme; empty before the first. */
  get appUrl(): string {
    return this.#appUrl;
  }

  /** Chromium's id of the page, once it has one. */
  get targetId(): string | undefined {
    return this.#targetId;
  }

  get isClosed(): boolean {
    return this.#isClosed;
  }

  /** Resolves when the document and its resources have loaded; rejects when it cannot be had or another load begins. */
  async load(appUrl: string): Promise<void> {
    const { devTools, requests } = await this.#page;
    const pageUrl = appSchemes.toPageUrl(appUrl);
    this.#load?.done.reject(new Error(`ERR_ABORTED (-3) loading '${appUrl}'`));
    const load: Load = { pageUrl, done: Promise.withResolvers() };
    this.#load = load;
    requests.expectLoad(pageUrl);
    const { errorText } = await devTools.send('Page.navigate', { url: pageUrl });
    if (errorText !== undefined) load.done.reject(new Error(`${errorText} (-2) loading '${appUrl}'`));
    await load.done.promise;
  }

  async reload(): Promise<void> {
    const { devTools } = await this.#page;
    await devTools.send('Page.reload');
  }

  async focus(): Promise<void> {
    const { devTools } = await this.#page;
    await devTools.send('Page.bringToFront');
  }

  /** Headless pages all count as focused; this tells the document what a person would have done. */
  tellFocus(isFocused: boolean): void {
    const code = `window.dispatchEvent(new FocusEvent('${isFocused ? 'focus' : 'blur'}'))`;
    // A window that closes or crashed meanwhile hears nothing.
    this.evaluate(code).catch(() => undefined);
  }

  get isLoading(): boolean {
    return this.#load !== undefined;
  }

  async crash(): Promise<void> {
    const { devTools } = await this.#page;
    await devTools.send('Page.crash');
  }

  async resize({ width, height }: PageSize): Promise<void> {
    const { targetId } = await this.#page;
    const { browser } = await chromiumHost.promise;
    const { windowId } = await browser.send('Browser.getWindowForTarget', { targetId });
    await browser.send('Browser.setWindowBounds', { windowId, bounds: { width, height } });
  }

  /** `undefined` gives the choice back to the system. */
  async setColorScheme(scheme: 'light' | 'dark' | undefined): Promise<void> {
    const { devTools } = await this.#page;
    const features = scheme === undefined ? [] : [{ name: 'prefers-color-scheme', value: scheme }];
    await devTools.send('Emulation.setEmulatedMedia', { features });
  }

  /** Runs a script in the page's own world. Rejects with what it throws. */
  async evaluate(code: string): Promise<unknown> {
    const { devTools } = await this.#page;
    const { result, exceptionDetails } = await devTools.send('Runtime.evaluate', {
      expression: code,
      awaitPromise: true,
      returnByValue: true,
    });
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
    return result.value;
  }

  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.link.close();
    await this.#closeTarget();
    this.#owner.onClosed();
  }

  async #closeTarget(): Promise<void> {
    try {
      const { targetId } = await this.#page;
      const { browser } = await chromiumHost.promise;
      await browser.send('Target.closeTarget', { targetId });
    } catch {
      // It has closed by itself or with Chromium, or it never opened.
    }
  }

  async #open(preloadPath: string | undefined, size: PageSize): Promise<OpenPage> {
    const chromium = await chromiumHost.promise;
    const { targetId } = await chromium.browser.send('Target.createTarget', { url: 'about:blank', ...size });
    this.#targetId = targetId;
    const devTools = await chromium.attach(targetId);
    chromium.browser.on('Target.detachedFromTarget', ({ sessionId }) => {
      // Closed by somebody else: Playwright closes the page of a window that it saw before it knew the app.
      if (sessionId === devTools.id) void this.close();
    });
    chromium.browser.on('Browser.downloadWillBegin', ({ frameId, url, guid, suggestedFilename }) => {
      if (frameId !== targetId) return;
      const isAllowed = sessionRules.isDownloadAllowed(
        this.#owner.contents,
        appSchemes.toAppUrl(url),
        suggestedFilename,
      );
      // A small one may have come to its end: only real Electron stops it before it begins.
      if (!isAllowed) chromium.browser.send('Browser.cancelDownload', { guid }).catch(() => undefined);
    });
    const requests = new PageRequests(devTools, targetId, this.#owner);
    this.#followDocument(devTools);
    this.#followWindows(devTools);
    await Promise.all([
      this.link.open(devTools, targetId),
      answerFilePathQuestions(devTools),
      devTools.send('Page.enable'),
      devTools.send('Runtime.enable'),
      devTools.send('Inspector.enable'),
      devTools.send('Fetch.enable', { patterns: [{ urlPattern: '*' }] }),
    ]);
    await installWorlds(devTools, preloadPath);
    return { devTools, targetId, requests };
  }

  #followDocument(devTools: DevToolsSession): void {
    devTools.on('Page.frameNavigated', ({ frame }) => {
      if (frame.parentId === undefined) this.#appUrl = appSchemes.toAppUrl(frame.url + (frame.urlFragment ?? ''));
    });
    devTools.on('Page.navigatedWithinDocument', ({ frameId, url }) => {
      if (frameId === this.#targetId) this.#appUrl = appSchemes.toAppUrl(url);
    });
    devTools.on('Page.loadEventFired', () => {
      this.#load?.done.resolve();
      this.#load = undefined;
      this.#owner.emit('did-finish-load', {});
    });
    devTools.on('Inspector.targetCrashed', () => {
      this.link.close();
      this.#owner.emit('render-process-gone', {}, { reason: 'crashed', exitCode: 5 });
    });
  }

  #followWindows(devTools: DevToolsSession): void {
    devTools.on('Page.windowOpen', ({ url, windowName, windowFeatures }) => {
      const action = this.#owner.windowOpenAction({
        url: appSchemes.toAppUrl(url),
        frameName: windowName === '_blank' ? '' : windowName,
        features: windowFeatures.join(','),
        disposition: 'new-window',
        referrer: { url: this.#appUrl, policy: 'strict-origin-when-cross-origin' },
      });
      if (action === 'allow') throw new Error('A window that a page opens is not part of the test double');
    });
  }
}

/** Makes each document that follows start with the page's end of contextBridge and with the preload. */
async function installWorlds(devTools: DevToolsSession, preloadPath: string | undefined): Promise<void> {
  if (preloadPath === undefined) return;
  const bridgeName = randomUUID();
  await devTools.send('Page.addScriptToEvaluateOnNewDocument', { source: mainWorldScript(bridgeName) });
  await devTools.send('Page.addScriptToEvaluateOnNewDocument', {
    worldName: preloadWorldName,
    source: preloadScript({ bridgeName, platform: process.platform }, preloadPath),
  });
}
