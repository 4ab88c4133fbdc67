import { protocol } from 'electron';
import { readPageFile } from '../app/page-file.ts';
import { appScheme, isAppUrl } from '../guards/app-origin.ts';

/** Gives `app://` an origin and the rights of a web page. Before the app is ready, as Electron asks. */
export function registerAppScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: appScheme, privileges: { standard: true, secure: true, supportFetchAPI: true } },
  ]);
}

/** Serves the built page at `app://sotto/`, read through `node:fs`; no other host of the scheme exists. */
export function serveAppScheme(pageFolder: string): void {
  protocol.handle(appScheme, async (request) => {
    if (request.method !== 'GET' || !isAppUrl(request.url)) return new Response(null, { status: 404 });
    // The part behind the host as it was asked for; the path guard judges it.
    const path = request.url.replace(/^[^:]+:\/\/[^/?#]*/, '').split(/[?#]/, 1)[0];
    const { body, headers, httpStatus } = await readPageFile(
      pageFolder,
      path === undefined || path === '' ? '/' : path,
    );
    return new Response(body, { status: httpStatus, headers });
  });
}
