/** Segments such as `assets`, `index-BQ2.js`: no dot first, so no dotfile, no `.` and no `..`. */
const segment = /^[A-Za-z0-9_-][A-Za-z0-9._-]*$/;

/**
 * The file of the built page that a request's path names, relative and with `/`, or null when it names nothing that
 * could be there. The folder itself and paths without an extension are the page (`index.html`), which then routes.
 */
export function staticFileFor(requestPath: string): string | null {
  let path: string;
  try {
    path = decodeURIComponent(requestPath);
  } catch {
    return null;
  }
  if (!path.startsWith('/')) return null;
  if (path === '/') return 'index.html';
  const segments = path.slice(1).replace(/\/$/, '').split('/');
  if (!segments.every((part) => segment.test(part) && !isDeviceName(part))) return null;
  return segments.at(-1)?.includes('.') === true ? segments.join('/') : 'index.html';
}

/** On Windows these open a device, whatever their folder and extension. */
function isDeviceName(part: string): boolean {
  return /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i.test(part);
}

const contentTypes: Readonly<Record<string, string>> = {
  html: 'text/html; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  json: 'application/json; charset=utf-8',
  svg: 'image/svg+xml',
  png: 'image/png',
  ico: 'image/x-icon',
  woff2: 'font/woff2',
  txt: 'text/plain; charset=utf-8',
};

/** Media type of a file of the built page; null for a kind that the page has no business with, source maps included. */
export function contentTypeOf(file: string): string | null {
  return contentTypes[file.slice(file.lastIndexOf('.') + 1).toLowerCase()] ?? null;
}
