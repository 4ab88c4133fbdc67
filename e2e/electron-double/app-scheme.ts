/** Answers a request to a scheme of the app's own, as given to `protocol.handle`. */
export type SchemeHandler = (request: Request) => Response | Promise<Response>;

const hostSuffix = (scheme: string): string => `.${scheme}.test`;

/**
 * The app's own schemes. Chromium outside Electron hands an unknown scheme to the operating system before anything can
 * answer it, so `app://bundle/x` is shown to the page as `https://bundle.app.test/x`, and back to the app as it was.
 */
export class AppSchemes {
  readonly #privileged = new Set<string>();
  readonly #handlers = new Map<string, SchemeHandler>();

  privilege(scheme: string): void {
    this.#privileged.add(scheme);
  }

  handle(scheme: string, handler: SchemeHandler): void {
    if (this.#handlers.has(scheme)) throw new Error(`The scheme '${scheme}' already has a handler`);
    this.#handlers.set(scheme, handler);
  }

  handlerFor(appUrl: string): SchemeHandler | undefined {
    return this.#handlers.get(new URL(appUrl).protocol.slice(0, -1));
  }

  toPageUrl(appUrl: string): string {
    const { protocol, host, pathname, search, hash } = new URL(appUrl);
    const scheme = protocol.slice(0, -1);
    if (!this.#privileged.has(scheme)) return appUrl;
    return `https://${host}${hostSuffix(scheme)}${pathname}${search}${hash}`;
  }

  toAppUrl(pageUrl: string): string {
    // The address of a blob names the origin that made it.
    if (pageUrl.startsWith('blob:')) return `blob:${this.toAppUrl(pageUrl.slice('blob:'.length))}`;
    if (!pageUrl.startsWith('https://')) return pageUrl;
    const { host, pathname, search, hash } = new URL(pageUrl);
    for (const scheme of this.#privileged) {
      if (!host.endsWith(hostSuffix(scheme))) continue;
      return `${scheme}://${host.slice(0, -hostSuffix(scheme).length)}${pathname}${search}${hash}`;
    }
    return pageUrl;
  }

  /** Translates the app's scheme inside a response header: a redirect's address, or a source in a CSP. */
  toPageHeader(value: string): string {
    let text = value;
    for (const scheme of this.#privileged) {
      text = text
        .replace(new RegExp(`\\b${scheme}://([\\w.-]+)`, 'g'), `https://$1${hostSuffix(scheme)}`)
        .replace(new RegExp(`(^|\\s)${scheme}:(?=[\\s;]|$)`, 'g'), `$1https://*${hostSuffix(scheme)}`);
    }
    return text;
  }
}

/** The schemes of this process, which `protocol` fills and pages read. */
export const appSchemes = new AppSchemes();
